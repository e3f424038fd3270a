//! Issuers: what they are, and whether they are trusted.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;

use crate::graphql::acting::{acting, order, settled};
use crate::graphql::codes::{IssuerKind, ReasonCode};
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::{AdminIssuer, Proposal};
use crate::graphql::payload::payload;
use crate::graphql::scalar::Date;
use crate::service;
use crate::service::issuer::{Alias, IssuerFacts, IssuerId, LiftRequest, TaintRequest, TrustId};

/// A name that an issuer bore or bears beside its own.
#[derive(InputObject)]
pub struct IssuerAliasInput {
    /// The name.
    name: String,
    /// The first day on which it bore it; null where nobody knows, or always.
    from: Option<Date>,
    /// The first day on which it no longer did; null where it does.
    to: Option<Date>,
}

/// What an issuer is.
#[derive(InputObject)]
pub struct UpsertIssuerInput {
    /// Which issuer; null for one that is not on file.
    id: Option<ID>,
    /// Its legal name today, which no other bears.
    name: String,
    /// What it is.
    kind: IssuerKind,
    /// Its domain on the internet, from which mail of its own comes.
    domain: Option<String>,
    /// How it is asked whether a certificate is its own.
    contact: Option<String>,
    /// Where all this was found.
    source: Option<String>,
    /// Its other names, all of them: those on file are replaced.
    #[graphql(default)]
    aliases: Vec<IssuerAliasInput>,
    /// The issuer's version as it was read; needed with `id`.
    expected_version: Option<i32>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A range of days of issue in which an issuer is not to be trusted.
#[derive(InputObject)]
pub struct TaintIssuerInput {
    /// Which issuer.
    issuer_id: ID,
    /// The first day of issue; null for all up to the last.
    from: Option<Date>,
    /// The last day of issue; null for all from the first.
    through: Option<Date>,
    /// Why, as a code.
    reason_code: ReasonCode,
    /// Why, in words.
    reason_text: String,
    /// The issuer's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A taint that is to be taken back.
#[derive(InputObject)]
pub struct LiftTaintInput {
    /// Which taint.
    taint_id: ID,
    /// Why.
    reason_text: String,
    /// The issuer's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of saying what an issuer is.
    UpsertIssuerPayload {
        /// The issuer.
        issuer: AdminIssuer,
    }
}

payload! {
    /// What came of proposing a taint.
    TaintIssuerPayload {
        /// The proposal, which another person confirms by `confirmAct`.
        proposal: Proposal,
        /// The issuer, which is as it was until then.
        issuer: AdminIssuer,
    }
}

payload! {
    /// What came of proposing to take a taint back.
    LiftTaintPayload {
        /// The proposal, which another person confirms by `confirmAct`.
        proposal: Proposal,
        /// The issuer, which is as it was until then.
        issuer: AdminIssuer,
    }
}

#[derive(Default)]
pub(super) struct IssuerMutation;

#[Object]
impl IssuerMutation {
    /// Put an issuer on file, or say anew what one is.
    async fn upsert_issuer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: UpsertIssuerInput,
    ) -> Result<UpsertIssuerPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::UpsertIssuer, &input, &input.idempotency_key)?;
        let id = input
            .id
            .as_ref()
            .map(|id| row_id("issuer", "input.id", id))
            .transpose()?;
        let expected = input.expected_version.map(i64::from);
        let aliases = input.aliases.into_iter();
        let facts = IssuerFacts {
            name: input.name.trim().into(),
            kind: input.kind.into(),
            domain: input.domain.map(Into::into),
            contact: input.contact.map(Into::into),
            source: input.source.map(Into::into),
            aliases: aliases
                .map(|alias| Alias {
                    name: alias.name.trim().into(),
                    from: alias.from.map(|day| day.0),
                    to: alias.to.map(|day| day.0),
                })
                .collect(),
        };
        let existing = id.map(|id| (IssuerId(id), expected));
        let done = service::issuer::upsert(app, who, &order, existing, facts).await;
        match settled(ctx, done)? {
            Ok(id) => Ok(UpsertIssuerPayload {
                issuer: service::issuer::find(app, IssuerId(id))
                    .await?
                    .map(AdminIssuer),
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(UpsertIssuerPayload::refused(errors)),
        }
    }

    /// Propose that what an issuer gave in a range of days be relied on no longer. Once another person
    /// confirms it, every verified credential of that range is suspended, and only those.
    async fn taint_issuer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, which days, and why.")] input: TaintIssuerInput,
    ) -> Result<TaintIssuerPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::TaintIssuer, &input, &input.idempotency_key)?;
        let id = row_id("issuer", "input.issuerId", &input.issuer_id)?;
        let request = TaintRequest {
            issuer: id,
            from: input.from.map(|day| day.0),
            through: input.through.map(|day| day.0),
            reason_code: input.reason_code.into(),
            reason_text: input.reason_text.into(),
        };
        let expected = i64::from(input.expected_version);
        let done = service::issuer::taint(app, who, &order, expected, request).await;
        match settled(ctx, done)? {
            Ok(proposal) => Ok(TaintIssuerPayload {
                proposal: service::proposal::find(app, proposal).await?.map(Proposal),
                issuer: service::issuer::find(app, IssuerId(id))
                    .await?
                    .map(AdminIssuer),
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(TaintIssuerPayload::refused(errors)),
        }
    }

    /// Propose that a taint be taken back. Once another person confirms it nothing more is suspended;
    /// what was, stays so until each is decided by a reinstatement.
    async fn lift_taint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: LiftTaintInput,
    ) -> Result<LiftTaintPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::LiftTaint, &input, &input.idempotency_key)?;
        let taint = row_id("taint", "input.taintId", &input.taint_id)?;
        let request = LiftRequest {
            taint,
            reason_text: input.reason_text.into(),
        };
        let expected = i64::from(input.expected_version);
        let done = service::issuer::lift(app, who, &order, expected, request).await;
        match settled(ctx, done)? {
            Ok(proposal) => Ok(LiftTaintPayload {
                proposal: service::proposal::find(app, proposal).await?.map(Proposal),
                issuer: service::issuer::of_taint(app, TrustId(taint))
                    .await?
                    .map(AdminIssuer),
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(LiftTaintPayload::refused(errors)),
        }
    }
}
