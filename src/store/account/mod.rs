//! Accounts, and how they show who they are: [`session`], [`api_key`], [`link`], [`recovery`],
//! [`throttle`].
//!
//! Nothing here knows a password, a session's id, a key or a link: only their hashes come in.

pub mod api_key;
pub mod link;
mod read;
pub mod recovery;
pub mod session;
pub mod throttle;
mod write;

use chrono::{DateTime, Utc};
use domain::access::{AccountId, Roles};
use domain::npi::Npi;

pub use read::{by_id, by_name, count_active, page};
pub use write::{
    NewAccount, change_roles, confirm_second_factor, disable, end_entry, forget_second_factor,
    grant_entry, insert, set_password, set_second_factor, take_step,
};

/// An account as it is now.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// What is typed to sign in.
    pub name: Box<str>,
    /// Where notices go.
    pub email: Option<Box<str>>,
    /// In which capacities it acts.
    pub roles: Roles,
    /// The entries that are its own.
    pub own: Vec<Npi>,
    /// The entries that it acts for as a delegate.
    pub delegate_of: Vec<Npi>,
    /// Argon2id, once a link has been redeemed.
    pub password_hash: Option<Box<str>>,
    /// The second factor, once begun.
    pub second_factor: Option<SecondFactor>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// From then on nothing of it is accepted.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Grows by one with each change by an act.
    pub version: i64,
}

/// A secret that a person's authenticator shares with us.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Sealed with the installation's key.
    pub sealed: Vec<u8>,
    /// Since a first code has shown that it arrived; asked for from then on.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The step of the last code that was taken.
    pub last_step: Option<i64>,
}

impl Account {
    /// Is anything of it accepted?
    pub const fn is_active(&self) -> bool {
        self.disabled_at.is_none()
    }

    /// The second factor that is asked for.
    pub fn confirmed_factor(&self) -> Option<&SecondFactor> {
        let factor = self.second_factor.as_ref();
        factor.filter(|factor| factor.confirmed_at.is_some())
    }
}

impl std::fmt::Debug for Account {
    /// Number and name: the rest is nobody's to read in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({}, {})", self.id.0, self.name)
    }
}
