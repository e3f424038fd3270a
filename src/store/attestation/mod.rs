//! Attestations as the machine of `domain::needle` knows them, and recalls.
//!
//! [`read`] gives them back in their states with everything on file about them, in a fixed number of
//! statements however many there are; [`write`](mod@write) keeps a step that was taken; [`recall`] is
//! the table of recalls; [`content`] is needles and lots as rows. What the public sees of an attestation
//! is read by `store::provider` from the same rows.

pub(super) mod content;
mod read;
pub mod recall;
mod state;
mod write;

use chrono::{DateTime, Utc};
use domain::attestation::{AttestationChange, AttestationId};
use domain::case::CaseId;
use domain::duty::AccountId;
use domain::needle::attestation::{Attestation, Sha256};
use domain::needle::finding::Finding;
use domain::needle::reason::ReasonCode;
use domain::needle::sampling::Sample;

use super::StoreError;
pub use read::{
    by_id, by_ids, ever_accepted, in_state, lots_elsewhere, of_person, page_in_state,
    page_of_person, people_with_devices, with_devices,
};
pub(super) use write::written;
pub use write::{Step, draft, next_id, overturned, save, supersedes, told_by};

/// An attestation with everything on file about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Where it stands.
    pub attestation: Attestation,
    /// What a change has to name.
    pub row_version: u32,
    /// Every change of state, oldest first.
    pub history: Vec<AttestationChange>,
    /// Who wrote it down.
    pub drafted_by: Option<AccountId>,
    /// When.
    pub drafted_at: Option<DateTime<Utc>>,
    /// What the checks of this version found.
    pub findings: Vec<Finding>,
    /// What is kept of the signature under this version.
    pub seal: Option<Seal>,
    /// What its reviewer saw.
    pub evidence: Vec<Sha256>,
    /// Why it was refused or taken out of force, as a code.
    pub reason: Option<ReasonCode>,
    /// The same in words.
    pub reason_text: Option<Box<str>>,
    /// When the notice of the last decision left the house.
    pub notified_at: Option<DateTime<Utc>>,
    /// Was an appeal filed against the last decision?
    pub appealed: bool,
    /// The case for cause that refused it.
    pub decided_by: Option<CaseId>,
    /// The appeal that overturned the last decision against it.
    pub overturned_by: Option<CaseId>,
    /// Which one it is to replace.
    pub supersedes: Option<AttestationId>,
}

/// How a signature is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// HMAC-SHA-256 over the signed text with a key that the server keeps for the person. It shows that
    /// nothing was changed since; whose hand it was, the account and its session tell.
    HmacSha256,
    /// Brought in without one.
    NotKept,
}

impl SignatureAlgorithm {
    /// The one spelling of this value.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HmacSha256 => "HMAC_SHA256",
            Self::NotKept => "NOT_KEPT",
        }
    }
}

/// What is kept of a signature beside the facts that the machine judges by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// How it was made.
    pub algorithm: SignatureAlgorithm,
    /// In hexadecimal.
    pub signature: Option<Box<str>>,
    /// The text that was signed: canonical JSON (RFC 8785).
    pub payload: Option<Box<str>>,
    /// What chance said, and from which seed, so that an auditor can draw again.
    pub sample: Option<(Box<str>, Sample)>,
    /// Under which version of the policy.
    pub policy_version: Option<u32>,
}

fn sha256(
    text: &str,
    table: &'static str,
    column: &'static str,
    row: i64,
) -> Result<Sha256, StoreError> {
    let bytes = data_encoding::HEXLOWER
        .decode(text.as_bytes())
        .map_err(|error| StoreError::inconsistent(table, column, row, error))?;
    Sha256::try_from(bytes.as_slice())
        .map_err(|error| StoreError::inconsistent(table, column, row, error))
}

fn hex(digest: &Sha256) -> String {
    data_encoding::HEXLOWER.encode(digest)
}
