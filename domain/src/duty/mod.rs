//! Who acts, in what capacity, for what reason and with what signature: what every machine of the
//! directory asks of a person.
//!
//! Raising trust takes people, and of those two ([`TwoPeople`], [`crate::case`]); lowering it takes
//! one, or the system. What a role may ask for at all is decided before a machine is asked.

pub mod actor;
pub mod reason;
mod refusal;
mod signature;
mod two;

pub use actor::{AccountId, Actor, Person, Role};
pub use reason::ReasonCode;
pub use refusal::{Bar, RefusalCode};
pub use signature::{Sha256, SignatureMeaning};
pub use two::TwoPeople;
