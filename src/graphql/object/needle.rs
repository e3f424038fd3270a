use std::sync::Arc;

use async_graphql::{Description, Object, SimpleObject};

use crate::graphql::codes::FdaPathway;
use crate::graphql::scalar::Date;
use crate::service::sterility;

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
}

/// A lot of needles in use.
#[derive(SimpleObject)]
pub struct NeedleLot {
    /// The lot number as printed.
    lot: String,
    /// Its last day.
    expires_on: Date,
}

#[Object(use_type_description)]
impl NeedleProduct {
    /// Brand.
    async fn brand(&self) -> &str {
        &self.get().brand
    }

    /// Whose label it bears.
    async fn labeler(&self) -> &str {
        &self.get().labeler
    }

    /// The device identifier of its UDI, where one is stated.
    async fn device_identifier(&self) -> Option<&str> {
        self.get().device_identifier.as_deref()
    }

    /// How it came to market.
    async fn fda_pathway(&self) -> FdaPathway {
        self.get().fda_pathway.into()
    }

    /// The same in words for patients: cleared, exempt or not stated.
    async fn fda_text(&self) -> String {
        sterility::fda_text(self.get())
    }

    /// The 510(k) number of a cleared needle.
    #[graphql(name = "k510Number")]
    async fn k510_number(&self) -> Option<&str> {
        self.get().k510_number.as_deref()
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
    async fn lots(&self) -> Vec<NeedleLot> {
        let lots = self.get().lots.iter();
        lots.map(|lot| NeedleLot {
            lot: lot.lot.to_string(),
            expires_on: lot.expires_on.into(),
        })
        .collect()
    }
}
