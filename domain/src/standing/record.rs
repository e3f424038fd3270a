//! The standings, each with the facts that belong to it.
//!
//! No other crate can make one of these by writing down its fields: they come from a step, or from the
//! rows of a credential by [`Record::stored`], which is for reading back and for nothing else.

use chrono::{DateTime, NaiveDate, Utc};

use crate::case::CaseId;
use crate::credential::{CredentialId, Reviewers, Standing, StandingChange, SuspensionKind};
use crate::duty::ReasonCode;
use crate::npi::Npi;

/// One change of a standing, as it is stored: a row a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// To what.
    pub standing: Standing,
    /// Why, when it became SUSPENDED.
    pub suspension: Option<SuspensionKind>,
    /// Why.
    pub reason: Option<ReasonCode>,
    /// The case that decided it; none for what compliance, the system, the provider or two people
    /// without a case did.
    pub case: Option<CaseId>,
    /// Did one person review that case and decide it?
    pub single_reviewer: bool,
    /// The day whose truth the oldest proof of a verification tells.
    pub psv_as_of: Option<NaiveDate>,
}

impl From<&Entry> for StandingChange {
    fn from(entry: &Entry) -> Self {
        Self {
            at: entry.at,
            standing: entry.standing,
            suspension: entry.suspension,
            decided: entry.case.map(|_| Reviewers::of(entry.single_reviewer)),
        }
    }
}

/// UNVERIFIED: claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unverified {}

/// VERIFIED: decided to be true.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// When it was last verified; a suspension that was lifted in bulk renews nothing.
    pub verified_at: DateTime<Utc>,
    /// The day whose truth the oldest proof tells.
    pub psv_as_of: Option<NaiveDate>,
    /// The case that decided it.
    pub case: Option<CaseId>,
}

/// SUSPENDED: out of force for now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suspended {
    /// What was in force; `None` where the rows do not tell.
    pub was: Option<Verified>,
    /// Of what kind.
    pub kind: SuspensionKind,
    /// Why.
    pub reason: Option<ReasonCode>,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// REVOKED: out of force for good.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Revoked {
    /// The case that decided it.
    pub case: Option<CaseId>,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The annotation of one that was overturned on appeal (S8).
    pub overturned: Option<Overturned>,
}

/// That a revocation was overturned on appeal. It stays revoked; another record takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overturned {
    /// The appeal.
    pub case: CaseId,
    /// When.
    pub at: DateTime<Utc>,
}

/// WITHDRAWN: taken back by its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withdrawn {
    /// Since when.
    pub at: DateTime<Utc>,
}

/// SUPERSEDED: replaced by a later version.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Superseded {
    /// Since when.
    pub at: DateTime<Utc>,
    /// The case that verified the later version.
    pub case: Option<CaseId>,
}

/// `ENTERED_IN_ERROR`: never was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnteredInError {
    /// When two people said so.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: Option<ReasonCode>,
}

/// A standing with its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stood {
    /// Claimed.
    Unverified(Unverified),
    /// Decided to be true.
    Verified(Verified),
    /// Out of force for now.
    Suspended(Suspended),
    /// Out of force for good.
    Revoked(Revoked),
    /// Taken back.
    Withdrawn(Withdrawn),
    /// Replaced.
    Superseded(Superseded),
    /// Never was.
    EnteredInError(EnteredInError),
}

/// A credential's standing, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// Which credential.
    pub id: CredentialId,
    /// Whose.
    pub subject: Npi,
    /// The earlier version that this one corrects.
    pub supersedes: Option<CredentialId>,
    /// The revoked record that this one stands in for (S8).
    pub replaces: Option<CredentialId>,
    /// How it stands.
    pub stood: Stood,
}

impl Stood {
    /// By name.
    pub const fn standing(&self) -> Standing {
        match self {
            Self::Unverified(_) => Standing::Unverified,
            Self::Verified(_) => Standing::Verified,
            Self::Suspended(_) => Standing::Suspended,
            Self::Revoked(_) => Standing::Revoked,
            Self::Withdrawn(_) => Standing::Withdrawn,
            Self::Superseded(_) => Standing::Superseded,
            Self::EnteredInError(_) => Standing::EnteredInError,
        }
    }
}

impl Record {
    /// A credential that was just claimed.
    pub const fn claimed(id: CredentialId, subject: Npi, supersedes: Option<CredentialId>) -> Self {
        Self {
            id,
            subject,
            supersedes,
            replaces: None,
            stood: Stood::Unverified(Unverified {}),
        }
    }

    /// As its rows kept it, oldest first; `overturned` where an appeal annotated it.
    pub fn stored(
        (id, subject): (CredentialId, Npi),
        (supersedes, replaces): (Option<CredentialId>, Option<CredentialId>),
        entries: &[Entry],
        overturned: Option<Overturned>,
    ) -> Self {
        let mut stood = Stood::Unverified(Unverified {});
        for entry in entries {
            stood = after(stood, entry);
        }
        if let Stood::Revoked(revoked) = &mut stood {
            revoked.overturned = overturned;
        }
        Self {
            id,
            subject,
            supersedes,
            replaces,
            stood,
        }
    }

    /// By name.
    pub const fn standing(&self) -> Standing {
        self.stood.standing()
    }
}

fn after(before: Stood, entry: &Entry) -> Stood {
    let at = entry.at;
    match entry.standing {
        Standing::Unverified => Stood::Unverified(Unverified {}),
        Standing::Verified => {
            let fresh = Verified {
                verified_at: at,
                psv_as_of: entry.psv_as_of,
                case: entry.case,
            };
            // Lifted in bulk: nobody verified it anew.
            let lifted = match before {
                Stood::Suspended(suspended) if entry.case.is_none() => suspended.was,
                _ => None,
            };
            Stood::Verified(lifted.unwrap_or(fresh))
        }
        Standing::Suspended => Stood::Suspended(Suspended {
            was: match before {
                Stood::Verified(verified) => Some(verified),
                Stood::Suspended(suspended) => suspended.was,
                _ => None,
            },
            // A row from before kinds were told: the kind that touches the person least in public.
            kind: entry.suspension.unwrap_or(SuspensionKind::Administrative),
            reason: entry.reason,
            at,
        }),
        Standing::Revoked => Stood::Revoked(Revoked {
            case: entry.case,
            at,
            overturned: None,
        }),
        Standing::Withdrawn => Stood::Withdrawn(Withdrawn { at }),
        Standing::Superseded => Stood::Superseded(Superseded {
            at,
            case: entry.case,
        }),
        Standing::EnteredInError => Stood::EnteredInError(EnteredInError {
            at,
            reason: entry.reason,
        }),
    }
}
