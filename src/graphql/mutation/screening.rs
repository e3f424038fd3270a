//! Screening, and deciding about what it found.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;

use crate::app::App;
use crate::graphql::acting::{acting, order, settled};
use crate::graphql::codes::{Jurisdiction, MatchDecision};
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::{ExclusionMatch, Proposal, ScreeningRun};
use crate::graphql::payload::payload;
use crate::service;
use crate::service::screening::adjudicate::{self, Adjudication, Decided};
use crate::service::screening::{MatchId, read, run};

/// A waiver: it lifts an exclusion in one state, for what it names.
#[derive(InputObject)]
pub struct WaiverInput {
    /// The state.
    jurisdiction: Jurisdiction,
    /// The items, services or places that it is limited to.
    scope: String,
}

/// A decision about a match.
#[derive(InputObject)]
pub struct AdjudicateMatchInput {
    /// Which match.
    match_id: ID,
    /// What is decided.
    decision: MatchDecision,
    /// Why; needed for all but `START_REVIEW`.
    reason: Option<String>,
    /// What was seen: evidence of this person. Needed to clear a match of the first two tiers, to
    /// reinstate, and for a waiver that the row does not show.
    #[graphql(default)]
    evidence_ids: Vec<ID>,
    /// For `WAIVE` alone.
    waiver: Option<WaiverInput>,
    /// The match's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// An order to screen everybody now.
#[derive(InputObject)]
pub struct RunScreeningInput {
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of a decision about a match.
    AdjudicateMatchPayload {
        /// The match; as it was, where a second person has to confirm.
        exclusion_match: ExclusionMatch,
        /// What waits for a second person, for `confirmAct`; null where it is done.
        proposal: Proposal,
    }
}

payload! {
    /// What came of an order to screen.
    RunScreeningPayload {
        /// The run, ended.
        run: ScreeningRun,
    }
}

#[derive(Default)]
pub(super) struct ScreeningMutation;

#[Object]
impl ScreeningMutation {
    /// Decide about a match with a list of excluded people. Confirming or clearing one of the first two
    /// tiers, reinstating, and undoing what was confirmed take a second person, who says so with
    /// `confirmAct`.
    async fn adjudicate_match(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what is decided.")] input: AdjudicateMatchInput,
    ) -> Result<AdjudicateMatchPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::AdjudicateMatch, &input, &input.idempotency_key)?;
        let asked = Adjudication {
            id: MatchId(row_id("match", "input.matchId", &input.match_id)?),
            grounds: Decided {
                decision: input.decision.into(),
                reason: input.reason.map(Into::into),
                evidence_ids: input
                    .evidence_ids
                    .iter()
                    .map(|id| row_id("evidence", "input.evidenceIds", id))
                    .collect::<Result<_, _>>()?,
                waived_in: input
                    .waiver
                    .as_ref()
                    .map(|waiver| waiver.jurisdiction.into()),
                waiver_scope: input.waiver.map(|waiver| waiver.scope.into()),
            },
            expected_version: i64::from(input.expected_version),
        };
        let done = adjudicate::adjudicate(app, who, &order, &asked).await;
        match settled(ctx, done)? {
            Ok(done) => Ok(AdjudicateMatchPayload {
                exclusion_match: shown(app, done.match_id).await?,
                proposal: match done.proposal {
                    Some(id) => service::proposal::find(app, id).await?.map(Proposal),
                    None => None,
                },
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(AdjudicateMatchPayload::refused(errors)),
        }
    }

    /// Hold everybody against the list in force now. Answers when that is done; it goes on where nobody
    /// waits for the answer.
    async fn run_screening(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: RunScreeningInput,
    ) -> Result<RunScreeningPayload, Fault> {
        let (_, who) = acting(ctx)?;
        let app = ctx.data_opt::<Arc<App>>();
        let app = app.ok_or_else(|| Fault::internal("a change was asked of what only reads"))?;
        let order = order(Act::RunScreening, &input, &input.idempotency_key)?;
        match settled(ctx, run::request(app, who, &order).await)? {
            Ok(id) => Ok(RunScreeningPayload {
                run: read::find_run(app, id).await?.map(ScreeningRun),
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(RunScreeningPayload::refused(errors)),
        }
    }
}

async fn shown(app: &App, id: MatchId) -> Result<Option<ExclusionMatch>, Fault> {
    let Some(found) = read::find_match(app, id).await? else {
        return Ok(None);
    };
    let listed = read::still_listed(app, std::slice::from_ref(&found)).await?;
    Ok(Some(ExclusionMatch {
        is_listed: !listed.is_empty(),
        found,
    }))
}
