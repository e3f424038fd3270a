//! The law from its two files.

use super::directory::{Directory, Ran};

const RULES: &str = "data/scope_rules.csv";
const REQUIREMENTS: &str = "data/scope_requirements.csv";

fn rules() -> String {
    std::fs::read_to_string(RULES).unwrap()
}

fn import(directory: &Directory, rules: &str, more: &[&str]) -> Ran {
    let rules = directory.file("rules.csv", rules);
    let args = ["scope", &rules, "--requirements", REQUIREMENTS];
    directory.run(&[&args, more].concat())
}

/// New York's physical therapists: barred until a day, allowed from then on.
fn with_new_york_opened(on: &str) -> String {
    let text = rules();
    let row = text
        .lines()
        .find(|line| line.starts_with("NY,PHYSICAL_THERAPIST,PROHIBITED") && line.contains(",,,"))
        .unwrap();
    let mut fields = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(row.as_bytes());
    let fields = fields.records().next().unwrap().unwrap();
    assert_eq!(&fields[4], "", "the row is open");
    let closed = row.replacen(
        &format!("PROHIBITED,{},,", &fields[3]),
        &format!("PROHIBITED,{},{on},", &fields[3]),
        1,
    );
    assert_ne!(closed, row);
    let opened =
        format!("NY,PHYSICAL_THERAPIST,PERMITTED,{on},,STATUTE,a new act,,,,,,,,HIGH,in words");
    text.replacen(row, &format!("{closed}\n{opened}"), 1)
}

#[tokio::test]
async fn the_law_on_file_changes_nothing() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let ran = import(&directory, &rules(), &[]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        ran.stdout
            .contains("0 added, 0 closed, 0 altered, 0 removed, 293 unchanged"),
        "{}",
        ran.stdout
    );
    assert_eq!(directory.seq().await, before);
}

#[tokio::test]
async fn a_new_period_closes_the_old_one_and_decides_from_its_first_day() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let text = with_new_york_opened("2027-01-01");
    let dry = import(&directory, &text, &["--dry-run"]);
    assert_eq!(dry.status, 0, "{dry:?}");
    assert!(
        dry.stdout.contains("+ NY-PHYSICAL_THERAPIST-2027-01-01"),
        "{}",
        dry.stdout
    );
    assert!(dry.stdout.contains("until 2027-01-01"), "{}", dry.stdout);
    assert_eq!(directory.seq().await, before);

    let ran = import(&directory, &text, &["--format", "json"]);
    assert_eq!(
        ran.report()["change"]["added"][0],
        "NY-PHYSICAL_THERAPIST-2027-01-01"
    );
    assert_eq!(directory.seq().await, before + 1);
    let data = directory
        .ask(
            r#"{ eve: scopeDecision(discipline: PHYSICAL_THERAPIST, jurisdiction: NY, on: "2026-12-31") { status }
                 day: scopeDecision(discipline: PHYSICAL_THERAPIST, jurisdiction: NY, on: "2027-01-01") { status } }"#,
        )
        .await;
    assert_eq!(
        (&data["eve"]["status"], &data["day"]["status"]),
        (&"PROHIBITED".into(), &"PERMITTED".into())
    );

    let again = import(&directory, &text, &[]);
    assert!(
        again.stdout.contains("0 added, 0 closed"),
        "{}",
        again.stdout
    );
    assert_eq!(directory.seq().await, before + 1);
}

#[tokio::test]
async fn history_is_not_rewritten_unless_somebody_asks_for_a_correction() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let text = rules().replacen("No position located", "No statement located", 1);
    let ran = import(&directory, &text, &[]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(
        ran.stdout.contains("~ AK-CHIROPRACTOR-open: summary"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("Refused, nothing was written"),
        "{}",
        ran.stdout
    );
    assert_eq!(directory.seq().await, before);

    let ran = import(&directory, &text, &["--corrections"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(directory.seq().await, before + 1);
}

#[tokio::test]
async fn law_that_contradicts_itself_is_refused_with_its_lines() {
    let directory = Directory::new();
    let before = directory.seq().await;
    for (row, words) in [
        (
            "FL,PHYSICAL_THERAPIST,SILENT,2022-01-01,,OTHER,a text,,,,,,,,LOW,in words",
            &["two rules are in force on 2022-01-01", "295"][..],
        ),
        (
            "GU,PHYSICAL_THERAPIST,SILENT,,,OTHER,,,,,,,,,LOW,in words",
            &["neither a citation nor a source URL", "rules line 295"],
        ),
        (
            "ZZ,PHYSICAL_THERAPIST,SILENT,,,OTHER,a text,,,,,,,,LOW,in words",
            &["rules line 295", "\"ZZ\" is not a jurisdiction code"],
        ),
    ] {
        let ran = import(&directory, &format!("{}{row}\n", rules()), &[]);
        assert_eq!(ran.status, 1, "{ran:?}");
        for word in words {
            assert!(
                ran.stderr.contains(word),
                "{word:?} is not in {}",
                ran.stderr
            );
        }
    }
    let gap = rules().replacen("2018-02-27,,BOARD_POLICY", "2018-03-27,,BOARD_POLICY", 1);
    assert_ne!(gap, rules());
    let ran = import(&directory, &gap, &[]);
    assert!(
        ran.stderr
            .contains("no rule is in force from 2018-02-27 to 2018-03-27"),
        "{ran:?}"
    );
    let requirements = std::fs::read_to_string(REQUIREMENTS).unwrap()
        + "GU,PHYSICAL_THERAPIST,,PROVIDER,OTHER,,,,,LOW\n";
    let requirements = directory.file("requirements.csv", requirements);
    let ran = directory.run(&["scope", RULES, "--requirements", &requirements]);
    assert!(
        ran.stderr
            .contains("requirements line 302: there is no rule GU-PHYSICAL_THERAPIST-open"),
        "{ran:?}"
    );
    assert_eq!(directory.seq().await, before);
}

#[tokio::test]
async fn a_file_of_one_state_leaves_the_others_alone() {
    let directory = Directory::new();
    let text = rules();
    let header = text.lines().next().unwrap();
    let of_guam =
        format!("{header}\nGU,PHYSICAL_THERAPIST,SILENT,,,OTHER,a text,,,,,,,,LOW,in words\n");
    let file = directory.file("rules.csv", of_guam);
    let requirements = std::fs::read_to_string(REQUIREMENTS).unwrap();
    let header = requirements.lines().next().unwrap();
    let none = directory.file("requirements.csv", format!("{header}\n"));
    let ran = directory.run(&["scope", &file, "--requirements", &none]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(
        ran.stdout
            .contains("1 added, 0 closed, 0 altered, 0 removed, 0 unchanged, 293 not in the file"),
        "{}",
        ran.stdout
    );
    let data = directory
        .ask("{ scopeDecision(discipline: PHYSICAL_THERAPIST, jurisdiction: CA) { status } }")
        .await;
    assert_eq!(data["scopeDecision"]["status"], "PROHIBITED");
}
