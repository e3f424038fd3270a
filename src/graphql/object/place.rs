use async_graphql::{Description, ID, Object};

use super::Point;
use crate::graphql::codes::{Jurisdiction, PlaceKind};
use crate::graphql::node::NodeId;
use crate::service;

/// A place that people ask for: a ZIP, a city or a state.
#[derive(Description)]
pub struct Place(pub service::Place);

#[Object(use_type_description)]
impl Place {
    /// Its id, for `node(id:)` and for a search's `near.placeId`.
    pub async fn id(&self) -> ID {
        NodeId::Place(self.0.id.clone()).into()
    }

    /// What it is.
    async fn kind(&self) -> PlaceKind {
        self.0.kind.into()
    }

    /// Its name, as a list would show it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The state or territory it lies in.
    async fn jurisdiction(&self) -> Jurisdiction {
        self.0.jurisdiction.into()
    }

    /// Its middle.
    async fn point(&self) -> Point {
        self.0.point.into()
    }
}
