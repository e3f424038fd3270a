//! Findings as English sentences that the public may read.
//!
//! What these sentences keep to: an unreviewed match or hold is "a check is unfinished"; law that
//! nobody has researched is "not researched" and never said to forbid anything; silent law is "state
//! law does not say"; a doubtful rule says "low confidence"; needles are never said to be approved
//! (21 CFR 807.97).

mod license;
mod people;
mod requirement;
mod scope;

use chrono::NaiveDate;

use super::Finding;
use super::reason::{ExclusionFinding, LicenseReasonFinding};
use crate::license::LicenseFinding;
use crate::place::Jurisdiction;
use crate::provider::Practice;
use crate::screening::ExclusionList;

/// The sentence for a finding.
pub(super) fn message(finding: &Finding<'_>, practice: &Practice<'_>) -> String {
    match finding {
        Finding::Npi(finding) => people::npi(finding),
        Finding::Scope(finding) => scope::message(finding, practice),
        Finding::License(finding) => license::message(finding, practice),
        Finding::Training(finding) => people::training(finding),
        Finding::Sterility(finding) => people::sterility(finding),
        Finding::Exclusion(finding) => people::exclusion(finding),
        Finding::Standing(finding) => people::standing(*finding),
        Finding::Location(finding) => people::location(finding),
    }
}

/// The text or source that decides a finding.
pub(super) fn citation(finding: &Finding<'_>) -> Option<String> {
    match finding {
        Finding::Scope(finding) => {
            let rule = finding.rule()?;
            let text = rule.citation.as_deref().or(rule.source_url.as_deref())?;
            Some(text.to_owned())
        }
        Finding::License(LicenseReasonFinding::OnFile(_, LicenseFinding::NoPrivilege(none))) => {
            none.is_known().then(|| PRIVILEGE.to_owned())
        }
        Finding::License(LicenseReasonFinding::OnFile(_, finding)) => {
            let (LicenseFinding::InForce { check, .. }
            | LicenseFinding::OutOfForce(check)
            | LicenseFinding::WrongKind(check)
            | LicenseFinding::Mismatch(check)
            | LicenseFinding::Unclear(check)
            | LicenseFinding::Old(check)) = finding
            else {
                return None;
            };
            let source = check.source_url.as_ref().unwrap_or(&check.source_name);
            Some(source.to_string())
        }
        Finding::Exclusion(ExclusionFinding::Excluded(list)) => Some(list_name(*list).to_owned()),
        Finding::License(_)
        | Finding::Npi(_)
        | Finding::Training(_)
        | Finding::Sterility(_)
        | Finding::Exclusion(_)
        | Finding::Standing(_)
        | Finding::Location(_) => None,
    }
}

/// What says when a privilege counts: as far as there is a compact, it is that of physical therapists.
const PRIVILEGE: &str = "Physical Therapy Licensure Compact, sections 3 and 4";

const fn list_name(list: ExclusionList) -> &'static str {
    match list {
        ExclusionList::OigLeie => "OIG List of Excluded Individuals/Entities",
        ExclusionList::SamGov => "SAM.gov exclusions",
        ExclusionList::StateMedicaid => "State Medicaid exclusion list",
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%B %-d, %Y").to_string()
}

/// A jurisdiction's name within a sentence: "Colorado", "the District of Columbia".
fn the(jurisdiction: Jurisdiction) -> String {
    match jurisdiction {
        Jurisdiction::Dc | Jurisdiction::Mp | Jurisdiction::Vi => {
            format!("the {}", jurisdiction.name())
        }
        _ => jurisdiction.name().to_owned(),
    }
}

/// The first letter in upper case.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
