//! A row as the state that it holds.

use domain::attestation::{AttestationChange, AttestationId, AttestationState};
use domain::case::CaseId;
use domain::duty::AccountId;
use domain::needle::attestation::{
    Accepted, Attestation, Claim, Content, Draft, Invalidated, InvalidatedBy, NeedsFix, Rejected,
    ReviewReason, Signature, Signed, Superseded, UnderReview, Withdrawn,
};
use domain::needle::finding::Finding;
use domain::needle::reason::ReasonCode;
use domain::needle::sampling::Sample;
use domain::needle::validity::Limits;
use entity::{attestation_finding, attestation_signature, sterility_attestation};

use super::{Seal, SignatureAlgorithm, sha256};
use crate::store::{StoreError, row};

const TABLE: &str = "sterility_attestation";
const SIGNATURE: &str = "attestation_signature";
const FINDING: &str = "attestation_finding";

/// A row with what belongs to it.
pub(super) struct Parts {
    pub(super) row: sterility_attestation::Model,
    pub(super) content: Content,
    pub(super) signature: Option<attestation_signature::Model>,
    pub(super) reasons: Vec<ReviewReason>,
    pub(super) history: Vec<AttestationChange>,
}

impl Parts {
    /// The state.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`] where the row lacks a fact that its state has.
    pub(super) fn state(&self) -> Result<Attestation, StoreError> {
        let id = self.row.id;
        let state: AttestationState = row::parse(&self.row.state, TABLE, "state", id)?;
        let last = self.history.last().map(|change| change.state);
        if last.unwrap_or(AttestationState::Draft) != state {
            let why = format!("{state} is not what the last change led to");
            return Err(StoreError::inconsistent(TABLE, "state", id, why));
        }
        Ok(match state {
            AttestationState::Draft => Attestation::Draft(Draft::stored(self.claim()?)),
            AttestationState::Signed => Attestation::Signed(self.signed()?),
            AttestationState::NeedsFix => {
                let findings = findings(&self.reasons);
                Attestation::NeedsFix(NeedsFix::stored(self.signed()?, findings))
            }
            AttestationState::UnderReview => Attestation::UnderReview(UnderReview::stored(
                self.signed()?,
                self.reasons.clone(),
                self.limits()?,
            )),
            AttestationState::Accepted => Attestation::Accepted(self.accepted()?),
            AttestationState::Rejected => {
                let by = self.needed(self.row.rejected_by, "rejected_by")?;
                Attestation::Rejected(Rejected::stored(
                    (self.signed()?, self.limits()?),
                    (AccountId(by), self.since(state)?),
                    self.reason()?,
                    self.row.decided_by_case_id.map(CaseId),
                    self.row.appealed,
                ))
            }
            AttestationState::Invalidated => {
                let by = self.row.invalidated_by.map_or(InvalidatedBy::Recall, |by| {
                    InvalidatedBy::Compliance(AccountId(by))
                });
                Attestation::Invalidated(Invalidated::stored(
                    self.accepted()?,
                    (by, self.since(state)?),
                    self.reason()?,
                    self.row.appealed,
                ))
            }
            AttestationState::Withdrawn => {
                Attestation::Withdrawn(Withdrawn::stored(self.signed()?, self.since(state)?))
            }
            AttestationState::Superseded => {
                let by = self.needed(self.row.superseded_by_id, "superseded_by_id")?;
                Attestation::Superseded(Superseded::stored(
                    self.accepted()?,
                    AttestationId(by),
                    self.since(state)?,
                ))
            }
            AttestationState::Lapsed => {
                let why = "LAPSED is never stored";
                return Err(StoreError::inconsistent(TABLE, "state", id, why));
            }
        })
    }

    /// What is kept of the signature under this version.
    pub(super) fn seal(&self) -> Result<Option<Seal>, StoreError> {
        let Some(found) = &self.signature else {
            return Ok(None);
        };
        let id = found.attestation_id;
        let algorithm = [SignatureAlgorithm::HmacSha256, SignatureAlgorithm::NotKept]
            .into_iter()
            .find(|algorithm| algorithm.code() == found.algorithm)
            .ok_or_else(|| {
                StoreError::inconsistent(SIGNATURE, "algorithm", id, "no such algorithm")
            })?;
        let policy_version = found.policy_version;
        Ok(Some(Seal {
            algorithm,
            signature: found.signature.as_deref().map(Into::into),
            payload: found.payload.as_deref().map(Into::into),
            sample: sample(found)?,
            policy_version: policy_version
                .map(|version| row::fit(version, SIGNATURE, "policy_version", id))
                .transpose()?,
        }))
    }

    fn claim(&self) -> Result<Claim, StoreError> {
        let id = self.row.id;
        let npi = format!("{:010}", self.row.provider_npi);
        Ok(Claim {
            id: AttestationId(id),
            subject: row::parse(&npi, TABLE, "provider_npi", id)?,
            version: row::fit(self.row.version, TABLE, "version", id)?,
            content: self.content.clone(),
        })
    }

    fn signed(&self) -> Result<Signed, StoreError> {
        let found = self.signature_row()?;
        let id = found.attestation_id;
        let jurisdiction = &found.license_jurisdiction;
        let signature = Signature {
            signer: AccountId(found.signer_account_id),
            printed_name: found.signer_printed_name.as_str().into(),
            license: (
                row::parse(jurisdiction, SIGNATURE, "license_jurisdiction", id)?,
                found.license_number.as_str().into(),
            ),
            meaning: row::parse(&found.meaning, SIGNATURE, "meaning", id)?,
            signed_at: found.signed_at,
            payload_sha256: sha256(&found.payload_sha256, SIGNATURE, "payload_sha256", id)?,
        };
        Ok(Signed::stored(self.claim()?, signature))
    }

    fn limits(&self) -> Result<Limits, StoreError> {
        let found = self.signature_row()?;
        let id = found.attestation_id;
        Ok(Limits {
            signed_on: found.signed_on,
            signature_days: row::fit(found.signature_days, SIGNATURE, "signature_days", id)?,
            license_ends_on: found.license_ends_on,
        })
    }

    fn accepted(&self) -> Result<Accepted, StoreError> {
        Ok(Accepted::stored(
            self.signed()?,
            self.since(AttestationState::Accepted)?,
            self.row.accepted_by.map(AccountId),
            self.limits()?,
            self.needed(self.row.valid_until, "valid_until")?,
        ))
    }

    fn reason(&self) -> Result<ReasonCode, StoreError> {
        let code = self.needed(self.row.reason_code.as_deref(), "reason_code")?;
        row::parse(code, TABLE, "reason_code", self.row.id)
    }

    fn signature_row(&self) -> Result<&attestation_signature::Model, StoreError> {
        self.needed(self.signature.as_ref(), "version")
    }

    /// When it last became what it is.
    fn since(&self, state: AttestationState) -> Result<chrono::DateTime<chrono::Utc>, StoreError> {
        let changes = self.history.iter().rev();
        let change = changes.into_iter().find(|change| change.state == state);
        self.needed(change.map(|change| change.at), "state")
    }

    fn needed<T>(&self, fact: Option<T>, column: &'static str) -> Result<T, StoreError> {
        fact.ok_or_else(|| {
            let why = format!("{} needs it", self.row.state);
            StoreError::inconsistent(TABLE, column, self.row.id, why)
        })
    }
}

/// What the checks found, among the reasons for a review.
pub(super) fn findings(reasons: &[ReviewReason]) -> Vec<Finding> {
    let found = reasons.iter().filter_map(|reason| match reason {
        ReviewReason::Warning(finding) => Some(finding.clone()),
        ReviewReason::First
        | ReviewReason::Denied(_)
        | ReviewReason::Sampled(_)
        | ReviewReason::CheckedLate => None,
    });
    found.collect()
}

fn sample(found: &attestation_signature::Model) -> Result<Option<(Box<str>, Sample)>, StoreError> {
    let id = found.attestation_id;
    let (Some(seed), Some(drawn), Some(percent)) =
        (&found.sample_seed, found.sample_drawn, found.sample_percent)
    else {
        return Ok(None);
    };
    let sample = Sample {
        drawn: row::fit(drawn, SIGNATURE, "sample_drawn", id)?,
        percent: row::fit(percent, SIGNATURE, "sample_percent", id)?,
    };
    Ok(Some((seed.as_str().into(), sample)))
}

/// A finding, or another reason for a review, as its row. One of a sample takes its numbers from the
/// signature.
pub(super) fn reason_of_row(
    found: &attestation_finding::Model,
    signature: Option<&attestation_signature::Model>,
) -> Result<ReviewReason, StoreError> {
    let id = found.attestation_id;
    let missing = |column| StoreError::inconsistent(FINDING, column, id, "it is not there");
    let text = |text: &Option<String>, column| text.clone().ok_or_else(|| missing(column));
    Ok(match found.reason.as_str() {
        "FINDING" => {
            let code = text(&found.code, "code")?;
            ReviewReason::Warning(Finding::new(
                row::parse(&code, FINDING, "code", id)?,
                text(&found.field, "field")?,
                text(&found.message, "message")?,
            ))
        }
        "FIRST" => ReviewReason::First,
        "DENIED" => {
            let statement = text(&found.statement, "statement")?;
            ReviewReason::Denied(row::parse(&statement, FINDING, "statement", id)?)
        }
        "SAMPLED" => {
            let drawn = signature.map(sample).transpose()?.flatten();
            ReviewReason::Sampled(drawn.ok_or_else(|| missing("sample_drawn"))?.1)
        }
        "CHECKED_LATE" => ReviewReason::CheckedLate,
        _ => {
            return Err(StoreError::inconsistent(
                FINDING,
                "reason",
                id,
                "no such reason",
            ));
        }
    })
}

pub(super) fn reason_to_row(
    attestation: AttestationId,
    version: i32,
    ordinal: usize,
    reason: &ReviewReason,
) -> attestation_finding::Model {
    let mut written = attestation_finding::Model {
        attestation_id: attestation.0,
        version,
        ordinal: row::ordinal(ordinal),
        reason: String::new(),
        code: None,
        field: None,
        message: None,
        statement: None,
    };
    let reason = match reason {
        ReviewReason::Warning(finding) => {
            written.code = Some(finding.code.code().to_owned());
            written.field = Some(finding.field.to_string());
            written.message = Some(finding.message.to_string());
            "FINDING"
        }
        ReviewReason::First => "FIRST",
        ReviewReason::Denied(statement) => {
            written.statement = Some(statement.code().to_owned());
            "DENIED"
        }
        ReviewReason::Sampled(_) => "SAMPLED",
        ReviewReason::CheckedLate => "CHECKED_LATE",
    };
    reason.clone_into(&mut written.reason);
    written
}
