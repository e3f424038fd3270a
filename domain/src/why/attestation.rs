use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{WhyNot, WhyNotCode};
use crate::attestation::{AttestationState, SterilityAttestation};
use crate::duty::Role;
use crate::time::Day;

/// Why a sterility attestation is not in force on a day.
pub fn attestation(attestation: &SterilityAttestation, on: NaiveDate, zone: Tz) -> Vec<WhyNot> {
    let (verifier, provider) = (Some(Role::Verifier), Some(Role::Provider));
    let (code, actor, due_on) = match attestation.state(Day::at(on), zone) {
        AttestationState::Accepted => return Vec::new(),
        AttestationState::Draft => (WhyNotCode::NotSubmitted, provider, None),
        AttestationState::Signed => (WhyNotCode::NotChecked, verifier, None),
        AttestationState::NeedsFix => (WhyNotCode::NeedsFix, provider, None),
        AttestationState::UnderReview => (WhyNotCode::InReview, verifier, None),
        AttestationState::Rejected => (WhyNotCode::Rejected, provider, None),
        AttestationState::Lapsed => {
            let last = attestation.holds_through();
            (WhyNotCode::Lapsed, provider, last)
        }
        AttestationState::Invalidated => (WhyNotCode::Invalidated, provider, None),
        AttestationState::Withdrawn => (WhyNotCode::Withdrawn, None, None),
        AttestationState::Superseded => (WhyNotCode::Superseded, None, None),
    };
    vec![WhyNot::new(code, actor, due_on)]
}
