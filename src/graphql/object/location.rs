use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object, SimpleObject};
use domain::place::GeoPoint;

use super::{WhyNot, reading};
use crate::graphql::codes::{CoordinatePrecision, Jurisdiction};
use crate::graphql::node::NodeId;
use crate::graphql::scalar::{Date, DateTime};

/// A place at which a person sees patients.
#[derive(Description)]
pub struct PracticeLocation {
    /// Whose.
    pub of: Arc<domain::provider::Provider>,
    /// Which of theirs.
    pub at: usize,
}

impl PracticeLocation {
    fn get(&self) -> &domain::provider::PracticeLocation {
        &self.of.locations[self.at]
    }
}

/// A postal address in the United States, as the person lets it be shown.
#[derive(SimpleObject)]
pub struct Address {
    /// Street and suite; empty where the person hides the street.
    lines: Vec<String>,
    /// City.
    city: String,
    /// The state whose law governs what is done here.
    state: Jurisdiction,
    /// Five-digit ZIP code.
    postal_code: String,
}

/// A point on the Earth in degrees (WGS 84).
#[derive(SimpleObject)]
pub struct Point {
    /// Degrees north.
    latitude: f64,
    /// Degrees east.
    longitude: f64,
}

impl From<GeoPoint> for Point {
    fn from(point: GeoPoint) -> Self {
        Self {
            latitude: point.latitude(),
            longitude: point.longitude(),
        }
    }
}

#[Object(use_type_description)]
impl PracticeLocation {
    /// Why it is not verified today; empty where it is.
    async fn why_not_verified(&self, ctx: &Context<'_>) -> Vec<WhyNot> {
        let why = domain::why::location(
            self.get(),
            reading(ctx).today(self.get().zone),
            reading(ctx).policy(),
        );
        why.into_iter().map(Into::into).collect()
    }

    /// Its id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::Location(self.get().id).into()
    }

    /// How often the place was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.get().version)
    }

    /// The clinic's name.
    async fn name(&self) -> Option<&str> {
        self.get().name.as_deref()
    }

    /// The address, without the street where the person hides it.
    async fn address(&self) -> Address {
        let address = &self.get().address;
        Address {
            lines: address.lines.iter().map(ToString::to_string).collect(),
            city: address.city.to_string(),
            state: address.state.into(),
            postal_code: address.postal_code.to_string(),
        }
    }

    /// Where it lies: the ZIP's point where the person hides the street; null when nobody knows.
    async fn point(&self) -> Option<Point> {
        self.get().position.map(|position| position.point.into())
    }

    /// How exact `point` is.
    async fn precision(&self) -> CoordinatePrecision {
        let unknown = domain::place::CoordinatePrecision::Unknown;
        let position = self.get().position;
        position.map_or(unknown, |it| it.precision).into()
    }

    /// Whose law governs what is done here.
    async fn jurisdiction(&self) -> Jurisdiction {
        self.get().jurisdiction().into()
    }

    /// The IANA zone in which this place's days are told.
    async fn zone(&self) -> &'static str {
        self.get().zone.name()
    }

    /// Telephone, as shown to patients.
    async fn phone(&self) -> Option<&str> {
        self.get().phone.as_deref()
    }

    /// May a wheelchair get in? Null when nobody said.
    async fn wheelchair_access(&self) -> Option<bool> {
        self.get().wheelchair_access
    }

    /// When the provider or an admin last confirmed that the person works here.
    async fn confirmed_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let today = reading(ctx).today(self.get().zone);
        self.get().last_confirmed(today).map(Into::into)
    }

    /// The last day on which that confirmation counts.
    async fn confirmed_through(&self, ctx: &Context<'_>) -> Option<Date> {
        let today = reading(ctx).today(self.get().zone);
        let days = reading(ctx).policy().location_confirmed_days;
        let through = self.get().confirmed_through(today, days);
        through.map(Into::into)
    }
}
