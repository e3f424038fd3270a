//! What becomes of an attestation when it is signed: N3, N4, N5 (verification.md 3.6).
//!
//! Acceptance here is [`JustSigned::settle`]'s alone, which only the signer's own
//! [`Draft::sign`](super::attestation::Draft::sign) leads to. What was left SIGNED is rechecked by the
//! system, whose answers are two, and acceptance is neither.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::attestation::{Accepted, NeedsFix, ReviewReason, Signature, Signed, UnderReview};
use super::check::check_lines;
use super::finding::{Finding, FindingCode, has_hard};
use super::policy::AttestationPolicy;
use super::recall::RecallTable;
use super::sampling::Sample;
use super::sentence::AttestationAssurance;
use super::validity::{Limits, valid_until};
use crate::license::compact::Compacts;
use crate::license::{BoardStatus, License, NoPrivilege};
use crate::place::Jurisdiction;
use crate::time::{Day, local_day};

/// What the checks of a signed attestation need to know.
#[derive(Debug, Clone, Copy)]
pub struct Settling<'a> {
    /// Every recall on file.
    pub recalls: &'a RecallTable,
    /// The licence that the signer names, where it is on file.
    pub license: Option<&'a License>,
    /// All their licences: that one may be a privilege under another.
    pub held: &'a [License],
    /// Which state takes part how in which compact.
    pub compacts: &'a Compacts,
    /// The jurisdictions of the places.
    pub places: &'a [Jurisdiction],
    /// The zone in which days are told.
    pub zone: Tz,
    /// What was found by comparing with other providers' lots
    /// ([`super::check::two_expiries`]).
    pub found_elsewhere: &'a [Finding],
    /// Was nothing of the person's ever accepted?
    pub is_first: bool,
    /// A number drawn by chance.
    pub drawn: u32,
    /// The choices in force.
    pub policy: &'a AttestationPolicy,
}

/// Just signed, in the signer's own act: the one way to acceptance without a reviewer.
#[derive(Debug, PartialEq, Eq)]
pub struct JustSigned(pub(super) Signed);

/// What became of an attestation in its signer's own act.
#[derive(Debug, PartialEq, Eq)]
pub enum Settled {
    /// N3.
    NeedsFix(NeedsFix),
    /// N4.
    Accepted(Accepted),
    /// N5.
    UnderReview(UnderReview),
}

/// What became of an attestation whose checks ran after the signer had gone.
#[derive(Debug, PartialEq, Eq)]
pub enum Rechecked {
    /// N3.
    NeedsFix(NeedsFix),
    /// N5.
    UnderReview(UnderReview),
}

impl JustSigned {
    /// N3, N4 or N5, as an effect of the signature.
    pub fn settle(self, settling: &Settling<'_>) -> Settled {
        match examine(self.0, settling) {
            Examined::Fails(state) => Settled::NeedsFix(state),
            Examined::IsDoubted(state) => Settled::UnderReview(state),
            Examined::Passes {
                signed,
                limits,
                valid_until,
            } => Settled::Accepted(Accepted {
                accepted_at: signed.signature.signed_at,
                signed,
                assurance: AttestationAssurance::MachineChecked,
                accepted_by: None,
                limits,
                valid_until,
            }),
        }
    }

    /// Leaves it SIGNED: the checks cannot run now. Only a reviewer can accept it then.
    pub fn defer(self) -> Signed {
        self.0
    }
}

impl Signed {
    /// N3 or N5, by the system, for what was left SIGNED.
    pub fn recheck(self, settling: &Settling<'_>) -> Rechecked {
        match examine(self, settling) {
            Examined::Fails(state) => Rechecked::NeedsFix(state),
            Examined::IsDoubted(mut state) => {
                state.reasons.push(ReviewReason::CheckedLate);
                Rechecked::UnderReview(state)
            }
            Examined::Passes { signed, limits, .. } => Rechecked::UnderReview(UnderReview {
                signed,
                reasons: vec![ReviewReason::CheckedLate],
                limits,
            }),
        }
    }
}

enum Examined {
    Fails(NeedsFix),
    IsDoubted(UnderReview),
    Passes {
        signed: Signed,
        limits: Limits,
        valid_until: NaiveDate,
    },
}

fn examine(signed: Signed, settling: &Settling<'_>) -> Examined {
    let content = &signed.claim.content;
    let on = local_day(signed.signature.signed_at, settling.zone);
    let limits = Limits {
        signed_on: on,
        signature_days: settling.policy.signature_days(settling.places),
        license_ends_on: settling
            .license
            .and_then(|license| license.ends_on(settling.held, on, settling.zone)),
    };
    let mut findings = check_lines(&content.lines, on);
    for (at, line) in content.lines.iter().enumerate() {
        let outer = format!("products[{at}]");
        let recalled = settling.recalls.check(&line.product, &line.lots, on);
        findings.extend(recalled.into_iter().map(|finding| finding.within(&outer)));
    }
    findings.extend(signer_license(&signed.signature, on, settling));
    findings.extend_from_slice(settling.found_elsewhere);
    let last_day = valid_until(limits, &content.lines, settling.recalls, on);
    let Some(valid_until) = last_day.filter(|_| !has_hard(&findings)) else {
        return Examined::Fails(NeedsFix { signed, findings });
    };
    let mut reasons = Vec::new();
    reasons.extend(settling.is_first.then_some(ReviewReason::First));
    reasons.extend(findings.into_iter().map(ReviewReason::Warning));
    reasons.extend(
        content
            .answers
            .denied()
            .into_iter()
            .map(ReviewReason::Denied),
    );
    let sample = Sample {
        drawn: settling.drawn,
        percent: settling.policy.sample_percent,
    };
    reasons.extend(sample.is_taken().then_some(ReviewReason::Sampled(sample)));
    if reasons.is_empty() {
        Examined::Passes {
            signed,
            limits,
            valid_until,
        }
    } else {
        Examined::IsDoubted(UnderReview {
            signed,
            reasons,
            limits,
        })
    }
}

fn signer_license(
    signature: &Signature,
    on: NaiveDate,
    settling: &Settling<'_>,
) -> Option<Finding> {
    let (license, zone) = (settling.license, settling.zone);
    let hard = |message: &str| {
        Some(Finding::new(
            FindingCode::SignerLicense,
            "signerLicense",
            message,
        ))
    };
    let (jurisdiction, number) = &signature.license;
    let named = license.filter(|license| {
        license.jurisdiction == *jurisdiction && license.number.as_deref() == Some(&**number)
    });
    let Some(license) = named else {
        return hard("the licence named in the signature is not on file");
    };
    if license.issued_on.is_some_and(|issued_on| on < issued_on)
        || license.expires_on(on, zone).is_some_and(|last| last < on)
    {
        return hard("the licence was not in force on the day of the signature");
    }
    if let Some(none) = no_privilege(license, on, settling) {
        return hard(&format!("the compact privilege was not in force: {none}"));
    }
    match license.board_status(on, zone) {
        BoardStatus::Active | BoardStatus::ActiveConditions | BoardStatus::Probation => None,
        BoardStatus::Unknown => Some(Finding::new(
            FindingCode::SignerLicenseUnchecked,
            "signerLicense",
            "no source has confirmed the licence",
        )),
        BoardStatus::Inactive
        | BoardStatus::Expired
        | BoardStatus::SuspendedDisciplinary
        | BoardStatus::SuspendedAdmin
        | BoardStatus::Revoked
        | BoardStatus::Surrendered
        | BoardStatus::Pending
        | BoardStatus::NotFound => hard("the board did not show the licence as active"),
    }
}

/// Why a privilege does not count on a day, as far as that is known; nothing for a licence of its own.
fn no_privilege(license: &License, on: NaiveDate, settling: &Settling<'_>) -> Option<NoPrivilege> {
    license.home?;
    let carried = license
        .home_among(settling.held)
        .ok_or(NoPrivilege::HomeNotOnFile)
        .and_then(|home| {
            let pair = (license.discipline, license.jurisdiction);
            let when = (Day::at(on), settling.zone);
            // How long a check counts decides only whether the home licence is confirmed, which nothing
            // here asks.
            settling.compacts.privilege(home, pair, when, 0)
        });
    carried.err().filter(|none| none.is_known())
}
