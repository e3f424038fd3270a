//! What a step is told beside the case: the policy, the claim, the checks, the screening.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::check::{Check, CheckOutcome};
use crate::content::Content;
use crate::duty::Sha256;
use crate::issuer::TrustLevel;
use crate::place::Jurisdiction;
use crate::policy::Policy;
use crate::screening::{MatchState, Screening, ScreeningFinding};
use crate::time::{happened_by, local_day};

/// What a step is told beside the case.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The policy in force.
    pub policy: &'a Policy,
    /// The zone in which the days of the case are told: of the provider's jurisdiction, Washington's
    /// where nobody knows it.
    pub zone: Tz,
    /// What the credential says, as on file now; nothing where the case is about an attestation.
    pub claimed: Option<&'a Content>,
    /// Every check of the case.
    pub checks: &'a [Check],
    /// What the lists of excluded people say.
    pub screening: ScreeningFacts,
    /// What the issuer's word was worth on the day of issue.
    pub issuer_trust: TrustLevel,
    /// What the issuer's name, as the paper prints it, comes to on the paper's day
    /// ([`crate::issuer::named`]).
    pub issuer_named: CheckOutcome,
    /// Within how many months the law of the day of completion wants the sessions of a log done.
    pub window_months: Option<u32>,
    /// Over the content that was approved last; nothing where none was. A revalidation of another one
    /// is a first verification.
    pub approved_sha256: Option<Sha256>,
    /// The last day on which the verification in force counts, of a revalidation.
    pub revalidation_due_on: Option<NaiveDate>,
}

/// What screening says at a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScreeningFacts {
    /// The day of the last search; `None` when there was none.
    pub screened_on: Option<NaiveDate>,
    /// How many matches nobody has decided.
    pub unresolved: usize,
    /// Is an exclusion confirmed that no waiver lifts here?
    pub is_excluded: bool,
}

impl Facts<'_> {
    /// The zone in which the day of completion is judged: of the place where it was completed, else
    /// that of the case.
    pub fn completion_zone(&self) -> Tz {
        self.claimed
            .and_then(|content| content.training.as_ref()?.place_jurisdiction)
            .map_or(self.zone, Jurisdiction::zone)
    }

    /// The fields without which nobody could check what is claimed, as the API spells them.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        self.claimed.map_or_else(Vec::new, Content::missing)
    }
}

impl ScreeningFacts {
    /// As a person's screening stands at the end of a day, for a place of that jurisdiction.
    pub fn of(screening: &Screening, on: NaiveDate, zone: Tz, place: Option<Jurisdiction>) -> Self {
        let unresolved = screening
            .matches
            .iter()
            .filter_map(|found| {
                let changes = found.history.iter().rev();
                changes
                    .into_iter()
                    .find(|change| happened_by(change.at, zone, on))
            })
            .filter(|change| match change.state {
                MatchState::New | MatchState::UnderReview | MatchState::Inconclusive => true,
                MatchState::Confirmed
                | MatchState::FalsePositive
                | MatchState::Waived
                | MatchState::Reinstated => false,
            })
            .count();
        let screened_on = screening
            .screened_at
            .iter()
            .filter(|at| happened_by(**at, zone, on))
            .max()
            .map(|at| local_day(*at, zone));
        Self {
            screened_on,
            unresolved,
            is_excluded: matches!(
                screening.finding(on, zone, place),
                ScreeningFinding::Excluded(_)
            ),
        }
    }
}
