use std::sync::Arc;

use async_graphql::{Context, Description, Object, SimpleObject};
use chrono::NaiveDate;
use domain::needle::{sentence, told};

use super::reading;
use crate::graphql::codes::{FdaPathway, LotStatus};
use crate::graphql::scalar::Date;
use crate::service;

const NOT_SHOWN: &str = "not shown";

/// A needle as its box describes it.
#[derive(Description)]
pub struct NeedleProduct {
    /// Whose.
    pub of: Arc<domain::provider::Provider>,
    /// Of which of their attestations.
    pub attestation: usize,
    /// Which of its products.
    pub product: usize,
}

impl NeedleProduct {
    fn get(&self) -> &domain::attestation::NeedleProduct {
        &self.of.attestations[self.attestation].products[self.product]
    }

    fn read_on(&self, ctx: &Context<'_>) -> NaiveDate {
        let attestation = &self.of.attestations[self.attestation];
        service::provider::attestation_day(reading(ctx), &self.of, attestation)
    }
}

/// A lot of needles in use.
#[derive(SimpleObject)]
pub struct NeedleLot {
    /// The lot number as printed.
    lot: String,
    /// Its last day.
    expires_on: Date,
    /// What it is today.
    status: LotStatus,
    /// From which day on a recall takes it out of use.
    recalled_on: Option<Date>,
}

#[Object(use_type_description)]
impl NeedleProduct {
    /// Brand; `not shown` where it says of the needle what FDA does not.
    async fn brand(&self) -> &str {
        told::label(&self.get().brand).unwrap_or(NOT_SHOWN)
    }

    /// Whose label it bears; `not shown` as with `brand`.
    async fn labeler(&self) -> &str {
        told::label(&self.get().labeler).unwrap_or(NOT_SHOWN)
    }

    /// The device identifier of its UDI, where one is stated.
    async fn device_identifier(&self) -> Option<&str> {
        self.get()
            .device_identifier
            .as_deref()
            .and_then(told::label)
    }

    /// How it came to market.
    async fn fda_pathway(&self) -> FdaPathway {
        self.get().fda_pathway.into()
    }

    /// The same in words for patients: cleared, exempt or not stated.
    async fn fda_text(&self, ctx: &Context<'_>) -> String {
        sentence::fda_text(self.get(), self.read_on(ctx))
    }

    /// The 510(k) number of a cleared needle; null where what was given is none.
    #[graphql(name = "k510Number")]
    async fn k510_number(&self, ctx: &Context<'_>) -> Option<String> {
        told::k510_number(self.get(), self.read_on(ctx)).map(|number| number.to_string())
    }

    /// Diameter in micrometres: 300 is 0.30 mm.
    async fn diameter_micrometers(&self) -> u32 {
        self.get().diameter_um
    }

    /// Length in millimetres.
    async fn length_millimeters(&self) -> u32 {
        self.get().length_mm
    }

    /// The lots in use.
    async fn lots(&self, ctx: &Context<'_>) -> Vec<NeedleLot> {
        let attestation = &self.of.attestations[self.attestation];
        let zone = service::provider::attestation_zone(&self.of, attestation);
        let today = reading(ctx).today(zone);
        let lots = self.get().lots.iter();
        lots.map(|lot| NeedleLot {
            lot: told::label(&lot.lot).unwrap_or(NOT_SHOWN).to_owned(),
            expires_on: lot.expires_on.into(),
            status: lot.status(today).into(),
            recalled_on: lot.recalled_on.map(Into::into),
        })
        .collect()
    }
}
