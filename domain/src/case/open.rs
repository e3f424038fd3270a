//! C1 and the filing of an appeal (C13): how a case comes to be.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::action::{ActionKind, Signing};
use super::file::{About, Appealed, Attached, CaseFile, CaseId, Content, Purpose};
use super::guard;
use super::refusal::{Guard, Refusal};
use super::state::{Case, Draft, InfoRequested, Lapsed, Submission, Submitted};
use crate::check::Check;
use crate::credential::Standing;
use crate::duty::{AccountId, Person, Role, Sha256};
use crate::needle::appeal::AppealFiled;
use crate::needle::denial::Denial;
use crate::npi::Npi;
use crate::policy::Policy;
use crate::time::{days_after, local_day};

/// What is to be opened.
#[derive(Debug, Clone)]
pub struct Opening<'a> {
    /// The number of the case.
    pub id: CaseId,
    /// About what.
    pub about: About,
    /// Whose it is.
    pub subject: Npi,
    /// What for.
    pub purpose: Purpose,
    /// The standing of the credential now.
    pub standing: Standing,
    /// Does the credential replace an earlier version of itself? A correction is about such a one.
    pub is_correction: bool,
    /// Over the canonical form of the content.
    pub content_sha256: Sha256,
    /// The open case of that purpose about the same credential, as stored.
    pub existing: Option<Case>,
    /// The closed case that this one takes up again.
    pub reopens: Option<&'a Case>,
    /// Is there a suspicion of fraud that nobody has decided about ([`is_suspected`])?
    pub is_suspected: bool,
}

/// A case that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The new case.
    pub draft: Draft,
    /// The lapsed one that it closed, to be stored in the same transaction, before it.
    pub closed: Option<Lapsed>,
}

/// C1. By the provider or a delegate; for cause by a verifier, and about nobody's own.
///
/// At most one case is open for a credential and a purpose; opening one closes a lapsed one (C7).
pub fn open(
    by: &Person,
    opening: Opening<'_>,
    at: DateTime<Utc>,
    zone: Tz,
    policy: &Policy,
) -> Result<Opened, Refusal> {
    match opening.purpose {
        Purpose::ForCause => {
            by.in_role(&[Role::Verifier])?;
            by.apart_from(opening.subject, &[])?;
        }
        Purpose::Initial | Purpose::Revalidation | Purpose::Correction | Purpose::Reinstatement => {
            by.as_author(opening.subject)?;
        }
        Purpose::Appeal => return Err(Guard::Purpose.into()),
    }
    let is_of_its_kind = match opening.purpose {
        Purpose::Initial => !opening.is_correction,
        Purpose::Correction => opening.is_correction,
        Purpose::Revalidation | Purpose::ForCause | Purpose::Reinstatement | Purpose::Appeal => {
            true
        }
    };
    if matches!(opening.about, About::Attestation(_)) || !is_of_its_kind {
        return Err(Guard::Purpose.into());
    }
    if !is_for(opening.purpose, opening.standing) {
        return Err(Guard::Standing(opening.standing).into());
    }
    let closed = make_room(opening.existing, at, zone, policy)?;
    if let Some(earlier) = opening.reopens {
        let is_same = earlier.file().about == opening.about;
        if !is_same || !earlier.reading(at, zone, policy).is_terminal() {
            return Err(Guard::Reopens.into());
        }
    }
    let carried = closed.as_ref().map(|lapsed| &lapsed.asked.submitted.file);
    let draft = Draft {
        file: CaseFile {
            id: opening.id,
            about: opening.about,
            subject: opening.subject,
            purpose: opening.purpose,
            opened_at: at,
            opened_by: by.account,
            content: Content::first(opening.content_sha256),
            evidence: Vec::new(),
            reviewers: Vec::new(),
            conflicts: Vec::new(),
            // A suspicion does not end by letting a case lapse, nor by taking it back and beginning anew.
            fraud_flag: opening.is_suspected
                || carried.is_some_and(|file| file.fraud_flag)
                || opening.reopens.is_some_and(|case| case.file().fraud_flag),
            reopens: opening
                .reopens
                .map(|case| case.file().id)
                .or_else(|| carried.map(|file| file.id)),
            appeals: None,
            policy_version: policy.version,
        },
    };
    Ok(Opened { draft, closed })
}

/// A statement signed as not true opens a case for cause about its attestation (verification.md 4.2): what
/// the person signed is what is put before a verifier, so that it begins SUBMITTED.
pub fn open_for_denial(
    id: CaseId,
    denial: &Denial,
    at: DateTime<Utc>,
    policy: &Policy,
) -> Submitted {
    let (claim, signature) = (denial.claim(), denial.signature());
    Submitted {
        file: CaseFile {
            id,
            about: About::Attestation(claim.id),
            subject: claim.subject,
            purpose: Purpose::ForCause,
            opened_at: at,
            opened_by: signature.signer,
            content: Content {
                version: claim.version,
                ..Content::first(signature.payload_sha256)
            },
            evidence: Vec::new(),
            reviewers: Vec::new(),
            conflicts: Vec::new(),
            fraud_flag: false,
            reopens: None,
            appeals: None,
            policy_version: policy.version,
        },
        submission: Submission {
            by: signature.signer,
            printed_name: signature.printed_name.clone(),
            meaning: signature.meaning,
            at: signature.signed_at,
        },
    }
}

/// One case of a purpose is open about one thing: an existing one has lapsed, and is closed in the same
/// transaction, before the new one is stored (C7). [`open`] sees to it; before [`file_appeal`] its
/// caller does, for appeals about the same thing.
pub fn make_room(
    existing: Option<Case>,
    at: DateTime<Utc>,
    zone: Tz,
    policy: &Policy,
) -> Result<Option<Lapsed>, Refusal> {
    match existing {
        None => Ok(None),
        Some(Case::InfoRequested(asked)) => asked.close(at, zone, policy).map(Some),
        Some(_) => Err(Guard::OpenCase.into()),
    }
}

/// Did a case about the same thing end without a decision and under a suspicion of fraud, and has none
/// been decided since? `cases` are in the order in which they were opened.
pub fn is_suspected<'a>(cases: impl DoubleEndedIterator<Item = &'a Case>) -> bool {
    cases
        .rev()
        .take_while(|case| case.decision().is_none())
        .any(|case| case.state().is_terminal() && case.file().fraud_flag)
}

/// Does a case of that purpose decide anything about a credential of that standing?
const fn is_for(purpose: Purpose, standing: Standing) -> bool {
    match purpose {
        Purpose::Initial | Purpose::Correction => matches!(standing, Standing::Unverified),
        Purpose::Revalidation => matches!(standing, Standing::Verified),
        Purpose::ForCause => matches!(standing, Standing::Verified | Standing::Suspended),
        Purpose::Reinstatement => matches!(standing, Standing::Suspended),
        Purpose::Appeal => false,
    }
}

impl InfoRequested {
    /// C7, once a new case takes its place.
    pub fn close(self, at: DateTime<Utc>, zone: Tz, policy: &Policy) -> Result<Lapsed, Refusal> {
        if !self.has_lapsed(local_day(at, zone), policy) {
            return Err(Guard::OpenCase.into());
        }
        Ok(Lapsed {
            asked: self,
            closed_at: at,
        })
    }
}

/// An appeal that may be filed, once: made by the decision that it is against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    about: About,
    subject: Npi,
    appealed: Appealed,
    fraud_flag: bool,
}

impl Appeal {
    /// Of a decision about an attestation (N12).
    pub fn of_attestation(filed: AppealFiled) -> Self {
        Self {
            about: About::Attestation(filed.attestation),
            subject: filed.subject,
            appealed: Appealed {
                case: None,
                purpose: None,
                barred: filed.barred,
            },
            fraud_flag: false,
        }
    }

    /// About what.
    pub const fn about(&self) -> About {
        self.about
    }

    pub(super) fn of_case(case: &CaseFile, barred: Vec<AccountId>) -> Self {
        Self {
            about: case.about,
            subject: case.subject,
            appealed: Appealed {
                case: Some(case.id),
                purpose: Some(case.purpose),
                barred,
            },
            fraud_flag: case.fraud_flag,
        }
    }
}

/// What an appeal brings.
#[derive(Debug, Clone)]
pub struct AppealPapers {
    /// The number of the new case.
    pub id: CaseId,
    /// Over the canonical form of the content.
    pub content_sha256: Sha256,
    /// New evidence.
    pub evidence: Vec<Attached>,
    /// The person's signature, which means authorship.
    pub signing: Signing,
}

/// C13: an appeal begins SUBMITTED, by the person whom the decision is about.
pub fn file_appeal(
    by: &Person,
    appeal: Appeal,
    papers: AppealPapers,
    at: DateTime<Utc>,
    policy: &Policy,
) -> Result<Submitted, Refusal> {
    by.as_subject(appeal.subject)?;
    if papers.signing.content_sha256 != papers.content_sha256 {
        return Err(Refusal::StaleVersion);
    }
    guard::authorship(&papers.signing)?;
    Ok(Submitted {
        file: CaseFile {
            id: papers.id,
            about: appeal.about,
            subject: appeal.subject,
            purpose: Purpose::Appeal,
            opened_at: at,
            opened_by: by.account,
            content: Content::first(papers.content_sha256),
            evidence: papers.evidence,
            reviewers: Vec::new(),
            conflicts: Vec::new(),
            fraud_flag: appeal.fraud_flag,
            reopens: None,
            appeals: Some(appeal.appealed),
            policy_version: policy.version,
        },
        submission: Submission {
            by: by.account,
            printed_name: papers.signing.printed_name,
            meaning: papers.signing.meaning,
            at,
        },
    })
}

/// The last day on which an appeal may be filed against a decision of which the person was told.
pub(super) fn appeal_ends_on(told: DateTime<Utc>, zone: Tz, policy: &Policy) -> NaiveDate {
    days_after(local_day(told, zone), policy.appeal_days)
}

/// Marks a decision as appealed and gives the appeal that may be filed: by the person, once, and in time,
/// which begins to run with the notice.
pub(super) fn appeal(
    by: &Person,
    case: Case,
    checks: &[Check],
    at: DateTime<Utc>,
    (zone, policy): (Tz, &Policy),
) -> Result<(Case, Appeal), Refusal> {
    let illegal = Refusal::IllegalTransition {
        from: case.state(),
        action: ActionKind::Appeal,
    };
    let (mut case, is_adverse) = match case {
        Case::Rejected(state) => {
            // That somebody was not revoked is no decision against them.
            let adverse = state.pending.submitted.file.purpose != Purpose::ForCause;
            (Case::Rejected(state), adverse)
        }
        Case::Approved(state) => {
            let adverse = state.pending.submitted.file.purpose == Purpose::ForCause;
            (Case::Approved(state), adverse)
        }
        Case::Draft(_)
        | Case::Submitted(_)
        | Case::InReview(_)
        | Case::InfoRequested(_)
        | Case::PendingDecision(_)
        | Case::Withdrawn(_)
        | Case::Lapsed(_) => return Err(illegal),
    };
    by.as_subject(case.file().subject)?;
    if !is_adverse || case.file().purpose == Purpose::Appeal {
        return Err(Guard::NotAppealable.into());
    }
    // Whoever was not told yet is not late: the days begin with the notice. And whoever has no address
    // that a notice could reach still reads the decision here.
    let sent_at = case.notice().and_then(|notice| notice.sent_at);
    if let Some(told) = sent_at {
        let ends_on = appeal_ends_on(told, zone, policy);
        if ends_on < local_day(at, zone) {
            return Err(Guard::AppealLate(ends_on).into());
        }
    }
    let barred = who_acted(&case, checks);
    let appealed = match &mut case {
        Case::Rejected(state) => &mut state.appealed,
        Case::Approved(state) => &mut state.appealed,
        _ => return Err(illegal),
    };
    if std::mem::replace(appealed, true) {
        return Err(Guard::AppealedBefore.into());
    }
    let appeal = Appeal::of_case(case.file(), barred);
    Ok((case, appeal))
}

/// Everybody who acted on a case, or said that they are too near to it.
fn who_acted(case: &Case, checks: &[Check]) -> Vec<AccountId> {
    let file = case.file();
    let mut acted = vec![file.opened_by];
    acted.extend(&file.conflicts);
    acted.extend(case.submission().map(|submission| submission.by));
    acted.extend(file.uploaders());
    acted.extend(&file.reviewers);
    acted.extend(case.recommended().map(|recommended| recommended.by));
    acted.extend(case.decision().map(|decision| decision.by));
    for check in checks.iter().filter(|check| check.case == file.id) {
        acted.push(check.performed_by);
        acted.extend(check.resolution.map(|resolution| resolution.by));
    }
    acted.sort_unstable();
    acted.dedup();
    acted
}
