//! Who is asking: accounts, and how they show who they are.
//!
//! [`mod@authenticate`] says who a request comes from; [`mod@sign_in`], [`redeem`](link::redeem) and
//! [`second_factor`] are what a person does for themselves; [`manage`] is what others do to an account.
//! What a role may is not said here but in `domain::access`.
//!
//! Nothing that opens a door is stored, logged or shown again: passwords are kept as Argon2id, session
//! ids, keys and links as SHA-256 of 256 random bits. How long what lasts: [`limits`].

pub mod api_key;
mod authenticate;
mod event;
pub mod limits;
pub mod link;
pub mod manage;
mod name;
pub mod recovery;
pub mod second_factor;
pub mod session;
mod sign_in;
mod throttle;

pub use authenticate::{NotAdmitted, Presented, authenticate};
pub use event::Visit;
pub use manage::{RoleChange, apply_change_roles, grant_entry, propose_change_roles};
pub use name::{InvalidName, Name};
pub use sign_in::{Attempt, NotSignedIn, SignedIn, sign_in};

pub use crate::store::account::Account;
pub use crate::store::account::api_key::ApiKey;

use sha2::{Digest as _, Sha256};

/// What is stored of a random token.
fn sha256(token: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// Compares what is secret in the same time whatever it is.
fn same(one: &str, other: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
