use async_graphql::{Context, Object};

use crate::graphql::codes::{CompactStatus, Discipline, Jurisdiction};
use crate::graphql::object::{CompactPeriod, reading};
use crate::graphql::scalar::Date;
use crate::service;

#[derive(Default)]
pub(super) struct CompactQuery;

#[Object]
impl CompactQuery {
    /// What a state has done about the compact of a discipline by a day; NONE where nothing is on file.
    async fn compact_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose compact.")] discipline: Discipline,
        #[graphql(desc = "Which state.")] jurisdiction: Jurisdiction,
        #[graphql(desc = "The day; today in the jurisdiction when absent.")] on: Option<Date>,
    ) -> CompactStatus {
        let pair = (discipline.into(), jurisdiction.into());
        service::compact::status(reading(ctx), pair, on.map(|on| on.0)).into()
    }

    /// Which state takes part how in which compact, by jurisdiction's code, discipline and day.
    async fn compact_periods(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which state; every one when absent.")] jurisdiction: Option<Jurisdiction>,
        #[graphql(desc = "Whose compact; everybody's when absent.")] discipline: Option<Discipline>,
    ) -> Vec<CompactPeriod> {
        let periods = service::compact::periods(
            reading(ctx),
            jurisdiction.map(Into::into),
            discipline.map(Into::into),
        );
        periods.into_iter().map(Into::into).collect()
    }
}
