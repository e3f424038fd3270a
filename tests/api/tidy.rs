//! The borders of the house.

use std::fs;
use std::path::{Path, PathBuf};

/// A room, and the names that must not be written in it.
const BORDERS: &[(&str, &[&str])] = &[
    (
        "domain/src",
        &[
            "sea_orm",
            "async_graphql",
            "poem",
            "tokio",
            "std::fs",
            "std::net",
            "SystemTime",
            "rand::",
        ],
    ),
    ("index/src", &["sea_orm", "async_graphql", "poem", "tokio"]),
    ("entity/src", &["domain::", "migration::", "async_graphql"]),
    ("migration/src", &["domain::", "entity::", "async_graphql"]),
    (
        "src/store",
        &[
            "async_graphql",
            "poem::",
            "index::",
            "crate::service",
            "crate::graphql",
            "crate::http",
        ],
    ),
    (
        "src/import",
        &[
            "sea_orm",
            "async_graphql",
            "poem::",
            "crate::graphql",
            "crate::http",
            "crate::service",
        ],
    ),
    (
        "src/sample",
        &[
            "sea_orm",
            "async_graphql",
            "poem::",
            "crate::graphql",
            "crate::http",
            "crate::service",
        ],
    ),
    (
        "src/app",
        &[
            "sea_orm",
            "async_graphql",
            "poem::",
            "crate::graphql",
            "crate::http",
        ],
    ),
    (
        "src/service",
        &[
            "sea_orm",
            "async_graphql",
            "poem::",
            "crate::graphql",
            "crate::http",
            "entity::",
        ],
    ),
    (
        "src/graphql",
        &[
            "sea_orm",
            "entity::",
            "index::",
            "poem::",
            "crate::store",
            "crate::http",
        ],
    ),
    ("src/http", &["sea_orm", "entity::", "crate::store"]),
    (
        "src/rehearsal",
        &[
            "sea_orm",
            "entity::",
            "async_graphql",
            "poem::",
            "crate::graphql",
            "crate::http",
            "crate::cli",
        ],
    ),
    (
        "src/secret",
        &[
            "sea_orm",
            "async_graphql",
            "poem::",
            "crate::store",
            "crate::app",
            "crate::service",
        ],
    ),
];

#[test]
fn no_room_names_what_belongs_to_another() {
    let mut crossed = Vec::new();
    for (room, forbidden) in BORDERS {
        for file in rust_files(Path::new(room)) {
            for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                for name in forbidden.iter().filter(|name| names(code, name)) {
                    crossed.push(format!("{}:{}: {name}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(
        crossed.is_empty(),
        "names of other rooms:\n{}",
        crossed.join("\n")
    );
}

#[test]
fn every_room_has_a_border() {
    for entry in fs::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        let is_wiring = path.ends_with("cli");
        if path.is_dir() && !is_wiring {
            assert!(
                BORDERS.iter().any(|(room, _)| Path::new(room) == path),
                "{} has no border in this test",
                path.display()
            );
        }
    }
}

#[test]
fn no_public_text_calls_a_needle_approved_or_registered() {
    for room in ["domain/src", "index/src", "src", "data", "schema.graphql"] {
        for file in files(Path::new(room)) {
            let text = public_text(&file).to_lowercase();
            for words in [
                "fda approved",
                "fda-approved",
                "approved by fda",
                "approved by the fda",
                "fda registered",
            ] {
                assert!(!text.contains(words), "{} says {words:?}", file.display());
            }
        }
    }
}

/// What of a file the public may come to read: of Rust neither comments nor tests, which must be able to
/// say what is never said.
fn public_text(file: &Path) -> String {
    let text = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
    if file.extension().is_none_or(|ending| ending != "rs") {
        return text;
    }
    if file.ends_with("tests.rs") || file.components().any(|part| part.as_os_str() == "tests") {
        return String::new();
    }
    text.lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Does a line of code name it, as a path or crate and not as the end of a longer word?
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    })
}

fn rust_files(room: &Path) -> Vec<PathBuf> {
    let found: Vec<_> = files(room)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|e| e == "rs"))
        .collect();
    assert!(!found.is_empty(), "{} has no Rust files", room.display());
    found
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .flat_map(|entry| files(&entry.unwrap().path()))
        .collect()
}
