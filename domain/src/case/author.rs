//! What the claimant does: edit, attach, submit (C2), supply what was asked for (C6), withdraw (C12).
//! For cause, the verifier who opened the case does the same, and withdraws nothing.

use chrono::{DateTime, Utc};

use super::action::{ActionKind, Signing, Supplied};
use super::facts::Facts;
use super::file::{Attached, CaseFile, ContentChange, Purpose};
use super::guard;
use super::refusal::{Guard, Refusal};
use super::state::{Case, Draft, InReview, InfoRequested, Lease, Submission, Submitted, Withdrawn};
use crate::check::{Check, CheckId};
use crate::duty::{Actor, Person, Role, Sha256};

impl Draft {
    /// Replaces what is claimed, by whoever may prepare it.
    ///
    /// The version goes with the text: what a case ended about stays as it was signed for, so what is
    /// written after it is another version.
    pub fn edit(
        mut self,
        by: &Person,
        version: u32,
        content_sha256: Sha256,
    ) -> Result<Self, Refusal> {
        may_prepare(by, &self.file)?;
        let content = &mut self.file.content;
        (content.version, content.sha256) = (version, content_sha256);
        Ok(self)
    }

    /// Attaches evidence, by whoever may prepare it.
    pub fn attach(mut self, by: &Person, evidence: Attached) -> Result<Self, Refusal> {
        may_prepare(by, &self.file)?;
        attach(&mut self.file, evidence);
        Ok(self)
    }

    /// C2, by the provider only; for cause by the verifier who opened it.
    pub fn submit(
        self,
        by: &Person,
        signing: Signing,
        facts: &Facts<'_>,
        at: DateTime<Utc>,
    ) -> Result<Submitted, Refusal> {
        if self.file.purpose == Purpose::ForCause {
            may_prepare(by, &self.file)?;
        } else {
            by.as_subject(self.file.subject)?;
        }
        if signing.content_sha256 != self.file.content.sha256 {
            return Err(Refusal::StaleVersion);
        }
        guard::authorship(&signing)?;
        let missing = facts.missing();
        if !missing.is_empty() {
            return Err(Guard::Incomplete(missing).into());
        }
        if self.file.evidence.is_empty() {
            return Err(Refusal::NoEvidence);
        }
        if self.file.purpose != Purpose::ForCause {
            guard::dates(facts, at)?;
        }
        Ok(Submitted {
            submission: Submission {
                by: by.account,
                printed_name: signing.printed_name,
                meaning: signing.meaning,
                at,
            },
            file: self.file,
        })
    }
}

impl InfoRequested {
    /// C6: back to the verifier who asked, with a new version of the content.
    ///
    /// Gives the checks that have to be repeated because what they cover was changed.
    pub fn supply(
        self,
        by: &Person,
        supplied: Supplied,
        facts: &Facts<'_>,
        at: DateTime<Utc>,
    ) -> Result<(InReview, Vec<CheckId>), Refusal> {
        let Self {
            mut submitted,
            request,
        } = self;
        let file = &mut submitted.file;
        let accuses = file.purpose == Purpose::ForCause && by.account == submitted.submission.by;
        if !accuses {
            by.as_subject(file.subject)?;
        }
        if file.purpose != Purpose::ForCause {
            let missing = facts.missing();
            if !missing.is_empty() {
                return Err(Guard::Incomplete(missing).into());
            }
            guard::dates(facts, at)?;
        }
        for evidence in supplied.evidence {
            attach(file, evidence);
        }
        let before = file.content.clone();
        // What another case wrote meanwhile is of no concern here: only what differs from the version
        // before is.
        if supplied.version <= file.content.version {
            return Err(Refusal::StaleVersion);
        }
        file.content.version = supplied.version;
        file.content.sha256 = supplied.content_sha256;
        file.content.changes.push(ContentChange {
            version: file.content.version,
            fields: supplied.changed,
        });
        let after = &file.content;
        let held = |check: &&Check| before.still_holds(&check.field, check.content_version);
        let to_repeat = facts
            .checks
            .iter()
            .filter(held)
            .filter(|check| !after.still_holds(&check.field, check.content_version))
            .map(|check| check.id)
            .collect();
        let lease = Lease::new(request.by, at, facts.policy);
        Ok((InReview { submitted, lease }, to_repeat))
    }
}

/// C12, from any open state, by the provider: first verifications and corrections only.
pub(super) fn withdraw(case: &Case, by: &Actor, at: DateTime<Utc>) -> Result<Withdrawn, Refusal> {
    let purpose = case.file().purpose;
    if !matches!(purpose, Purpose::Initial | Purpose::Correction) || case.state().is_terminal() {
        return Err(Refusal::IllegalTransition {
            from: case.state(),
            action: ActionKind::Withdraw,
        });
    }
    let by = by.person()?;
    by.as_subject(case.file().subject)?;
    Ok(Withdrawn {
        submission: case.submission().cloned(),
        file: case.file().clone(),
        by: by.account,
        at,
    })
}

fn may_prepare(by: &Person, file: &CaseFile) -> Result<(), Refusal> {
    if file.purpose != Purpose::ForCause {
        by.as_author(file.subject)?;
        return Ok(());
    }
    by.in_role(&[Role::Verifier])?;
    if by.account == file.opened_by {
        Ok(())
    } else {
        Err(Refusal::Forbidden)
    }
}

/// The same file twice is one; whoever brought it first stays named.
fn attach(file: &mut CaseFile, evidence: Attached) {
    let is_new = |held: &Attached| held.sha256 != evidence.sha256;
    if file.evidence.iter().all(is_new) {
        file.evidence.push(evidence);
    }
}
