use chrono::NaiveDate;

use super::day_after;
use crate::eligibility::ReasonOutcome;
use crate::eligibility::case::Case;
use crate::license::{License, LicenseFinding, NoPrivilege, is_issued};
use crate::time::{Day, days_after};

/// What is known of the licence for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LicenseReasonFinding<'a> {
    /// One is on file.
    OnFile(&'a License, LicenseFinding<'a>),
    /// None is on file.
    NotOnFile,
    /// None is on file, and the jurisdiction licenses no such profession.
    NoneIssued,
}

impl LicenseReasonFinding<'_> {
    pub(super) const fn outcome(&self) -> ReasonOutcome {
        match self {
            Self::OnFile(_, LicenseFinding::InForce { .. }) => ReasonOutcome::Pass,
            Self::OnFile(
                _,
                LicenseFinding::OutOfForce(_)
                | LicenseFinding::WrongKind(_)
                | LicenseFinding::Expired(_)
                | LicenseFinding::NotYetIssued(_),
            ) => ReasonOutcome::Fail,
            Self::OnFile(_, LicenseFinding::NoPrivilege(none)) if none.is_known() => {
                ReasonOutcome::Fail
            }
            Self::OnFile(
                _,
                LicenseFinding::Mismatch(_)
                | LicenseFinding::Unclear(_)
                | LicenseFinding::Old(_)
                | LicenseFinding::SelfReported
                | LicenseFinding::NoneIssued
                | LicenseFinding::NoPrivilege(_),
            )
            | Self::NotOnFile
            | Self::NoneIssued => ReasonOutcome::Unknown,
        }
    }

    pub(super) const fn due_on(&self) -> Option<NaiveDate> {
        match self {
            Self::OnFile(_, LicenseFinding::InForce { until, .. }) => Some(*until),
            Self::OnFile(_, LicenseFinding::NoPrivilege(NoPrivilege::Encumbered { until, .. })) => {
                *until
            }
            _ => None,
        }
    }
}

pub(super) fn find<'a>(case: &Case<'a>, day: Day) -> LicenseReasonFinding<'a> {
    let Some(license) = case.practice.license else {
        let issued = case
            .practice
            .jurisdiction()
            .is_none_or(|jurisdiction| is_issued(case.practice.discipline, jurisdiction));
        return if issued {
            LicenseReasonFinding::NotOnFile
        } else {
            LicenseReasonFinding::NoneIssued
        };
    };
    let check_days = case.rules.policy.license_check_days;
    let held = &case.provider.licenses;
    let when = (day, case.zone);
    let finding = license.finding_among(held, &case.rules.compacts, when, check_days);
    LicenseReasonFinding::OnFile(license, finding)
}

pub(super) fn days(case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    if let Some(license) = case.practice.license {
        days_of(license, case, days);
    }
}

/// The days on which a licence can come to be worth something else; of a privilege, those of its home
/// licence and of both states' parts in the compact too.
pub(super) fn days_of(license: &License, case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    own_days(license, case, days);
    let Some(home) = license.home_among(&case.provider.licenses) else {
        return;
    };
    own_days(home, case, days);
    days.extend(home.unencumbered_days());
    for jurisdiction in [home.jurisdiction, license.jurisdiction] {
        let periods = case.rules.compacts.of(license.discipline, jurisdiction);
        days.extend(periods.iter().map(|period| period.from));
    }
}

fn own_days(license: &License, case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    days.extend(license.issued_on);
    days.extend(license.expires_on.map(day_after));
    for check in &license.checks {
        days.push(case.local(check.checked_at));
        days.extend(check.expires_on.map(day_after));
        let last = days_after(check.as_of, case.rules.policy.license_check_days);
        days.push(day_after(last));
    }
}
