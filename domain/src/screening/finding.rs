//! What screening against exclusion lists has found about a person.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::time::{happened_by, local_day};

codes! {
    /// How strongly a row of a list points at a person.
    pub enum MatchTier("match tier") {
        /// The NPI is equal.
        T1Npi = "T1_NPI",
        /// Name and birth date are equal.
        T2NameDob = "T2_NAME_DOB",
        /// The name, and the state or the specialty; no birth date in the row.
        T3NameContext = "T3_NAME_CONTEXT",
        /// The name alone.
        T4NameOnly = "T4_NAME_ONLY",
    }
}

impl MatchTier {
    /// Does a hit of this tier hold the badge back before anybody has looked?
    pub const fn holds_at_once(self) -> bool {
        matches!(self, Self::T1Npi | Self::T2NameDob)
    }
}

codes! {
    /// What people decided about a match.
    pub enum MatchState("match state") {
        /// Nobody has looked.
        New = "NEW",
        /// Somebody is looking.
        UnderReview = "UNDER_REVIEW",
        /// It is this person.
        Confirmed = "CONFIRMED",
        /// It is somebody else.
        FalsePositive = "FALSE_POSITIVE",
        /// It is this person, and a waiver lifts it in one state.
        Waived = "WAIVED",
        /// Nobody can tell.
        Inconclusive = "INCONCLUSIVE",
        /// It was this person, and the exclusion has ended.
        Reinstated = "REINSTATED",
    }
}

codes! {
    /// A list of excluded people.
    pub enum ExclusionList("exclusion list") {
        /// The List of Excluded Individuals/Entities of the HHS Office of Inspector General.
        OigLeie = "OIG_LEIE",
        /// Exclusions of the System for Award Management.
        SamGov = "SAM_GOV",
        /// A state's own Medicaid list.
        StateMedicaid = "STATE_MEDICAID",
    }
}

/// One change of a match's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchChange {
    /// When.
    pub at: DateTime<Utc>,
    /// To what.
    pub state: MatchState,
    /// The one jurisdiction in which a waiver lifts the exclusion.
    pub waived_in: Option<Jurisdiction>,
}

/// A row of a list that may be this person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionMatch {
    /// Which list.
    pub list: ExclusionList,
    /// How strongly.
    pub tier: MatchTier,
    /// Every change of state, oldest first.
    pub history: Vec<MatchChange>,
}

/// What screening means for a person on a day at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreeningFinding {
    /// An exclusion is confirmed and no waiver lifts it here.
    Excluded(ExclusionList),
    /// A strong match waits for review. In public: "a check is unfinished".
    Held,
    /// Last screened on this day, with nothing that stands.
    Clear {
        /// The day of the last screening.
        screened_on: NaiveDate,
    },
    /// Never screened.
    Never,
}

/// Every screening of a person, and what it raised.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screening {
    /// When the person was screened, oldest first.
    pub screened_at: Vec<DateTime<Utc>>,
    /// What was found.
    pub matches: Vec<ExclusionMatch>,
}

impl Screening {
    /// What stands at the end of a day, at a place of that jurisdiction.
    pub fn finding(
        &self,
        on: NaiveDate,
        zone: Tz,
        place: Option<Jurisdiction>,
    ) -> ScreeningFinding {
        let mut held = false;
        for found in &self.matches {
            let Some(change) = found
                .history
                .iter()
                .rev()
                .find(|change| happened_by(change.at, zone, on))
            else {
                continue;
            };
            match change.state {
                MatchState::Confirmed => return ScreeningFinding::Excluded(found.list),
                MatchState::Waived if change.waived_in.is_none() || change.waived_in != place => {
                    return ScreeningFinding::Excluded(found.list);
                }
                MatchState::New | MatchState::UnderReview | MatchState::Inconclusive => {
                    held |= found.tier.holds_at_once();
                }
                MatchState::Waived | MatchState::FalsePositive | MatchState::Reinstated => {}
            }
        }
        if held {
            return ScreeningFinding::Held;
        }
        match self
            .screened_at
            .iter()
            .filter(|at| happened_by(**at, zone, on))
            .max()
        {
            Some(at) => ScreeningFinding::Clear {
                screened_on: local_day(*at, zone),
            },
            None => ScreeningFinding::Never,
        }
    }
}
