//! What an import did, row by row, for people and for programs.

use std::collections::BTreeMap;

use serde::Serialize;

/// How many rejected rows, and how many flagged ones, are kept for the report. All are counted.
pub const LISTED: usize = 10_000;

/// Rows that were not taken over, and rows that were in spite of something odd.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Remarks {
    /// How many in all.
    pub count: u64,
    /// How many of each kind, by code.
    pub by_code: BTreeMap<&'static str, u64>,
    /// The first [`LISTED`] of them.
    pub rows: Vec<Remark>,
}

/// What is said of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Remark {
    /// In which file.
    pub file: String,
    /// In which line, counted from 1.
    pub line: u64,
    /// The row's key as written: an NPI, a ZIP, a jurisdiction and discipline.
    pub key: String,
    /// What kind of remark.
    pub code: &'static str,
    /// In words.
    pub reason: String,
}

impl Remarks {
    /// Counts a remark and, while there is room, keeps it.
    pub fn add(&mut self, remark: Remark) {
        self.count += 1;
        *self.by_code.entry(remark.code).or_default() += 1;
        if self.rows.len() < LISTED {
            self.rows.push(remark);
        }
    }
}

/// What is left of a text from a file when it is shown on a terminal: one line, bounded, without
/// control characters.
pub fn shown(text: &str) -> String {
    const MOST: usize = 200;
    let mut short: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MOST)
        .collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

/// Is the share of rejected rows greater than allowed? A run of no rows rejects none.
#[expect(
    clippy::cast_precision_loss,
    reason = "row counts are far below 2^52, and a share needs no last digit"
)]
pub fn rejects_too_much(rejected: u64, rows: u64, allowed_share: f64) -> bool {
    rejected > 0 && rejected as f64 / rows.max(1) as f64 > allowed_share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_passed_only_beyond_it() {
        assert!(!rejects_too_much(0, 0, 0.0));
        assert!(!rejects_too_much(5, 100, 0.05));
        assert!(rejects_too_much(6, 100, 0.05));
        assert!(rejects_too_much(1, 2_121, 0.0));
    }

    #[test]
    fn all_remarks_are_counted_and_the_first_kept() {
        let mut remarks = Remarks::default();
        for line in 0..LISTED as u64 + 5 {
            remarks.add(Remark {
                file: "f".into(),
                line,
                key: String::new(),
                code: "NPI",
                reason: String::new(),
            });
        }
        assert_eq!(remarks.count, LISTED as u64 + 5);
        assert_eq!(remarks.by_code["NPI"], remarks.count);
        assert_eq!(remarks.rows.len(), LISTED);
    }

    #[test]
    fn text_for_a_terminal_cannot_move_its_cursor() {
        assert_eq!(shown("a\x1b[2Jb\nc"), "a [2Jb c");
        assert_eq!(shown(&"x".repeat(300)).chars().count(), 201);
    }
}
