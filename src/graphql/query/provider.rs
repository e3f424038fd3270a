use async_graphql::{Context, Object};

use crate::graphql::error::Fault;
use crate::graphql::object::{LocationListing, Provider, reading};
use crate::graphql::scalar::{Date, Npi};
use crate::service;

/// The most people that are asked for by number at once.
const MAX_NPIS: usize = 100;

#[derive(Default)]
pub(super) struct ProviderQuery;

#[Object]
impl ProviderQuery {
    /// A person by NPI; null where we hold nobody by that number.
    async fn provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] npi: Npi,
    ) -> Option<Provider> {
        service::provider::by_npi(reading(ctx), npi.0).map(Provider)
    }

    /// At most 100, in the order asked, null where unknown.
    async fn providers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom; at most 100.")] npis: Vec<Npi>,
    ) -> Result<Vec<Option<Provider>>, Fault> {
        if npis.len() > MAX_NPIS {
            return Err(Fault::bad_input(
                "npis",
                format!("npis has at most {MAX_NPIS} numbers, unlike {}", npis.len()),
            ));
        }
        let reading = reading(ctx);
        let npis = npis.into_iter();
        Ok(npis
            .map(|npi| service::provider::by_npi(reading, npi.0).map(Provider))
            .collect())
    }

    /// Every check that decides whether this person is shown, at each of their locations, for each
    /// licence, on a day. Empty where we hold nobody by that number.
    async fn why_not_shown(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] npi: Npi,
        #[graphql(desc = "The day, in the zone of each place; today when absent.")] on: Option<
            Date,
        >,
    ) -> Vec<LocationListing> {
        let judged = service::listing::why_not_shown(reading(ctx), npi.0, on.map(|on| on.0));
        judged.into_iter().map(LocationListing::from).collect()
    }
}
