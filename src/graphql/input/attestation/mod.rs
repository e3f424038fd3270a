//! What is said and done about attestations.

mod draft;
mod steps;

pub use draft::DraftAttestationInput;
pub use steps::{
    InvalidateAttestationInput, ReviewAttestationInput, ReviseAttestationInput,
    SignAttestationInput, WithdrawAttestationInput,
};

use async_graphql::ID;

use crate::graphql::error::Fault;
use crate::graphql::node::NodeId;
use crate::service::attestation::AttestationOrder;

/// An attestation by its id, and the version of it that was read.
pub fn attestation_order(id: &ID, expected_version: i32) -> Result<AttestationOrder, Fault> {
    match NodeId::parse(id) {
        Some(NodeId::Attestation(id)) => Ok(AttestationOrder {
            id,
            expected_version: i64::from(expected_version),
        }),
        _ => Err(not_an_id("input.attestationId", "attestation")),
    }
}

fn not_an_id(field: &str, kind: &str) -> Fault {
    Fault::bad_input(
        field,
        format!("{field} is the id of a {kind}, like {kind}_7"),
    )
}

/// The longest reason in words.
const MOST_WORDS_CHARACTERS: usize = 2_000;

fn words(text: Option<&str>, field: &str) -> Result<Option<Box<str>>, Fault> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > MOST_WORDS_CHARACTERS) {
        return Err(Fault::bad_input(
            field,
            format!("{field} has at most {MOST_WORDS_CHARACTERS} characters"),
        ));
    }
    Ok(text.map(Into::into))
}
