//! The rules of drypoint, pure: what is claimed, what is known about it, and what follows on a day.
//!
//! Modules in reading order: identifiers ([`npi`], [`taxonomy`], [`place`]), what is claimed
//! ([`name`], [`license`], [`training`], [`credential`], [`attestation`], [`screening`]), the person
//! who claims it ([`provider`]), what the federal registry says of them ([`registry`]), the law ([`scope`]) and what follows from all of it
//! ([`eligibility`], [`search`]). How a claim comes to be verified: who acts ([`duty`], [`access`]), on what
//! ([`content`]), by which steps ([`case`], [`check`], [`issuer`]), with what result ([`standing`]), and what is
//! still missing ([`why`]).
//!
//! Nothing here reads the clock, the network, a file or a source of chance; days and instants come in
//! as arguments, so nothing here can fail for an outside reason.
#![warn(missing_docs)]

pub mod access;
pub mod attestation;
pub mod birth;
pub mod case;
pub mod check;
pub mod check_digit;
pub mod claim;
pub mod codes;
pub mod contact;
pub mod content;
pub mod credential;
pub mod duty;
pub mod eligibility;
pub mod evidence;
pub mod issuer;
pub mod license;
pub mod name;
pub mod needle;
pub mod notice;
pub mod npi;
pub mod place;
pub mod policy;
pub mod provider;
pub mod register;
pub mod registry;
pub mod report;
pub mod scope;
pub mod screening;
pub mod search;
pub mod standing;
pub mod taxonomy;
pub mod time;
pub mod training;
pub mod udi;
pub mod why;
