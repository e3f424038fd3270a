//! Sentences about the licence.

use super::{day, sentence, the};
use crate::eligibility::reason::LicenseReasonFinding;
use crate::license::compact::CompactStatus;
use crate::license::{BoardStatus, License, LicenseCheck, LicenseFinding, NoPrivilege};
use crate::provider::Practice;

pub(super) fn message(finding: &LicenseReasonFinding<'_>, practice: &Practice<'_>) -> String {
    match finding {
        LicenseReasonFinding::OnFile(license, finding) => on_file(license, finding),
        LicenseReasonFinding::NotOnFile => match practice.jurisdiction() {
            Some(jurisdiction) => format!(
                "No license as {} in {} is on file.",
                practice.discipline.noun(),
                the(jurisdiction)
            ),
            None => format!("No license as {} is on file.", practice.discipline.noun()),
        },
        LicenseReasonFinding::NoneIssued => none_issued(practice),
    }
}

fn on_file(license: &License, finding: &LicenseFinding<'_>) -> String {
    let which = format!(
        "{} {} as {}",
        the(license.jurisdiction),
        if license.home.is_some() {
            "compact privilege"
        } else {
            "license"
        },
        license.discipline.noun()
    );
    sentence(&match finding {
        LicenseFinding::InForce { check, .. } => format!(
            "{which}: {}, by {}.",
            in_force(check.board_status),
            seen(check)
        ),
        LicenseFinding::OutOfForce(check) => {
            format!(
                "{which}: {}, by {}.",
                barred(check.board_status),
                seen(check)
            )
        }
        LicenseFinding::WrongKind(check) => {
            format!(
                "{which}: the register shows another kind of license, by {}.",
                seen(check)
            )
        }
        LicenseFinding::Expired(last) => format!("{which}: expired after {}.", day(*last)),
        LicenseFinding::NotYetIssued(first) => {
            format!("{which}: not in force before {}.", day(*first))
        }
        // In which fields it differs is not for the public.
        LicenseFinding::Mismatch(check) => format!(
            "{which}: the register differs, by {}; a check is unfinished.",
            seen(check)
        ),
        LicenseFinding::Unclear(check) => {
            format!("{which}: {}, by {}.", unclear(check), seen(check))
        }
        LicenseFinding::Old(check) => format!(
            "{which}: {}, by {}, too long ago.",
            in_force(check.board_status),
            seen(check)
        ),
        LicenseFinding::SelfReported => format!("{which}: self-reported, not checked."),
        LicenseFinding::NoneIssued => format!(
            "{} issues no license as {}: one claimed there cannot be checked.",
            the(license.jurisdiction),
            license.discipline.noun()
        ),
        LicenseFinding::NoPrivilege(none) => format!("{which}: {}.", no_privilege(*none)),
    })
}

fn no_privilege(none: NoPrivilege) -> String {
    match none {
        NoPrivilege::NotAPair => {
            "the license on file as its home license cannot be that".to_owned()
        }
        NoPrivilege::HomeNotOnFile => "its home license is not on file".to_owned(),
        NoPrivilege::HomeNotIssuing(home, status) => format!(
            "its home license is of {}, which {}",
            the(home),
            not_issuing(status)
        ),
        NoPrivilege::RemoteNotIssuing(remote, status) => {
            format!("{} {}", the(remote), not_issuing(status))
        }
        NoPrivilege::Encumbered { home, until: None } => format!(
            "its home license in {} is encumbered, which ends every privilege",
            the(home)
        ),
        NoPrivilege::Encumbered {
            home,
            until: Some(free),
        } => format!(
            "its home license in {} was encumbered, which ends every privilege for two years more, \
             until {}",
            the(home),
            day(free)
        ),
        NoPrivilege::HomeEnded(home, last) => format!(
            "its home license in {} expired after {}, and the privilege with it",
            the(home),
            day(last)
        ),
        NoPrivilege::HomeNotInForce(home) => format!(
            "its home license in {} is not in force, and the privilege ends with it",
            the(home)
        ),
        NoPrivilege::HomeNotConfirmed(home) => {
            format!("no recent check confirms its home license in {}", the(home))
        }
    }
}

const fn not_issuing(status: CompactStatus) -> &'static str {
    match status {
        CompactStatus::None => "takes no part in the compact",
        CompactStatus::Enacted => "has enacted the compact and issues no privileges yet",
        CompactStatus::Issuing => "issues privileges",
    }
}

fn none_issued(practice: &Practice<'_>) -> String {
    let place = practice.jurisdiction().map_or_else(String::new, the);
    sentence(&format!(
        "{place} issues no license as {}: there is none to check.",
        practice.discipline.noun()
    ))
}

fn seen(check: &LicenseCheck) -> String {
    format!("{} as of {}", check.source_name, day(check.as_of))
}

const fn in_force(status: BoardStatus) -> &'static str {
    match status {
        BoardStatus::ActiveConditions => "in force with published conditions",
        BoardStatus::Probation => "in force on probation",
        _ => "in force",
    }
}

const fn barred(status: BoardStatus) -> &'static str {
    match status {
        BoardStatus::Inactive => "inactive",
        BoardStatus::Expired => "expired",
        BoardStatus::SuspendedDisciplinary => "suspended after a disciplinary proceeding",
        BoardStatus::SuspendedAdmin => "suspended for administrative reasons",
        BoardStatus::Revoked => "revoked",
        BoardStatus::Surrendered => "surrendered",
        _ => "not in force",
    }
}

fn unclear(check: &LicenseCheck) -> &'static str {
    match check.board_status {
        BoardStatus::Pending => "applied for, not issued yet",
        BoardStatus::NotFound => "not found in the register",
        _ => "the register does not say whether it is in force",
    }
}
