//! Needles: what is claimed of them, what can be checked without asking anybody, and the
//! attestation that a person signs about them.
//!
//! In reading order: the claim ([`product`], with [`size`] and [`k_number`] for what people type),
//! what the checks say of it ([`check`], [`recall`]), what is signed ([`statement`]), how long it
//! holds ([`validity`]), how it moves ([`attestation`], [`transition`], [`settle`], [`mod@denial`], [`mod@appeal`],
//! [`decided`], all behind [`action`], with [`refusal`], [`sampling`] and [`policy`]; who acts is
//! [`crate::duty`]'s) and what patients read ([`sentence`], [`told`]).
//!
//! A dry needle is an acupuncture needle by law: 21 CFR 880.5580, class II, sterile, for single use.
//! What the public sees of an accepted attestation is [`crate::attestation`]'s; nothing here says
//! that the FDA approved a needle, because a clearance is no approval (21 CFR 807.97) and an exempt
//! needle has not even that (21 CFR 880.5580(b), 84 FR 71815, 30 December 2019).

pub mod action;
pub mod appeal;
pub mod attestation;
pub mod check;
pub mod decided;
pub mod denial;
pub mod finding;
pub mod k_number;
pub mod policy;
pub mod product;
pub mod recall;
pub mod refusal;
pub mod sampling;
pub mod sentence;
pub mod settle;
pub mod size;
pub mod statement;
mod stored;
pub mod told;
pub mod transition;
pub mod validity;

pub use crate::duty::{actor, reason};

#[cfg(test)]
mod cases;
#[cfg(test)]
mod test_support;
