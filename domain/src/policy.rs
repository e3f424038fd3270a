//! The directory's own choices, as values: what the law leaves open.

use crate::codes::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// What happens to a person whose state's law says neither yes nor no.
    pub enum SilentScope("silent scope policy") {
        /// Shown with the words "state law does not say".
        Show = "SHOW",
        /// Not VERIFIED there.
        Withhold = "WITHHOLD",
    }
}

/// One version of the directory's policy. Ages are whole days, counted in the zone of the place.
///
/// An age is reached at the end of its last day: a check of 1 November with an age of 30 days counts
/// through 1 December. Nothing here is law; what the law says is in [`crate::scope`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// Counts up with every change.
    pub version: u32,
    /// What SILENT law means for a listing.
    pub silent_scope: SilentScope,
    /// A licence check counts through this many days after its source's as-of day.
    pub license_check_days: u32,
    /// A screening is due again after this many days.
    pub screening_due_days: u32,
    /// A screening older than this is overdue and proves nothing.
    pub screening_overdue_days: u32,
    /// A location counts as confirmed through this many days.
    pub location_confirmed_days: u32,
    /// A verification of a credential counts through this many months.
    pub revalidation_months: u32,
    /// A scope rule whose source is older than this many days is flagged; its status is kept.
    #[serde(default = "scope_source_days")]
    pub scope_source_days: u32,
}

impl Default for Policy {
    /// NCQA's monthly monitoring (2025), the No Surprises Act's 90 days (s. 116) and NCQA's 36
    /// months between credentialings.
    fn default() -> Self {
        Self {
            version: 1,
            silent_scope: SilentScope::Show,
            license_check_days: 30,
            screening_due_days: 30,
            screening_overdue_days: 35,
            location_confirmed_days: 90,
            revalidation_months: 36,
            scope_source_days: scope_source_days(),
        }
    }
}

/// A year: the same rules are looked at again at least once a year.
const fn scope_source_days() -> u32 {
    365
}
