//! Who acts. The system is not a person, and what raises trust takes a person: so that the system
//! raises none is not a rule that somebody has to remember but a call that cannot be written.
//!
//! A person may be asked to accept what is under review:
//! ```
//! # use domain::duty::Person;
//! # use domain::needle::{attestation::UnderReview, transition::Review};
//! fn ask(state: UnderReview, person: &Person, review: &Review<'_>) {
//!     let _ = state.accept(person, review);
//! }
//! ```
//! The system may not:
//! ```compile_fail,E0308
//! # use domain::duty::Actor;
//! # use domain::needle::{attestation::UnderReview, transition::Review};
//! fn ask(state: UnderReview, review: &Review<'_>) {
//!     let _ = state.accept(&Actor::System, review);
//! }
//! ```
//! Nor can it claim the signer's own act for what was left SIGNED:
//! ```compile_fail,E0423
//! # use domain::needle::{attestation::Signed, settle::{JustSigned, Settled, Settling}};
//! fn settle(signed: Signed, settling: &Settling<'_>) -> Settled {
//!     JustSigned(signed).settle(settling)
//! }
//! ```

use super::refusal::Bar;
pub use crate::access::{AccountId, Role};
use crate::npi::Npi;

/// A person in a capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Their account.
    pub account: AccountId,
    /// The capacity.
    pub role: Role,
    /// A provider's own NPI, the NPI that a delegate prepares for, or that of the entry which a
    /// person in any other capacity has in the directory.
    pub npi: Option<Npi>,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Somebody.
    Person(Person),
    /// The program, when time passes or a list arrives.
    System,
}

impl Actor {
    pub(crate) fn person(&self) -> Result<&Person, Bar> {
        match self {
            Self::Person(person) => Ok(person),
            Self::System => Err(Bar::Forbidden),
        }
    }

    pub(crate) const fn system(&self) -> Result<(), Bar> {
        match self {
            Self::System => Ok(()),
            Self::Person(_) => Err(Bar::Forbidden),
        }
    }
}

impl Person {
    pub(crate) fn as_subject(&self, subject: Npi) -> Result<(), Bar> {
        self.in_role(&[Role::Provider])?;
        self.speaks_for(subject)
    }

    pub(crate) fn as_author(&self, subject: Npi) -> Result<(), Bar> {
        self.in_role(&[Role::Provider, Role::ProviderDelegate])?;
        self.speaks_for(subject)
    }

    pub(crate) fn in_role(&self, roles: &[Role]) -> Result<(), Bar> {
        if roles.contains(&self.role) {
            Ok(())
        } else {
            Err(Bar::Forbidden)
        }
    }

    /// Nobody decides about themselves, nor about what they brought in.
    pub(crate) fn apart_from(&self, subject: Npi, involved: &[AccountId]) -> Result<(), Bar> {
        if self.npi == Some(subject) || involved.contains(&self.account) {
            Err(Bar::SeparationOfDuties)
        } else {
            Ok(())
        }
    }

    fn speaks_for(&self, subject: Npi) -> Result<(), Bar> {
        if self.npi == Some(subject) {
            Ok(())
        } else {
            Err(Bar::Forbidden)
        }
    }
}
