//! The steps of an attestation about needles.

use async_graphql::{Context, Object};
use domain::access::Act;
use domain::attestation::AttestationId;

use crate::app::App;
use crate::graphql::acting::{acting, order, settled};
use crate::graphql::error::Fault;
use crate::graphql::input::{
    DraftAttestationInput, InvalidateAttestationInput, ReviewAttestationInput,
    ReviseAttestationInput, SignAttestationInput, WithdrawAttestationInput,
};
use crate::graphql::object::AttestationRecord;
use crate::graphql::payload::payload;
use crate::service::{Requester, Trouble, attestation};

payload! {
    /// What came of writing an attestation down.
    DraftAttestationPayload {
        /// The draft.
        attestation: AttestationRecord,
    }
}

payload! {
    /// What came of a signature.
    SignAttestationPayload {
        /// The attestation, where its checks left it: ACCEPTED, `UNDER_REVIEW`, or `NEEDS_FIX` with what they
        /// found.
        attestation: AttestationRecord,
    }
}

payload! {
    /// What came of a review.
    ReviewAttestationPayload {
        /// The attestation.
        attestation: AttestationRecord,
    }
}

payload! {
    /// What came of taking an attestation out of force.
    InvalidateAttestationPayload {
        /// The attestation.
        attestation: AttestationRecord,
    }
}

payload! {
    /// What came of mending an attestation.
    ReviseAttestationPayload {
        /// The draft that it is again.
        attestation: AttestationRecord,
    }
}

payload! {
    /// What came of taking an attestation back.
    WithdrawAttestationPayload {
        /// The attestation.
        attestation: AttestationRecord,
    }
}

#[derive(Default)]
pub(super) struct AttestationMutation;

#[Object]
impl AttestationMutation {
    /// Write down what an attestation is to say, or write a draft anew. Nothing is stored while something
    /// typed could mean two things: that is asked back.
    async fn draft_attestation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to say.")] input: DraftAttestationInput,
    ) -> Result<DraftAttestationPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::DraftAttestation, &input, &input.idempotency_key)?;
        let done = attestation::draft::draft(app, who, &order, input.read()?).await;
        Ok(match shown(ctx, app, who, done).await? {
            Ok(attestation) => DraftAttestationPayload {
                attestation,
                user_errors: Vec::new(),
            },
            Err(errors) => DraftAttestationPayload::refused(errors),
        })
    }

    /// Sign an attestation, for oneself alone. Its checks run in the same act.
    async fn sign_attestation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and with what.")] input: SignAttestationInput,
    ) -> Result<SignAttestationPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::SignAttestation, &input, &input.idempotency_key)?;
        let (which, signing) = (input.attestation()?, input.read()?);
        let done = attestation::sign::sign(app, who, &order, which, signing).await;
        Ok(match shown(ctx, app, who, done).await? {
            Ok(attestation) => SignAttestationPayload {
                attestation,
                user_errors: Vec::new(),
            },
            Err(errors) => SignAttestationPayload::refused(errors),
        })
    }

    /// Accept or refuse an attestation that is under review, by the evidence that was seen. Nobody reviews
    /// their own, nor what they handed in.
    async fn review_attestation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what is said of it.")] input: ReviewAttestationInput,
    ) -> Result<ReviewAttestationPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ReviewAttestation, &input, &input.idempotency_key)?;
        let (which, reviewing) = (input.attestation()?, input.read()?);
        let done = attestation::review::review(app, who, &order, which, reviewing).await;
        Ok(match shown(ctx, app, who, done).await? {
            Ok(attestation) => ReviewAttestationPayload {
                attestation,
                user_errors: Vec::new(),
            },
            Err(errors) => ReviewAttestationPayload::refused(errors),
        })
    }

    /// Take an attestation out of force, at once. For a false statement every verified credential of the
    /// person is suspended too.
    async fn invalidate_attestation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: InvalidateAttestationInput,
    ) -> Result<InvalidateAttestationPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::InvalidateAttestation, &input, &input.idempotency_key)?;
        let (which, words) = (input.attestation()?, input.words()?);
        let reason = input.reason_code.map(Into::into);
        let done =
            attestation::invalidate::invalidate(app, who, &order, which, reason, words).await;
        Ok(match shown(ctx, app, who, done).await? {
            Ok(attestation) => InvalidateAttestationPayload {
                attestation,
                user_errors: Vec::new(),
            },
            Err(errors) => InvalidateAttestationPayload::refused(errors),
        })
    }

    /// Mend an attestation in which a check found something, as a new version of it.
    async fn revise_attestation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ReviseAttestationInput,
    ) -> Result<ReviseAttestationPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ReviseAttestation, &input, &input.idempotency_key)?;
        let done = attestation::draft::revise(app, who, &order, input.attestation()?).await;
        Ok(match shown(ctx, app, who, done).await? {
            Ok(attestation) => ReviseAttestationPayload {
                attestation,
                user_errors: Vec::new(),
            },
            Err(errors) => ReviseAttestationPayload::refused(errors),
        })
    }

    /// Take a signed attestation back. It leaves the public view at once.
    async fn withdraw_attestation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawAttestationInput,
    ) -> Result<WithdrawAttestationPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::WithdrawAttestation, &input, &input.idempotency_key)?;
        let done = attestation::draft::withdraw(app, who, &order, input.attestation()?).await;
        Ok(match shown(ctx, app, who, done).await? {
            Ok(attestation) => WithdrawAttestationPayload {
                attestation,
                user_errors: Vec::new(),
            },
            Err(errors) => WithdrawAttestationPayload::refused(errors),
        })
    }
}

type UserErrors = Vec<crate::graphql::payload::UserError>;

/// The attestation as the change left it, or what the user can mend.
async fn shown(
    ctx: &Context<'_>,
    app: &App,
    who: &Requester,
    done: Result<AttestationId, Trouble>,
) -> Result<Result<Option<AttestationRecord>, UserErrors>, Fault> {
    let id = match settled(ctx, done)? {
        Ok(id) => id,
        Err(errors) => return Ok(Err(errors)),
    };
    let record = attestation::read::by_id(app, who, id).await?;
    Ok(Ok(Some(AttestationRecord(record))))
}
