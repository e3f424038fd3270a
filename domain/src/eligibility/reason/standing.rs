use chrono::NaiveDate;

use crate::credential::{Credential, Standing, SuspensionKind};
use crate::eligibility::ReasonOutcome;
use crate::eligibility::case::Case;
use crate::time::Day;

/// Whether one of the person's credentials is out of force for a reason that touches the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingFinding {
    /// None is.
    Good,
    /// One is suspended, for papers or on a suspicion.
    HeldBack,
    /// One is suspended since that day, after a disciplinary proceeding.
    Suspended(NaiveDate),
    /// One is revoked since that day.
    Revoked(NaiveDate),
}

impl StandingFinding {
    pub(super) const fn outcome(self) -> ReasonOutcome {
        match self {
            Self::Good => ReasonOutcome::Pass,
            Self::HeldBack | Self::Suspended(_) | Self::Revoked(_) => ReasonOutcome::Fail,
        }
    }
}

/// A revocation is named before a disciplinary suspension, and that before any other.
pub(super) fn find(case: &Case<'_>, day: Day) -> StandingFinding {
    let mut finding = StandingFinding::Good;
    for credential in credentials(case) {
        let Some(change) = credential.standing(day.evidence_on(), case.zone) else {
            continue;
        };
        match change.standing {
            _ if credential.is_in_error() => {}
            // An appeal found that it should not have been.
            Standing::Revoked if credential.is_overturned(day.evidence_on(), case.zone) => {}
            Standing::Revoked => return StandingFinding::Revoked(case.local(change.at)),
            Standing::Suspended => match change.suspension {
                // An issuer's taint says nothing of the person: TRAINING feels it.
                Some(SuspensionKind::IssuerTaint) => {}
                Some(SuspensionKind::Disciplinary) => {
                    finding = StandingFinding::Suspended(case.local(change.at));
                }
                Some(
                    SuspensionKind::Administrative
                    | SuspensionKind::IntegrityConcern
                    | SuspensionKind::Safety,
                )
                | None => {
                    if finding == StandingFinding::Good {
                        finding = StandingFinding::HeldBack;
                    }
                }
            },
            Standing::Unverified
            | Standing::Verified
            | Standing::Withdrawn
            | Standing::Superseded
            | Standing::EnteredInError => {}
        }
    }
    finding
}

pub(super) fn days(case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    for credential in credentials(case) {
        let changes = credential.history.iter().map(|change| change.at);
        let instants = changes.chain(credential.overturned_at);
        days.extend(instants.map(|at| case.local(at)));
    }
}

fn credentials<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Credential> {
    let training = case.provider.training.iter();
    training
        .map(|training| &training.credential)
        .chain(&case.provider.credentials)
}
