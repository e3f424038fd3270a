//! What the person whose credential it is does, or a delegate for them.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;
use domain::case::CaseId;

use super::{
    CasePayload, CredentialPayload, SignatureInput, case_order, credential_number,
    credential_order, evidence_numbers, show_case, show_credential, words,
};
use crate::graphql::acting::{acting, order, unreadable};
use crate::graphql::codes::{CasePurpose, CredentialKind};
use crate::graphql::error::Fault;
use crate::graphql::input::{CredentialContentInput, attestation_order};
use crate::graphql::node::row_id;
use crate::graphql::scalar::Npi;
use crate::service;
use crate::service::attestation::appeal::file as appeal_attestation;
use crate::service::case::{NewDraft, Opening, Supplying};

/// A credential that is written down.
#[derive(InputObject)]
pub struct DraftCredentialInput {
    /// Whose.
    npi: Npi,
    /// What it is.
    kind: CredentialKind,
    /// What it says.
    content: CredentialContentInput,
    /// The id of the credential that it takes the place of once it is verified.
    supersedes_id: Option<ID>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What a credential says instead, before anybody has it in hand.
#[derive(InputObject)]
pub struct UpdateCredentialDraftInput {
    /// Which.
    credential_id: ID,
    /// Its kind, which stays.
    kind: CredentialKind,
    /// What it says.
    content: CredentialContentInput,
    /// The credential's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A case that is opened.
#[derive(InputObject)]
pub struct OpenCaseInput {
    /// About which credential.
    credential_id: ID,
    /// What for. An appeal is filed by `fileAppeal`.
    purpose: CasePurpose,
    /// The id of an ended case that this one takes up again.
    reopens_case_id: Option<ID>,
    /// The credential's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A case that is put before a verifier.
#[derive(InputObject)]
pub struct SubmitCaseInput {
    /// Which.
    case_id: ID,
    /// The ids of the files that prove it, uploaded before.
    evidence_ids: Vec<ID>,
    /// The signature of whoever claims it; its meaning is AUTHORSHIP.
    signature: SignatureInput,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What a verifier asked for, brought.
#[derive(InputObject)]
pub struct SupplyInfoInput {
    /// To which case.
    case_id: ID,
    /// What the credential says now; absent where it says the same.
    content: Option<CredentialContentInput>,
    /// The credential's kind; needed with `content`, and it stays.
    kind: Option<CredentialKind>,
    /// The ids of new files, uploaded before.
    evidence_ids: Option<Vec<ID>>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A case that is taken back.
#[derive(InputObject)]
pub struct WithdrawCaseInput {
    /// Which.
    case_id: ID,
    /// Why, in words.
    reason_text: Option<String>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// An appeal.
#[derive(InputObject)]
pub struct FileAppealInput {
    /// Against which case's decision. This or `attestationId`.
    case_id: Option<ID>,
    /// Against what was decided about which attestation: that it was refused, or taken out of force. This or
    /// `caseId`.
    attestation_id: Option<ID>,
    /// The ids of new files, uploaded before.
    evidence_ids: Option<Vec<ID>>,
    /// Why, in words.
    reason_text: Option<String>,
    /// The signature of whoever appeals; its meaning is AUTHORSHIP. It names what was decided about: the
    /// case's `contentSha256`, or `signature.payloadSha256` of the attestation.
    signature: SignatureInput,
    /// The version of the decided case, or of the attestation, as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

#[derive(Default)]
pub(in crate::graphql::mutation) struct AuthorMutation;

#[Object]
impl AuthorMutation {
    /// Write a credential down. Nobody but its author and reviewers see it before it is submitted.
    async fn draft_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is written down.")] input: DraftCredentialInput,
    ) -> Result<CredentialPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::DraftCredential, &input, &input.idempotency_key)?;
        let (content, issuer) = input.content.read(input.kind.into(), "input.content")?;
        let supersedes = input
            .supersedes_id
            .as_ref()
            .map(|id| credential_number("input.supersedesId", id))
            .transpose()?;
        let new = NewDraft {
            npi: input.npi.0,
            content,
            issuer,
            supersedes,
        };
        let done = service::case::draft(app, who, &order, new).await;
        show_credential!(ctx, app, done)
    }

    /// Change what a credential says while nobody has it in hand.
    async fn update_credential_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it says instead.")] input: UpdateCredentialDraftInput,
    ) -> Result<CredentialPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::UpdateCredentialDraft, &input, &input.idempotency_key)?;
        let (content, issuer) = input.content.read(input.kind.into(), "input.content")?;
        let credential = credential_order(&input.credential_id, input.expected_version)?;
        let which = (credential.id, credential.expected_version);
        let done = service::case::update_draft(app, who, &order, which, content, issuer).await;
        show_credential!(ctx, app, done)
    }

    /// Open a case, to be written and then submitted. One that nobody answered in time is closed by it.
    async fn open_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "About what, and what for.")] input: OpenCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::OpenCase, &input, &input.idempotency_key)?;
        let credential = credential_order(&input.credential_id, input.expected_version)?;
        let reopens = input
            .reopens_case_id
            .as_ref()
            .map(|id| row_id("case", "input.reopensCaseId", id))
            .transpose()?;
        let opening = Opening {
            credential: credential.id,
            expected_version: credential.expected_version,
            purpose: input.purpose.into(),
            reopens: reopens.map(CaseId),
        };
        let done = service::case::open(app, who, &order, opening).await;
        show_case!(ctx, app, done)
    }

    /// Put a case before a verifier, with files that prove the claim and a signature. What was signed
    /// for is never changed again.
    async fn submit_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, with what.")] input: SubmitCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::SubmitCase, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let evidence = evidence_numbers(&input.evidence_ids)?;
        let signed = input.signature.read()?;
        let done = service::case::submit(app, who, &order, case, &evidence, signed).await;
        show_case!(ctx, app, done)
    }

    /// Bring what a verifier asked for, as a new version of the content. Checks of what was changed
    /// have to be made again.
    async fn supply_info(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is brought.")] input: SupplyInfoInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::SupplyInfo, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let content = match (&input.content, input.kind) {
            (None, _) => None,
            (Some(content), Some(kind)) => Some(content.read(kind.into(), "input.content")?),
            (Some(_), None) => {
                return Err(Fault::bad_input(
                    "input.kind",
                    "say of which kind the content is",
                ));
            }
        };
        let evidence = evidence_numbers(input.evidence_ids.as_deref().unwrap_or_default())?;
        let supplying = Supplying { content, evidence };
        let done = service::case::supply(app, who, &order, case, supplying).await;
        show_case!(ctx, app, done)
    }

    /// Take a case back: a first verification or a correction, and never one that is for cause.
    async fn withdraw_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: WithdrawCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::WithdrawCase, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let text = words("reasonText", input.reason_text.as_deref())?;
        let done = service::case::withdraw(app, who, &order, case, text).await;
        show_case!(ctx, app, done)
    }

    /// Appeal against a decision of a case or about an attestation, once, within the days that follow its notice. Nobody who acted on
    /// the decided case hears the appeal; the payload shows the new case.
    async fn file_appeal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Against what, and why.")] input: FileAppealInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::FileAppeal, &input, &input.idempotency_key)?;
        let evidence = evidence_numbers(input.evidence_ids.as_deref().unwrap_or_default())?;
        let signed = input.signature.read()?;
        let grounds = words("reasonText", input.reason_text.as_deref())?;
        let done = match (&input.case_id, &input.attestation_id) {
            (Some(id), None) => {
                let case = case_order(id, input.expected_version)?;
                service::case::file_appeal(app, who, &order, case, &evidence, signed, grounds).await
            }
            (None, Some(id)) => {
                let which = attestation_order(id, input.expected_version)?;
                appeal_attestation(app, who, &order, which, &evidence, signed, grounds).await
            }
            (Some(_), Some(_)) | (None, None) => {
                let fault = Fault::bad_input(
                    "input.caseId",
                    "name the case or the attestation about which was decided, one of them",
                );
                return Err(unreadable(who, Act::FileAppeal, fault));
            }
        };
        show_case!(ctx, app, done)
    }
}
