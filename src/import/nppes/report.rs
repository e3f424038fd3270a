//! What an NPPES import did. Every row of the main files is in exactly one count.

use serde::Serialize;

use crate::import::report::Remarks;

/// The whole account of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Was nothing written, because nothing was to be?
    pub dry_run: bool,
    /// Was nothing written, because more rows were rejected than allowed?
    pub refused: bool,
    /// The files read, in their order, with their rows.
    pub files: Vec<FileRows>,
    /// Rows of the main files: the sum of `new`, `changed`, `deactivated`, `unchanged`,
    /// `older_than_held`, everything skipped and everything rejected.
    pub rows: u64,
    /// People not held before.
    pub new: u64,
    /// People of whom the registry says something else than before.
    pub changed: u64,
    /// People held whose number went out of use.
    pub deactivated: u64,
    /// People of whom the registry says what it said before.
    pub unchanged: u64,
    /// People left as they are because the row is older than what is held of them.
    pub older_than_held: u64,
    /// Rows that do not concern the directory.
    pub skipped: Skipped,
    /// Rows not taken over, of all files.
    pub rejected: Remarks,
    /// Rows of the main files among them.
    pub rejected_main: u64,
    /// Rows taken over in spite of something odd.
    pub flagged: Remarks,
    /// Further practice locations.
    pub further_locations: Attached,
    /// Other names.
    pub other_names: Attached,
    /// People changed by the two smaller files alone, without a row in a main file.
    pub changed_without_main_row: u64,
    /// Differences that somebody has to look at, opened by this run.
    pub tasks_opened: u64,
    /// Log entries written: one a batch.
    pub batches: u64,
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileRows {
    /// Its name.
    pub file: String,
    /// Its data rows.
    pub rows: u64,
}

/// Rows of the main files that do not concern the directory, by why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Skipped {
    /// Organisations.
    pub organizations: u64,
    /// People of other disciplines, not held.
    pub other_disciplines: u64,
    /// Deactivated numbers of people not held.
    pub deactivated_not_held: u64,
    /// Rows of an NPI that a later row of the same run speaks of again: the last one counts.
    pub superseded: u64,
}

/// Rows of a smaller file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attached {
    /// All of them.
    pub rows: u64,
    /// Those of people held or imported.
    pub attached: u64,
    /// Those of nobody held or imported.
    pub unmatched: u64,
    /// Those that say nothing the directory keeps: a place under no state's law, a former legal name.
    pub ignored: u64,
    /// Those not taken over; they are in the list of rejected rows.
    pub rejected: u64,
}

impl Attached {
    /// Adds the counts of another file.
    pub(super) fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.attached += other.attached;
        self.unmatched += other.unmatched;
        self.ignored += other.ignored;
        self.rejected += other.rejected;
    }
}

impl Skipped {
    /// All of them.
    pub const fn total(&self) -> u64 {
        self.organizations + self.other_disciplines + self.deactivated_not_held + self.superseded
    }
}

impl Report {
    /// Does every row of the main files stand in exactly one count?
    pub const fn adds_up(&self) -> bool {
        let followed = self.new + self.changed + self.deactivated;
        let left = self.unchanged + self.older_than_held;
        self.rows == followed + left + self.skipped.total() + self.rejected_main
    }

    /// Rows of all files, rejected and not: what the share of rejected rows is measured against.
    pub const fn all_rows(&self) -> u64 {
        self.rows + self.further_locations.rows + self.other_names.rows
    }
}
