use chrono::NaiveDate;

use super::{WhyNot, WhyNotCode};
use crate::duty::Role;
use crate::policy::Policy;
use crate::provider::PracticeLocation;

/// Why a place does not count as confirmed on a day, as its own clocks tell it.
pub fn location(location: &PracticeLocation, on: NaiveDate, policy: &Policy) -> Vec<WhyNot> {
    let provider = Some(Role::Provider);
    match location.confirmed_through(on, policy.location_confirmed_days) {
        None => vec![WhyNot::new(WhyNotCode::NotConfirmed, provider, None)],
        Some(last) if last < on => {
            let code = WhyNotCode::ConfirmationTooOld;
            vec![WhyNot::new(code, provider, Some(last))]
        }
        Some(_) => Vec::new(),
    }
}
