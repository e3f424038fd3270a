//! What a verifier does, and on appeal the first of two officers.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;
use domain::case::action::{Asked, Recommending};
use domain::check::{CheckId, FieldPath};

use super::{CasePayload, case_order, show_case, words};
use crate::graphql::acting::{acting, order};
use crate::graphql::codes::{
    CheckMethod, CheckOutcome, CheckSourceKind, MismatchField, ReasonCode, Recommendation,
};
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::scalar::{Date, DateTime};
use crate::service;
use crate::service::case::{NewCheck, hex};

/// A case that is taken.
#[derive(InputObject)]
pub struct ClaimCaseInput {
    /// Which.
    case_id: ID,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A case that is given back.
#[derive(InputObject)]
pub struct ReleaseCaseInput {
    /// Which.
    case_id: ID,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What the provider is asked for.
#[derive(InputObject)]
pub struct RequestInfoInput {
    /// In which case.
    case_id: ID,
    /// What, one by one.
    items: Vec<String>,
    /// Why, as a code.
    reason_code: Option<ReasonCode>,
    /// Why, in words.
    reason_text: Option<String>,
    /// The last day to bring it; the policy's when absent.
    due_on: Option<Date>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What a source said.
#[derive(InputObject)]
pub struct RecordCheckInput {
    /// In which case.
    case_id: ID,
    /// Which field it is about: `hours`, `issuer`, `holderName`, …; the whole when absent.
    field_path: Option<String>,
    /// How near the source stands to the fact.
    source_kind: CheckSourceKind,
    /// How it was asked.
    method: CheckMethod,
    /// The source.
    source_name: String,
    /// Where it was read.
    source_url: Option<String>,
    /// The day whose truth it tells.
    source_as_of: Date,
    /// When it was asked; now when absent.
    performed_at: Option<DateTime>,
    /// The agreement under which a delegate checked; needed of a delegate.
    delegation_agreement_id: Option<String>,
    /// Proof of the contract between an agent and its primary source; needed of an agent.
    agent_contract_ref: Option<String>,
    /// What was found. A source that did not answer is `SOURCE_UNAVAILABLE`, never `NOT_FOUND`.
    outcome: CheckOutcome,
    /// Where the source differs; needed with MISMATCH.
    mismatches: Option<Vec<MismatchField>>,
    /// The issuer's name as the source prints it, where it is not the one that was claimed. A name that
    /// the claimed issuer did not bear on the paper's day is no MATCH of `issuer`.
    issuer_named: Option<String>,
    /// The SHA-256 of what the source showed, in hexadecimal.
    raw_sha256: Option<String>,
    /// In words.
    note: Option<String>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What an answer that was not plain is taken for.
#[derive(InputObject)]
pub struct ResolveCheckInput {
    /// Which check.
    check_id: ID,
    /// What it is taken for.
    outcome: CheckOutcome,
    /// Why, in words.
    note: Option<String>,
    /// The version of the check's case as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A recommendation.
#[derive(InputObject)]
pub struct RecommendCaseInput {
    /// In which case.
    case_id: ID,
    /// Which.
    recommendation: Recommendation,
    /// Why, as a code; needed with REJECT.
    reason_code: Option<ReasonCode>,
    /// Why, in words.
    reason_text: Option<String>,
    /// The verifier's own name, as they write it; the account's when absent.
    printed_name: Option<String>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

#[derive(Default)]
pub(in crate::graphql::mutation) struct ReviewMutation;

#[Object]
impl ReviewMutation {
    /// Take a case for review. It is held for the hours of the policy, and then goes back by itself.
    async fn claim_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ClaimCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ClaimCase, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let done = service::case::claim(app, who, &order, case).await;
        show_case!(ctx, app, done)
    }

    /// Give a case back to the queue. Its checks stay.
    async fn release_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ReleaseCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ReleaseCase, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let done = service::case::release(app, who, &order, case).await;
        show_case!(ctx, app, done)
    }

    /// Ask the provider for more, by a day.
    async fn request_info(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For what.")] input: RequestInfoInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::RequestInfo, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        if input.items.len() > 50 {
            return Err(Fault::bad_input("input.items", "at most 50 things at once"));
        }
        let mut items = Vec::with_capacity(input.items.len());
        for item in &input.items {
            items.extend(words("items", Some(item))?);
        }
        let asked = Asked {
            reason: input.reason_code.map(Into::into),
            items,
            due_on: input.due_on.map(|day| day.0),
        };
        let text = words("reasonText", input.reason_text.as_deref())?;
        let done = service::case::request_info(app, who, &order, case, asked, text).await;
        show_case!(ctx, app, done)
    }

    /// Record what a source said of the content as it is. What was found first is never changed.
    async fn record_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it said.")] input: RecordCheckInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::RecordCheck, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let field = match input.field_path.as_deref() {
            None => FieldPath::all(),
            Some(text) => text.parse().map_err(|_| {
                Fault::bad_input(
                    "input.fieldPath",
                    "a field is names joined by dots, like hours.inPersonMinutes, or * for the whole",
                )
            })?,
        };
        let raw_sha256 = input.raw_sha256.as_deref().map(|text| {
            hex::bytes(text).ok_or_else(|| {
                Fault::bad_input(
                    "input.rawSha256",
                    "a SHA-256 is 64 digits of lower-case hexadecimal",
                )
            })
        });
        let source_name = words("sourceName", Some(&input.source_name))?;
        let new = NewCheck {
            field,
            source_kind: input.source_kind.into(),
            method: input.method.into(),
            source_name: source_name
                .ok_or_else(|| Fault::bad_input("input.sourceName", "name the source"))?,
            source_url: words("sourceUrl", input.source_url.as_deref())?,
            source_as_of: input.source_as_of.0,
            performed_at: input.performed_at.map(|at| at.0),
            delegation_agreement_id: words(
                "delegationAgreementId",
                input.delegation_agreement_id.as_deref(),
            )?,
            agent_contract_ref: words("agentContractRef", input.agent_contract_ref.as_deref())?,
            outcome: input.outcome.into(),
            mismatches: input
                .mismatches
                .iter()
                .flatten()
                .map(|field| (*field).into())
                .collect(),
            raw_sha256: raw_sha256.transpose()?,
            note: words("note", input.note.as_deref())?,
            issuer_named: words("issuerNamed", input.issuer_named.as_deref())?,
        };
        let done = service::case::record_check(app, who, &order, case, new).await;
        show_case!(ctx, app, done.map(|(case, _)| case))
    }

    /// Say, once, what an answer that was not plain is taken for.
    async fn resolve_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and for what.")] input: ResolveCheckInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ResolveCheck, &input, &input.idempotency_key)?;
        let check = CheckId(row_id("check", "input.checkId", &input.check_id)?);
        let which = (check, i64::from(input.expected_version));
        let note = words("note", input.note.as_deref())?;
        let outcome = input.outcome.into();
        let done = service::case::resolve_check(app, who, &order, which, outcome, note).await;
        show_case!(ctx, app, done.map(|(case, _)| case))
    }

    /// Recommend a decision, once every required check has an answer.
    async fn recommend_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: RecommendCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::RecommendCase, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let recommending = Recommending {
            recommendation: input.recommendation.into(),
            reason: input.reason_code.map(Into::into),
            note: words("reasonText", input.reason_text.as_deref())?,
        };
        let name = words("printedName", input.printed_name.as_deref())?;
        let done = service::case::recommend(app, who, &order, case, recommending, name).await;
        show_case!(ctx, app, done)
    }
}
