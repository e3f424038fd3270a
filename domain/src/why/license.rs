use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{WhyNot, WhyNotCode};
use crate::duty::Role;
use crate::license::{License, LicenseFinding};
use crate::policy::Policy;
use crate::time::{Day, days_after};

/// Why a licence is not verified on a day.
pub fn license(license: &License, on: NaiveDate, zone: Tz, policy: &Policy) -> Vec<WhyNot> {
    let check_days = policy.license_check_days;
    let finding = license.finding(Day::at(on), zone, check_days);
    let (verifier, provider) = (Some(Role::Verifier), Some(Role::Provider));
    let (code, actor, due_on) = match finding {
        LicenseFinding::InForce { .. } => return Vec::new(),
        LicenseFinding::OutOfForce(_) => (WhyNotCode::NotInForce, provider, None),
        LicenseFinding::WrongKind(_) => (WhyNotCode::OtherProfession, provider, None),
        LicenseFinding::Expired(last) => (WhyNotCode::Expired, provider, Some(last)),
        LicenseFinding::NotYetIssued(first) => (WhyNotCode::NotYetValid, None, Some(first)),
        LicenseFinding::Mismatch(_) => (WhyNotCode::Mismatch, provider, None),
        LicenseFinding::Unclear(_) => (WhyNotCode::NotFoundAtSource, verifier, None),
        LicenseFinding::Old(check) => {
            let last = days_after(check.as_of, check_days);
            (WhyNotCode::CheckTooOld, verifier, Some(last))
        }
        LicenseFinding::SelfReported => (WhyNotCode::NotChecked, verifier, None),
        LicenseFinding::NoneIssued => (WhyNotCode::NoneIssued, None, None),
    };
    vec![WhyNot::new(code, actor, due_on)]
}
