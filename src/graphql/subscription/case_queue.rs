use async_graphql::{Context, Description, ID, Object, Subscription};
use futures_util::{Stream, StreamExt as _};

use crate::graphql::acting::acting;
use crate::graphql::codes::{CasePurpose, CaseState};
use crate::graphql::error::Fault;
use crate::service::watch::{self, CaseChange};

/// Something happened to a case. Not public.
#[derive(Description)]
pub struct CaseQueueChange(CaseChange);

#[Object(use_type_description)]
impl CaseQueueChange {
    /// Which case.
    async fn case_id(&self) -> ID {
        ID(format!("case_{}", self.0.case.0))
    }

    /// What the case is for.
    async fn purpose(&self) -> CasePurpose {
        self.0.purpose.into()
    }

    /// The state that the last change left it in, which may be a later one than this.
    async fn state(&self) -> CaseState {
        self.0.state.into()
    }

    /// What was done, as the log spells it: `approveCase`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The number of the log's entry that tells of it. Numbers grow from one event to the next.
    async fn data_version(&self) -> i32 {
        i32::try_from(self.0.seq).unwrap_or(i32::MAX)
    }
}

#[derive(Default)]
pub(super) struct CaseQueueSubscription;

#[Subscription]
impl CaseQueueSubscription {
    /// Every change of a case from now on, on whichever node it is made, in the order of the log. Not
    /// public. Whoever reads the queue after this has begun misses nothing. A client that reads too slowly is
    /// told UNAVAILABLE, and the subscription ends: read the queue anew and subscribe again.
    async fn case_queue_changed(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = Result<CaseQueueChange, Fault>> + use<>, Fault> {
        let (app, who) = acting(ctx)?;
        let changes = watch::case_changes(app, who)?;
        Ok(changes.map(|change| {
            change
                .map(CaseQueueChange)
                .map_err(|watch::TooSlow| Fault::missed())
        }))
    }
}
