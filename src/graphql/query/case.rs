use async_graphql::{Context, Enum, ID, Object};
use domain::access::Act;
use domain::case::CaseId;

use crate::graphql::acting::{acting, unreadable};
use crate::graphql::codes::{CasePurpose, CaseState, Jurisdiction};
use crate::graphql::connection::{CaseConnection, CaseCursor, page_size};
use crate::graphql::error::Fault;
use crate::graphql::mutation::credential_number;
use crate::graphql::node::row_id;
use crate::graphql::object::{Case, CredentialRecord};
use crate::service;
use crate::service::case::{QueueFilter, QueueOrder};

/// In which order cases wait.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseOrder {
    /// What is due first comes first; what has no day comes last, the oldest first.
    Due,
    /// The oldest comes first.
    Age,
}

#[derive(Default)]
pub(super) struct CaseQuery;

#[Object]
impl CaseQuery {
    /// A case. Not public: its subject, their delegates and reviewers read it.
    async fn case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Case, Fault> {
        let (app, who) = acting(ctx)?;
        let id = CaseId(row_id("case", "id", &id)?);
        Ok(Case(service::case::read::case(app, who, id).await?))
    }

    /// A credential with every version of what it says and every standing. Not public: its subject,
    /// their delegates and reviewers read it.
    async fn credential_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id: `training_9`, or `credential_9` of what has no hours.")] id: ID,
    ) -> Result<CredentialRecord, Fault> {
        let (app, who) = acting(ctx)?;
        let id = credential_number("id", &id)
            .map_err(|fault| unreadable(who, Act::ReadCredentialRecord, fault))?;
        let found = service::case::read::credential(app, who, id).await?;
        Ok(CredentialRecord(found))
    }

    /// The cases that wait. Not public.
    #[expect(clippy::too_many_arguments, reason = "each is a filter of the API")]
    async fn case_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "As read now; whatever is submitted and not ended when absent: a lease that has ended reads SUBMITTED."
        )]
        state: Option<CaseState>,
        #[graphql(desc = "What for.")] purpose: Option<CasePurpose>,
        #[graphql(desc = "Whose law the subject lives under.")] jurisdiction: Option<Jurisdiction>,
        #[graphql(
            desc = "Only what one holds, recommended or decided oneself.",
            default = false
        )]
        mine: bool,
        #[graphql(desc = "In which order.", default_with = "CaseOrder::Due")] order: CaseOrder,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<CaseConnection, Fault> {
        let (app, who) = acting(ctx)?;
        let size = page_size(first)?;
        let after = CaseCursor::read(after.as_deref())?;
        let filter = QueueFilter {
            state: state.map(Into::into),
            purpose: purpose.map(Into::into),
            jurisdiction: jurisdiction.map(Into::into),
            mine: mine.then(|| who.account.map_or(0, |account| account.0)),
            of: None,
            now: app.clock.now(),
            order: match order {
                CaseOrder::Due => QueueOrder::Due,
                CaseOrder::Age => QueueOrder::Age,
            },
        };
        let place = after.map(|cursor| cursor.0);
        let found = service::case::read::queue(app, who, filter, place, size).await?;
        Ok(CaseConnection::of(
            found,
            after.is_some(),
            size,
            CaseCursor::of,
            Case,
        ))
    }
}
