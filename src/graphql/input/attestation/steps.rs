//! What is done to an attestation once it is written down.

use async_graphql::{ID, InputObject};
use domain::evidence::EvidenceId;
use domain::license::LicenseId;
use domain::needle::statement::Statement;

use super::{attestation_order, not_an_id, words};
use crate::graphql::codes::{ReasonCode, SterilityStatement};
use crate::graphql::error::Fault;
use crate::graphql::node::{NodeId, row_id};
use crate::service::attestation::AttestationOrder;
use crate::service::attestation::review::Reviewing;
use crate::service::attestation::sign::Signing;

/// A signature under an attestation.
#[derive(InputObject)]
pub struct SignAttestationInput {
    /// Which attestation.
    attestation_id: ID,
    /// Its version as it was read.
    expected_version: i32,
    /// `payloadSha256` of what was shown for signature.
    payload_sha256: String,
    /// What is said of each of the eight statements.
    answers: Vec<StatementAnswerInput>,
    /// The signer's name as they write it.
    printed_name: String,
    /// Under which of the signer's licences.
    license_id: ID,
    /// A key by which asking again is known.
    pub idempotency_key: String,
}

/// What is said of a statement.
#[derive(InputObject)]
pub(super) struct StatementAnswerInput {
    /// Which.
    statement: SterilityStatement,
    /// Is it so? A statement that is not is no mistake: somebody asks what is done instead.
    answer: bool,
}

/// A reviewer's word on an attestation.
#[derive(InputObject)]
pub struct ReviewAttestationInput {
    /// Which attestation.
    attestation_id: ID,
    /// Its version as it was read.
    expected_version: i32,
    /// Accept it, or refuse it?
    accept: bool,
    /// The files that were seen: label photographs, invoices. Needed to accept.
    #[graphql(default)]
    evidence_ids: Vec<ID>,
    /// Why; needed to refuse.
    reason_code: Option<ReasonCode>,
    /// The same in words.
    reason_text: Option<String>,
    /// A key by which asking again is known.
    pub idempotency_key: String,
}

/// Why an attestation is taken out of force.
#[derive(InputObject)]
pub struct InvalidateAttestationInput {
    /// Which attestation.
    attestation_id: ID,
    /// Its version as it was read.
    expected_version: i32,
    /// Why. `FALSE_STATEMENT` suspends every verified credential of the person too.
    pub reason_code: Option<ReasonCode>,
    /// The same in words.
    pub reason_text: Option<String>,
    /// A key by which asking again is known.
    pub idempotency_key: String,
}

/// Which attestation is mended.
#[derive(InputObject)]
pub struct ReviseAttestationInput {
    /// Which attestation.
    attestation_id: ID,
    /// Its version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    pub idempotency_key: String,
}

/// Which attestation is taken back.
#[derive(InputObject)]
pub struct WithdrawAttestationInput {
    /// Which attestation.
    attestation_id: ID,
    /// Its version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    pub idempotency_key: String,
}

impl SignAttestationInput {
    /// Which one is signed.
    pub fn attestation(&self) -> Result<AttestationOrder, Fault> {
        attestation_order(&self.attestation_id, self.expected_version)
    }

    /// What it is signed with.
    pub fn read(&self) -> Result<Signing, Fault> {
        let shown: domain::evidence::Sha256 =
            self.payload_sha256
                .parse()
                .map_err(|why: domain::evidence::InvalidDigest| {
                    Fault::bad_input("input.payloadSha256", why.to_string())
                })?;
        let license = match NodeId::parse(&self.license_id) {
            Some(NodeId::License(LicenseId(id))) => LicenseId(id),
            _ => return Err(not_an_id("input.licenseId", "license")),
        };
        let answers = self.answers.iter();
        let answers = answers.map(|given| (Statement::from(given.statement), given.answer));
        Ok(Signing {
            shown_sha256: *shown.as_bytes(),
            answers: answers.collect(),
            printed_name: self.printed_name.clone(),
            license,
        })
    }
}

impl ReviewAttestationInput {
    /// Which one is reviewed.
    pub fn attestation(&self) -> Result<AttestationOrder, Fault> {
        attestation_order(&self.attestation_id, self.expected_version)
    }

    /// What is said of it.
    pub fn read(&self) -> Result<Reviewing, Fault> {
        let ids = self.evidence_ids.iter();
        let ids = ids.map(|id| row_id("evidence", "input.evidenceIds", id).map(EvidenceId));
        Ok(Reviewing {
            accepts: self.accept,
            evidence: ids.collect::<Result<_, _>>()?,
            reason: self.reason_code.map(Into::into),
            reason_text: words(self.reason_text.as_deref(), "input.reasonText")?,
        })
    }
}

impl InvalidateAttestationInput {
    /// Which one goes out of force.
    pub fn attestation(&self) -> Result<AttestationOrder, Fault> {
        attestation_order(&self.attestation_id, self.expected_version)
    }

    /// Why, in words.
    pub fn words(&self) -> Result<Option<Box<str>>, Fault> {
        words(self.reason_text.as_deref(), "input.reasonText")
    }
}

impl ReviseAttestationInput {
    /// Which one is mended.
    pub fn attestation(&self) -> Result<AttestationOrder, Fault> {
        attestation_order(&self.attestation_id, self.expected_version)
    }
}

impl WithdrawAttestationInput {
    /// Which one is taken back.
    pub fn attestation(&self) -> Result<AttestationOrder, Fault> {
        attestation_order(&self.attestation_id, self.expected_version)
    }
}
