use async_graphql::{Context, Object};

use crate::graphql::codes::{Discipline, Jurisdiction};
use crate::graphql::object::{ScopeDecision, ScopeRule, reading};
use crate::graphql::scalar::Date;
use crate::service;

#[derive(Default)]
pub(super) struct ScopeQuery;

#[Object]
impl ScopeQuery {
    /// What the law of a jurisdiction says to a discipline on a day.
    async fn scope_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "To whom.")] discipline: Discipline,
        #[graphql(desc = "Whose law.")] jurisdiction: Jurisdiction,
        #[graphql(desc = "The day; today in the jurisdiction when absent.")] on: Option<Date>,
    ) -> ScopeDecision {
        ScopeDecision(service::scope::decide(
            reading(ctx),
            discipline.into(),
            jurisdiction.into(),
            on.map(|on| on.0),
        ))
    }

    /// The rules of the law as we know it, by jurisdiction's code, discipline and period; all of them,
    /// past and to come, unless something is named.
    async fn scope_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose law; everybody's when absent.")] jurisdiction: Option<Jurisdiction>,
        #[graphql(desc = "To whom; to all when absent.")] discipline: Option<Discipline>,
        #[graphql(desc = "In force on this day; of every day when absent.")] on: Option<Date>,
    ) -> Vec<ScopeRule> {
        let rules = service::scope::rules(
            reading(ctx),
            jurisdiction.map(Into::into),
            discipline.map(Into::into),
            on.map(|on| on.0),
        );
        rules.into_iter().map(ScopeRule).collect()
    }
}
