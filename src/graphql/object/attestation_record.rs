//! Attestations as those read them who wrote or check them. Another type than the public one.

use std::sync::Arc;

use async_graphql::{Description, ID, Object, SimpleObject};
use domain::needle::attestation::{Attestation, ReviewReason};
use domain::needle::statement::Statement;

use super::claimed_needle::ClaimedProduct;
use super::{PracticeLocation, Provider};
use crate::graphql::codes::{
    AttestationAssurance, AttestationState, FindingCode, FindingSeverity, Jurisdiction, ReasonCode,
    SterilityStatement,
};
use crate::graphql::node::NodeId;
use crate::graphql::scalar::{Date, DateTime};
use crate::service::attestation::read::Record;
use crate::service::case::read::case_id;

/// An attestation about needles with everything on file. Not public.
#[derive(Description)]
pub struct AttestationRecord(pub Record);

/// One of the eight statements, with what was said of it.
#[derive(SimpleObject)]
pub(super) struct StatementAnswer {
    /// Which.
    statement: SterilityStatement,
    /// What is signed, in words.
    text: &'static str,
    /// What was said of it; null until it is signed.
    answer: Option<bool>,
}

/// Something that a check found.
#[derive(SimpleObject)]
pub(super) struct AttestationFinding {
    /// What.
    code: FindingCode,
    /// How much it weighs.
    severity: FindingSeverity,
    /// Which field, by its path in the draft's input.
    field: String,
    /// In words for whoever typed it.
    message: String,
}

/// A signature: who, when, what it means, over what (21 CFR 11.50).
#[derive(SimpleObject)]
pub(super) struct AttestationSignature {
    /// The account that signed; null of what was brought in without one.
    signer_id: Option<ID>,
    /// The name as it was written.
    printed_name: String,
    /// Whose licence it names.
    license_jurisdiction: Jurisdiction,
    /// That licence's number.
    license_number: String,
    /// What the signature means: RESPONSIBILITY.
    meaning: &'static str,
    /// When.
    signed_at: DateTime,
    /// SHA-256 of the text that was signed, in hexadecimal.
    payload_sha256: String,
    /// How the signature is kept: `HMAC_SHA256`, a seal of the server over that text, which shows that
    /// nothing was changed since; or `NOT_KEPT`.
    algorithm: &'static str,
    /// The text that was signed, as canonical JSON.
    payload: Option<String>,
}

/// What chance said of an attestation: it was looked at where the share drawn lies below the percentage.
#[derive(SimpleObject)]
pub(super) struct AttestationSample {
    /// From what it was drawn, with the installation's key.
    seed: String,
    /// The number drawn, from 0 to 4294967295.
    drawn: i64,
    /// How many in a hundred were to be looked at.
    percent: u32,
    /// Was it chosen?
    taken: bool,
}

#[Object(use_type_description)]
impl AttestationRecord {
    /// Its id.
    async fn id(&self) -> ID {
        NodeId::Attestation(self.0.filed.attestation.claim().id).into()
    }

    /// How often it was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.0.filed.row_version)
    }

    /// Counts up when it is mended after a finding.
    async fn content_version(&self) -> i32 {
        super::version(self.0.filed.attestation.claim().version)
    }

    /// Whose.
    async fn provider(&self) -> Provider {
        Provider(Arc::clone(&self.0.provider))
    }

    /// Where it stands today.
    async fn state(&self) -> AttestationState {
        self.0.state().into()
    }

    /// The places for which it is to hold.
    async fn locations(&self) -> Vec<PracticeLocation> {
        let named = &self.0.content().locations;
        let of = &self.0.provider;
        (0..of.locations.len())
            .filter(|at| named.contains(&of.locations[*at].id))
            .map(|at| PracticeLocation {
                of: Arc::clone(of),
                at,
            })
            .collect()
    }

    /// The needles as claimed.
    async fn products(&self) -> Vec<ClaimedProduct<'_>> {
        let lines = 0..self.0.content().lines.len();
        lines
            .map(|line| ClaimedProduct {
                record: &self.0,
                line,
            })
            .collect()
    }

    /// The statements in the wording of now, with what was said of them.
    async fn statements(&self) -> Vec<StatementAnswer> {
        let answers = self.0.content().answers;
        Statement::ALL
            .iter()
            .map(|statement| StatementAnswer {
                statement: (*statement).into(),
                text: statement.text(),
                answer: answers.get(*statement),
            })
            .collect()
    }

    /// SHA-256 of what is shown for signature, in hexadecimal: whoever signs gives it back, so that nobody
    /// signs what they were not shown.
    async fn payload_sha256(&self) -> String {
        self.0.payload_sha256()
    }

    /// What the checks found when it was signed; of a draft, what they would find today.
    async fn findings(&self) -> Vec<AttestationFinding> {
        let found = self.0.findings().into_iter();
        found
            .map(|finding| AttestationFinding {
                code: finding.code.into(),
                severity: finding.severity.into(),
                field: finding.field.into(),
                message: finding.message.into(),
            })
            .collect()
    }

    /// Why a person looks at it, in words; empty where nobody has to.
    async fn review_reasons(&self) -> Vec<String> {
        let Attestation::UnderReview(state) = &self.0.filed.attestation else {
            return Vec::new();
        };
        let reasons = state.reasons.iter().map(|reason| match reason {
            ReviewReason::First => "it is the person's first".to_owned(),
            ReviewReason::Warning(finding) => format!("{}: {}", finding.code, finding.message),
            ReviewReason::Denied(statement) => format!("{statement} is denied"),
            ReviewReason::Sampled(_) => "chance chose it".to_owned(),
            ReviewReason::CheckedLate => "its checks ran after it was signed".to_owned(),
        });
        reasons.collect()
    }

    /// The signature; null of a draft.
    async fn signature(&self) -> Option<AttestationSignature> {
        let signature = self.0.filed.attestation.signature()?;
        let seal = self.0.filed.seal.as_ref()?;
        let (jurisdiction, number) = &signature.license;
        let signer = signature.signer.0;
        Some(AttestationSignature {
            signer_id: (signer > 0).then(|| ID(format!("account_{signer}"))),
            printed_name: signature.printed_name.to_string(),
            license_jurisdiction: (*jurisdiction).into(),
            license_number: number.to_string(),
            meaning: signature.meaning.code(),
            signed_at: signature.signed_at.into(),
            payload_sha256: data_encoding::HEXLOWER.encode(&signature.payload_sha256),
            algorithm: seal.algorithm.code(),
            payload: seal.payload.as_deref().map(Into::into),
        })
    }

    /// What chance said when it was signed; null of a draft and of what was brought in.
    async fn sample(&self) -> Option<AttestationSample> {
        let (seed, sample) = self.0.filed.seal.as_ref()?.sample.as_ref()?;
        Some(AttestationSample {
            seed: seed.to_string(),
            drawn: i64::from(sample.drawn),
            percent: sample.percent,
            taken: sample.is_taken(),
        })
    }

    /// How sure we are, since it was accepted.
    async fn assurance(&self) -> Option<AttestationAssurance> {
        Some(self.0.filed.attestation.accepted()?.assurance.into())
    }

    /// Since when it is in force, or was.
    async fn accepted_at(&self) -> Option<DateTime> {
        Some(self.0.filed.attestation.accepted()?.accepted_at.into())
    }

    /// The last day on which it holds, told where it holds.
    async fn valid_until(&self) -> Option<Date> {
        Some(self.0.filed.attestation.accepted()?.valid_until.into())
    }

    /// Why it was refused or taken out of force.
    async fn reason_code(&self) -> Option<ReasonCode> {
        self.0.filed.reason.map(Into::into)
    }

    /// The same in words.
    async fn reason_text(&self) -> Option<&str> {
        self.0.filed.reason_text.as_deref()
    }

    /// When the notice of the last decision was sent; null where it was not yet, and of what nobody decided.
    async fn notice_sent_at(&self) -> Option<DateTime> {
        self.0.filed.notified_at.map(Into::into)
    }

    /// The last day on which `fileAppeal` takes an appeal against the last decision, told where it holds; null
    /// where there is none to appeal, or its notice was not sent yet.
    async fn appeal_until(&self) -> Option<Date> {
        self.0.appeal_ends_on.map(Into::into)
    }

    /// Was an appeal filed against the last decision?
    async fn appealed(&self) -> bool {
        self.0.filed.appealed
    }

    /// The id of the case for cause that refused it: its decision is appealed, not this. Null where a reviewer
    /// decided.
    async fn decided_by_case_id(&self) -> Option<ID> {
        self.0.filed.decided_by.map(|id| ID(case_id(id)))
    }

    /// The id of the appeal that overturned the last decision against it. It is in force again only where it
    /// still could be.
    async fn overturned_by_case_id(&self) -> Option<ID> {
        self.0.filed.overturned_by.map(|id| ID(case_id(id)))
    }

    /// The ids of the cases about it, oldest first: of denied statements, and appeals.
    async fn case_ids(&self) -> Vec<ID> {
        let cases = self.0.cases.iter();
        cases.map(|id| ID(case_id(*id))).collect()
    }

    /// SHA-256 of each file that its reviewer saw, in hexadecimal.
    async fn evidence_sha256(&self) -> Vec<String> {
        let seen = self.0.filed.evidence.iter();
        seen.map(|digest| data_encoding::HEXLOWER.encode(digest))
            .collect()
    }

    /// The one whose place it took.
    async fn supersedes_id(&self) -> Option<ID> {
        self.0
            .filed
            .supersedes
            .map(|id| NodeId::Attestation(id).into())
    }

    /// When it was written down; null of what was brought in.
    async fn drafted_at(&self) -> Option<DateTime> {
        self.0.filed.drafted_at.map(Into::into)
    }
}
