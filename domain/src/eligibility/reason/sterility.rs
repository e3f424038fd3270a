use chrono::NaiveDate;

use super::day_after;
use crate::attestation::{AttestationState, SterilityAttestation};
use crate::eligibility::ReasonOutcome;
use crate::eligibility::case::Case;
use crate::time::Day;

/// Whether a sterility attestation is in force for the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SterilityFinding {
    /// One is in force.
    InForce {
        /// When it was signed.
        signed_on: Option<NaiveDate>,
        /// Its last day.
        until: Option<NaiveDate>,
    },
    /// One was, through that day.
    Lapsed {
        /// Its last day.
        last: Option<NaiveDate>,
    },
    /// One is signed and not accepted yet. In public: "a check is unfinished".
    Unfinished,
    /// None covers the place.
    NotOnFile,
    /// No place of practice is on file.
    NoPlace,
}

impl SterilityFinding {
    pub(super) const fn outcome(&self) -> ReasonOutcome {
        match self {
            Self::InForce { .. } => ReasonOutcome::Pass,
            Self::Lapsed { .. } | Self::Unfinished | Self::NotOnFile | Self::NoPlace => {
                ReasonOutcome::Unknown
            }
        }
    }

    pub(super) const fn due_on(&self) -> Option<NaiveDate> {
        match self {
            Self::InForce { until, .. } => *until,
            Self::Lapsed { .. } | Self::Unfinished | Self::NotOnFile | Self::NoPlace => None,
        }
    }
}

/// The best of the attestations that cover the place: in force the longest, else lapsed the last.
pub(super) fn find(case: &Case<'_>, day: Day) -> SterilityFinding {
    if case.practice.location.is_none() {
        return SterilityFinding::NoPlace;
    }
    let mut best = SterilityFinding::NotOnFile;
    for attestation in covering(case) {
        let found = match attestation.state(day, case.zone) {
            AttestationState::Accepted => SterilityFinding::InForce {
                signed_on: attestation.signed_at.map(|at| case.local(at)),
                until: attestation.holds_through(),
            },
            AttestationState::Lapsed => SterilityFinding::Lapsed {
                last: attestation.holds_through(),
            },
            AttestationState::Signed | AttestationState::UnderReview => {
                SterilityFinding::Unfinished
            }
            // What is a draft, refused, taken back or replaced is not the public's concern.
            AttestationState::Draft
            | AttestationState::NeedsFix
            | AttestationState::Rejected
            | AttestationState::Invalidated
            | AttestationState::Withdrawn
            | AttestationState::Superseded => SterilityFinding::NotOnFile,
        };
        if rank(&found) > rank(&best) {
            best = found;
        }
    }
    best
}

pub(super) fn days(case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    for attestation in covering(case) {
        days.extend(
            attestation
                .history
                .iter()
                .map(|change| case.local(change.at)),
        );
        days.extend(attestation.holds_through().map(day_after));
    }
}

fn covering<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a SterilityAttestation> {
    let place = case.practice.location.map(|location| location.id);
    case.provider
        .attestations
        .iter()
        .filter(move |attestation| place.is_some_and(|id| attestation.locations.contains(&id)))
}

fn rank(finding: &SterilityFinding) -> (u8, Option<NaiveDate>) {
    match finding {
        SterilityFinding::InForce { until, .. } => (3, *until),
        SterilityFinding::Unfinished => (2, None),
        SterilityFinding::Lapsed { last } => (1, *last),
        SterilityFinding::NotOnFile | SterilityFinding::NoPlace => (0, None),
    }
}
