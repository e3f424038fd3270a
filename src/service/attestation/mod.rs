//! What is done to attestations about needles (verification.md 3.6), one step a file; the rules are
//! `domain::needle`'s.
//!
//! [`typed`] reads what people type; [`draft`] is N1, N7 and N11, [`sign`] N2 with what follows from it,
//! [`review`] N6, [`invalidate`] N9, [`supersede`] N10, [`appeal`] N12, [`decided`] what a case makes of it;
//! [`payload`] is the text that is signed and [`read`] what is shown to whom it concerns. N8 is a reading, and
//! N9 by a recall comes with the import.

pub mod appeal;
mod concern;
pub(super) mod decided;
pub mod draft;
pub mod invalidate;
mod notice;
pub mod payload;
pub mod read;
pub mod review;
pub mod sign;
mod step;
mod supersede;
pub mod typed;

pub use crate::store::attestation::{Filed, Seal, SignatureAlgorithm};
pub use step::AttestationOrder;
