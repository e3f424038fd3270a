//! Files that a person can read and a test holds to.

use std::path::PathBuf;

/// Compares a text with its file; with `UPDATE_GOLDEN=1` in the environment it writes the file first.
#[track_caller]
pub(crate) fn check(name: &str, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path(name), text).expect("the golden file is written");
    }
    assert_same(name, text);
}

/// Compares a text with its file.
#[track_caller]
pub(crate) fn assert_same(name: &str, text: &str) {
    let expected = std::fs::read_to_string(path(name)).expect("a golden file");
    for (at, (found, expected)) in text.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{name} line {}", at + 1);
    }
    assert_eq!(
        text.lines().count(),
        expected.lines().count(),
        "lines of {name}"
    );
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/rules/golden")
        .join(name)
}
