//! Cases from a claim to a standing, over the API: the numbers are those of verification.md 9, and stand
//! in the tests' names. Number 12, every state with every act and every role, is the domain's: the table
//! that `domain/tests/rules/cases/triples.rs` holds to its golden text.

pub(crate) mod bench;
mod duties;
mod flags;
mod ground;
mod hidden;
mod kill;
mod lapse;
mod many;
mod policy;
mod queue;
mod reopened;
mod standing;
mod suspension;
mod system;
mod training;
mod trust;

/// The acceptance cases about cases, standings, training and the log.
const NUMBERS: [u32; 28] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 29, 44, 45,
    46, 47,
];

#[test]
fn each_of_them_has_a_test_that_bears_its_number() {
    let mut sources = String::new();
    let mut folders = vec![std::path::PathBuf::from("tests/api")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                sources += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    sources += &std::fs::read_to_string("domain/tests/rules/cases/triples.rs").unwrap();
    let missing: Vec<u32> = NUMBERS
        .into_iter()
        .filter(|number| !sources.contains(&format!("fn case_{number}_")))
        .collect();
    assert_eq!(missing, Vec::<u32>::new());
}
