//! What is asked of the directory about an entry: that it is somebody's, that it goes, that it is wrong.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use domain::access::Act;

use crate::graphql::acting::{acting, order, settled};
use crate::graphql::codes::{ClaimMethod, MistakeKind};
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::{Claim, MistakeReport, Removal, ReportStatus};
use crate::graphql::payload::payload;
use crate::graphql::scalar::Npi;
use crate::service;
use crate::service::entry::claim::{ClaimId, Word};
use crate::service::entry::removal::RemovalId;
use crate::service::entry::report::{Mistake, ReportId};

/// That an entry is the requester's.
#[derive(InputObject)]
pub struct ClaimProviderInput {
    /// Which entry.
    npi: Npi,
    /// How the claimant shows who they are. Never by e-mail alone.
    method: ClaimMethod,
    /// What the claimant says of it.
    statement: Option<String>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// The code of which claim.
#[derive(InputObject)]
pub struct IssueClaimCodeInput {
    /// Which claim.
    claim_id: ID,
    /// The claim's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known. The code is answered once: asking again gives none.
    idempotency_key: String,
}

/// A word on a claim: exactly one.
#[derive(OneofObject)]
pub enum ClaimWord {
    /// The claimant: the code that was read out or came by post.
    Code(String),
    /// An admin: which evidence they have seen. The entry is the claimant's then.
    EvidenceSeen(String),
    /// An admin or verifier: why the entry is not the claimant's.
    Decline(String),
    /// The claimant: true to give up.
    Withdraw(bool),
}

/// A word on a claim.
#[derive(InputObject)]
pub struct ConfirmClaimInput {
    /// Which claim.
    claim_id: ID,
    /// What is said of it.
    word: ClaimWord,
    /// The claim's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// That an entry goes.
#[derive(InputObject)]
pub struct RequestRemovalInput {
    /// Which entry.
    npi: Npi,
    /// Shall the data go too, or only from view?
    #[graphql(default)]
    wants_erasure: bool,
    /// Why, in words.
    reason: Option<String>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What becomes of a request that an entry goes.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovalDecision {
    /// Hidden, and the data kept.
    Hide,
    /// Nothing but the number is kept.
    Erase,
    /// The entry stays, or comes back into view.
    Refuse,
}

/// A decision about a request that an entry goes.
#[derive(InputObject)]
pub struct DecideRemovalInput {
    /// Which request.
    removal_id: ID,
    /// What becomes of it.
    decision: RemovalDecision,
    /// Why; needed to refuse.
    note: Option<String>,
    /// The request's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// That an entry is wrong.
#[derive(InputObject)]
pub struct ReportMistakeInput {
    /// Which entry.
    npi: Npi,
    /// What is wrong.
    kind: MistakeKind,
    /// In words, at most 500 characters. Write nothing about your own health.
    message: Option<String>,
    /// An address for mail at which you are told that the report came and that it was answered. It is
    /// forgotten then. Nobody is asked for one.
    reply_to: Option<String>,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// What was found about a report.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportResolution {
    /// The entry was wrong and is not any more.
    Corrected,
    /// The entry is right.
    NoMistake,
    /// It is looked into elsewhere: by compliance, by a board.
    Referred,
}

/// An answer to a report.
#[derive(InputObject)]
pub struct ResolveReportInput {
    /// Which report.
    report_id: ID,
    /// What was found.
    resolution: ReportResolution,
    /// What whoever reported it reads.
    answer: String,
    /// The report's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of claiming an entry.
    ClaimProviderPayload {
        /// The claim.
        claim: Claim,
    }
}
payload! {
    /// What came of issuing a code.
    IssueClaimCodePayload {
        /// The claim.
        claim: Claim,
        /// The code, this once: read it out to the practice's telephone, or post it to its address, as the
        /// federal registry holds them.
        code: String,
    }
}
payload! {
    /// What came of a word on a claim.
    ConfirmClaimPayload {
        /// The claim.
        claim: Claim,
    }
}
payload! {
    /// What came of asking that an entry goes.
    RequestRemovalPayload {
        /// The request.
        removal: Removal,
    }
}
payload! {
    /// What came of deciding that.
    DecideRemovalPayload {
        /// The request.
        removal: Removal,
    }
}
payload! {
    /// What came of a report.
    ReportMistakePayload {
        /// Where it stands, with the reference by which that can be asked again.
        report: ReportStatus,
    }
}
payload! {
    /// What came of answering a report.
    ResolveReportPayload {
        /// The report.
        report: MistakeReport,
    }
}

#[derive(Default)]
pub(super) struct ClaimMutation;

#[Object]
impl ClaimMutation {
    /// Say that an entry is one's own. Of one that another account holds, that is a dispute, which an admin
    /// decides.
    async fn claim_provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and how that is shown.")] input: ClaimProviderInput,
    ) -> Result<ClaimProviderPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ClaimProvider, &input, &input.idempotency_key)?;
        let (npi, method) = (input.npi.0, input.method.into());
        let done =
            service::entry::claim::request(app, who, &order, npi, method, input.statement).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => ClaimProviderPayload {
                claim: service::entry::claim::find(app, id).await?.map(Claim),
                user_errors: Vec::new(),
            },
            Err(errors) => ClaimProviderPayload::refused(errors),
        })
    }

    /// Issue the code of a claim, to be read out or posted. An earlier one is worth nothing from then on.
    async fn issue_claim_code(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which claim.")] input: IssueClaimCodeInput,
    ) -> Result<IssueClaimCodePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::IssueClaimCode, &input, &input.idempotency_key)?;
        let id = ClaimId(row_id("claim", "input.claimId", &input.claim_id)?);
        let at = (id, i64::from(input.expected_version));
        let done = service::entry::claim::issue_code(app, who, &order, at).await;
        Ok(match settled(ctx, done)? {
            Ok((id, code)) => IssueClaimCodePayload {
                claim: service::entry::claim::find(app, id).await?.map(Claim),
                code,
                user_errors: Vec::new(),
            },
            Err(errors) => IssueClaimCodePayload::refused(errors),
        })
    }

    /// Decide a claim: by its code, by evidence that an admin has seen, or not at all.
    async fn confirm_claim(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what is said of it.")] input: ConfirmClaimInput,
    ) -> Result<ConfirmClaimPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ConfirmClaim, &input, &input.idempotency_key)?;
        let id = ClaimId(row_id("claim", "input.claimId", &input.claim_id)?);
        let at = (id, i64::from(input.expected_version));
        let word = match input.word {
            ClaimWord::Code(code) => Word::Code(code),
            ClaimWord::EvidenceSeen(text) => Word::Seen(text),
            ClaimWord::Decline(text) => Word::No(text),
            ClaimWord::Withdraw(true) => Word::GivesUp,
            ClaimWord::Withdraw(false) => {
                return Err(Fault::bad_input(
                    "input.word.withdraw",
                    "is true, or not there",
                ));
            }
        };
        let done = service::entry::claim::decide(app, who, &order, at, word).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => ConfirmClaimPayload {
                claim: service::entry::claim::find(app, id).await?.map(Claim),
                user_errors: Vec::new(),
            },
            Err(errors) => ConfirmClaimPayload::refused(errors),
        })
    }

    /// Ask that an entry goes: from view, or with all data. What its holder asks is out of view at once.
    async fn request_removal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and how far.")] input: RequestRemovalInput,
    ) -> Result<RequestRemovalPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::RequestRemoval, &input, &input.idempotency_key)?;
        let (npi, erasure) = (input.npi.0, input.wants_erasure);
        let done =
            service::entry::removal::request(app, who, &order, npi, erasure, input.reason).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => RequestRemovalPayload {
                removal: service::entry::removal::find(app, id).await?.map(Removal),
                user_errors: Vec::new(),
            },
            Err(errors) => RequestRemovalPayload::refused(errors),
        })
    }

    /// Decide a request that an entry goes. What is erased is gone: no import brings it back.
    async fn decide_removal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what becomes of it.")] input: DecideRemovalInput,
    ) -> Result<DecideRemovalPayload, Fault> {
        use domain::report::RemovalState;

        let (app, who) = acting(ctx)?;
        let order = order(Act::DecideRemoval, &input, &input.idempotency_key)?;
        let id = RemovalId(row_id("removal", "input.removalId", &input.removal_id)?);
        let at = (id, i64::from(input.expected_version));
        let decision = match input.decision {
            RemovalDecision::Hide => RemovalState::Hidden,
            RemovalDecision::Erase => RemovalState::Erased,
            RemovalDecision::Refuse => RemovalState::Refused,
        };
        let done =
            service::entry::removal::decide(app, who, &order, at, decision, input.note).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => DecideRemovalPayload {
                removal: service::entry::removal::find(app, id).await?.map(Removal),
                user_errors: Vec::new(),
            },
            Err(errors) => DecideRemovalPayload::refused(errors),
        })
    }

    /// Say that an entry is wrong. Anybody may; nobody is asked who they are. The answer holds a reference by
    /// which the state can be asked: keep it.
    async fn report_mistake(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what is wrong.")] input: ReportMistakeInput,
    ) -> Result<ReportMistakePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ReportMistake, &input, &input.idempotency_key)?;
        let new = Mistake {
            kind: input.kind.into(),
            message: input.message,
            reply_to: input.reply_to,
        };
        let done = service::entry::report::file(app, who, &order, input.npi.0, new).await;
        Ok(match settled(ctx, done)? {
            Ok(reference) => ReportMistakePayload {
                report: service::entry::report::by_reference(app, &reference)
                    .await?
                    .map(ReportStatus),
                user_errors: Vec::new(),
            },
            Err(errors) => ReportMistakePayload::refused(errors),
        })
    }

    /// Answer a report, within two business days by default.
    async fn resolve_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what was found.")] input: ResolveReportInput,
    ) -> Result<ResolveReportPayload, Fault> {
        use domain::report::ReportState;

        let (app, who) = acting(ctx)?;
        let order = order(Act::ResolveReport, &input, &input.idempotency_key)?;
        let id = ReportId(row_id("report", "input.reportId", &input.report_id)?);
        let at = (id, i64::from(input.expected_version));
        let state = match input.resolution {
            ReportResolution::Corrected => ReportState::Corrected,
            ReportResolution::NoMistake => ReportState::NoMistake,
            ReportResolution::Referred => ReportState::Referred,
        };
        let answer = Some(input.answer);
        let done = service::entry::report::resolve(app, who, &order, at, state, answer).await;
        Ok(match settled(ctx, done)? {
            Ok(id) => ResolveReportPayload {
                report: service::entry::report::find(app, id)
                    .await?
                    .map(MistakeReport),
                user_errors: Vec::new(),
            },
            Err(errors) => ResolveReportPayload::refused(errors),
        })
    }
}
