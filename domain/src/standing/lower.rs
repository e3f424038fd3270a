//! What lowers trust, at once and by one person or the system: S5, S10; and S11, by two.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::record::{EnteredInError, Entry, Suspended, Verified, Withdrawn};
use super::refusal::{Guard, Refusal};
use crate::credential::{Standing, SuspensionKind};
use crate::duty::{Person, ReasonCode, Role, Sha256};
use crate::notice::business_days_after;
use crate::npi::Npi;
use crate::policy::Policy;
use crate::time::local_day;

/// What a suspension rests on: files, or words where no file can be had at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ground {
    /// What was seen.
    pub evidence: Vec<Sha256>,
    /// The same in words.
    pub words: Option<Box<str>>,
}

/// A suspension by a person of compliance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspending {
    /// Of what kind.
    pub kind: SuspensionKind,
    /// Why.
    pub reason: Option<ReasonCode>,
    /// On what ground.
    pub ground: Ground,
}

/// Why the system suspends. There is no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemCause {
    /// A board acted against the licence, and a person confirmed that it is this one.
    BoardAction {
        /// Was it for fees or papers only?
        is_administrative: bool,
    },
    /// The issuer was found not to be trusted for the range in which it issued this.
    IssuerTaint,
    /// A statement under an attestation was false: every verified credential of the person is
    /// suspended (verification.md 3.6).
    FalseStatement,
}

impl SystemCause {
    /// The kind of the suspension.
    pub const fn kind(self) -> SuspensionKind {
        match self {
            Self::BoardAction {
                is_administrative: true,
            } => SuspensionKind::Administrative,
            Self::BoardAction {
                is_administrative: false,
            } => SuspensionKind::Disciplinary,
            Self::IssuerTaint => SuspensionKind::IssuerTaint,
            Self::FalseStatement => SuspensionKind::IntegrityConcern,
        }
    }

    /// The reason that the row tells.
    pub const fn reason(self) -> ReasonCode {
        match self {
            Self::BoardAction {
                is_administrative: true,
            } => ReasonCode::LicenseNotActive,
            Self::BoardAction {
                is_administrative: false,
            } => ReasonCode::LicenseDiscipline,
            Self::IssuerTaint => ReasonCode::IssuerTainted,
            Self::FalseStatement => ReasonCode::FalseStatement,
        }
    }
}

/// Is a credential open to a suspension of that kind? One in force is; and one that only its issuer's
/// taint holds back is open to every other kind, which says something of the person where the taint says
/// nothing, and which the lifting of the taint must not lift.
pub fn is_open_to(
    standing: Standing,
    suspended: Option<SuspensionKind>,
    kind: SuspensionKind,
) -> bool {
    match standing {
        Standing::Verified => true,
        Standing::Suspended => {
            suspended == Some(SuspensionKind::IssuerTaint) && kind != SuspensionKind::IssuerTaint
        }
        Standing::Unverified
        | Standing::Revoked
        | Standing::Withdrawn
        | Standing::Superseded
        | Standing::EnteredInError => false,
    }
}

impl Suspending {
    /// What it comes to, by compliance and about nobody's own; `was` is what was in force.
    fn by(
        self,
        by: &Person,
        subject: Npi,
        was: Option<Verified>,
        at: DateTime<Utc>,
    ) -> Result<Suspended, Refusal> {
        by.in_role(&[Role::Compliance])?;
        by.apart_from(subject, &[])?;
        if self.kind == SuspensionKind::IssuerTaint {
            return Err(Guard::TaintByHand.into());
        }
        let reason = self.reason.ok_or(Refusal::ReasonRequired)?;
        let Ground { evidence, words } = self.ground;
        if evidence.is_empty() && words.is_none_or(|words| words.trim().is_empty()) {
            return Err(Refusal::EvidenceMissing);
        }
        Ok(Suspended {
            was,
            kind: self.kind,
            reason: Some(reason),
            at,
        })
    }
}

impl Suspended {
    /// Is it the issuer alone whom nobody trusts?
    pub const fn is_by_taint(&self) -> bool {
        matches!(self.kind, SuspensionKind::IssuerTaint)
    }

    /// Is it open to a suspension of that kind ([`is_open_to`])?
    pub fn is_open_to(&self, kind: SuspensionKind) -> bool {
        is_open_to(Standing::Suspended, Some(self.kind), kind)
    }

    /// S5 again, of what only a taint holds back: for a second reason, which takes the place of the
    /// first. What was in force stays known.
    pub fn suspend(
        self,
        by: &Person,
        subject: Npi,
        suspending: Suspending,
        at: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        suspending.by(by, subject, self.was, at)
    }

    /// The same by the system.
    #[must_use]
    pub fn suspend_for(self, cause: SystemCause, at: DateTime<Utc>) -> Self {
        Self {
            was: self.was,
            kind: cause.kind(),
            reason: Some(cause.reason()),
            at,
        }
    }

    /// The last day on which it has to be looked at again.
    pub fn review_due_on(&self, zone: Tz, policy: &Policy) -> NaiveDate {
        business_days_after(
            local_day(self.at, zone),
            policy.suspension_review_business_days,
        )
    }

    pub(super) fn entry(&self) -> Entry {
        Entry {
            suspension: Some(self.kind),
            ..row(Standing::Suspended, self.reason, self.at)
        }
    }
}

impl Verified {
    /// S5, by compliance, at once and alone; about nobody's own.
    pub fn suspend(
        self,
        by: &Person,
        subject: Npi,
        suspending: Suspending,
        at: DateTime<Utc>,
    ) -> Result<Suspended, Refusal> {
        suspending.by(by, subject, Some(self), at)
    }

    /// S5, by the system, for one of its causes.
    pub fn suspend_for(self, cause: SystemCause, at: DateTime<Utc>) -> Suspended {
        Suspended {
            was: Some(self),
            kind: cause.kind(),
            reason: Some(cause.reason()),
            at,
        }
    }
}

pub(super) fn withdraw(
    by: &Person,
    subject: Npi,
    at: DateTime<Utc>,
) -> Result<(Withdrawn, Entry), Refusal> {
    by.as_subject(subject)?;
    let entry = row(Standing::Withdrawn, Some(ReasonCode::ProviderRequest), at);
    Ok((Withdrawn { at }, entry))
}

pub(super) fn in_error(
    reason: Option<ReasonCode>,
    at: DateTime<Utc>,
) -> Result<(EnteredInError, Entry), Refusal> {
    let reason = reason.ok_or(Refusal::ReasonRequired)?;
    let entry = row(Standing::EnteredInError, Some(reason), at);
    let state = EnteredInError {
        at,
        reason: Some(reason),
    };
    Ok((state, entry))
}

pub(super) const fn row(
    standing: Standing,
    reason: Option<ReasonCode>,
    at: DateTime<Utc>,
) -> Entry {
    Entry {
        at,
        standing,
        suspension: None,
        reason,
        case: None,
        single_reviewer: false,
        psv_as_of: None,
    }
}
