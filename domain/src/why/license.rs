use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{WhyNot, WhyNotCode};
use crate::duty::Role;
use crate::eligibility::Rulebook;
use crate::license::{License, LicenseFinding, NoPrivilege};
use crate::time::{Day, days_after};

/// Why a licence, as one of those that its holder has on file, is not verified on a day.
pub fn license(
    license: &License,
    held: &[License],
    (on, zone): (NaiveDate, Tz),
    rules: &Rulebook,
) -> Vec<WhyNot> {
    let check_days = rules.policy.license_check_days;
    let when = (Day::at(on), zone);
    let finding = license.finding_among(held, &rules.compacts, when, check_days);
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
        LicenseFinding::NoPrivilege(none) => match none {
            NoPrivilege::HomeNotIssuing(..) | NoPrivilege::RemoteNotIssuing(..) => {
                (WhyNotCode::CompactNotIssuing, None, None)
            }
            NoPrivilege::HomeNotConfirmed(_) => (WhyNotCode::HomeLicense, verifier, None),
            NoPrivilege::Encumbered { until, .. } => (WhyNotCode::HomeLicense, provider, until),
            NoPrivilege::NotAPair
            | NoPrivilege::HomeNotOnFile
            | NoPrivilege::HomeEnded(..)
            | NoPrivilege::HomeNotInForce(_) => (WhyNotCode::HomeLicense, provider, None),
        },
    };
    vec![WhyNot::new(code, actor, due_on)]
}
