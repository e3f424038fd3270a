use async_graphql::{ID, InputObject, OneofObject};
use domain::place::{GeoPoint, InvalidCoordinate};
use domain::search::{Criteria, InvalidCriterion, Near, RawCriteria};

use crate::graphql::codes::{Discipline, Jurisdiction, ListingOutcome};
use crate::graphql::error::Fault;
use crate::graphql::node::NodeId;
use crate::graphql::scalar::Date;
use crate::service::Reading;
use crate::service::search::{Origin, locate};

/// Where to search from: exactly one of the three.
#[derive(OneofObject, Debug)]
pub enum NearInput {
    /// A point. Two decimals, about a kilometre, are enough to be found and say less of where you are.
    Point(PointInput),
    /// A ZIP code: `80205`; a ZIP+4 counts as its ZIP.
    PostalCode(String),
    /// The id of a place that `places` found.
    PlaceId(ID),
}

/// A point on the Earth in degrees (WGS 84).
#[derive(InputObject, Debug)]
pub struct PointInput {
    /// Degrees north, −90 to 90.
    latitude: f64,
    /// Degrees east, −180 to 180: negative in nearly all of the United States.
    longitude: f64,
}

/// What a search asks for. All that is named has to hold.
#[derive(InputObject, Debug)]
pub struct ProviderSearchInput {
    /// Absent: no distance; then `jurisdiction` or `name` is needed and the order is by family name,
    /// given name, NPI.
    near: Option<NearInput>,
    /// Default 25; more than 0 and at most 500. Only with `near`.
    radius_miles: Option<f64>,
    /// The place of practice lies here.
    jurisdiction: Option<Jurisdiction>,
    /// Practising as one of these; an empty list is none named.
    disciplines: Option<Vec<Discipline>>,
    /// VERIFIED (the default) or UNVERIFIED, which shows both. `NOT_LISTED` is refused.
    at_least: Option<ListingOutcome>,
    /// The day on which all is judged, in the zone of each place; today when absent. A past day is
    /// judged at its end; a day to come by the law and expiry dates known for it, on today's evidence.
    on: Option<Date>,
    /// Says so of new patients; people who never said are found by neither.
    accepts_new_patients: Option<bool>,
    /// Speaks one of these, as BCP 47 tags: `es` also finds `es-MX`. An empty list is none named.
    languages: Option<Vec<String>>,
    /// The place says so of wheelchairs; places that never said are found by neither.
    wheelchair_access: Option<bool>,
    /// The licence was checked against a source at most this many days before the day.
    verified_within_days: Option<i32>,
    /// Every word of it begins a word of the person's names, whatever accents and capitals.
    name: Option<String>,
}

impl ProviderSearchInput {
    /// The criteria, with every value possible; or the first that is not, by its path.
    pub fn criteria(self, reading: &Reading) -> Result<Criteria, Fault> {
        let near = self.near.as_ref();
        let origin = near.map(|near| near.point(reading)).transpose()?;
        let near = Near::asked(origin, self.radius_miles).map_err(Fault::criterion)?;
        Criteria::new(RawCriteria {
            near,
            jurisdiction: self.jurisdiction.map(Into::into),
            disciplines: self
                .disciplines
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            at_least: self.at_least.map(Into::into),
            on: self.on.map(|on| on.0),
            accepts_new_patients: self.accepts_new_patients,
            languages: self.languages.unwrap_or_default(),
            wheelchair_access: self.wheelchair_access,
            verified_within_days: self.verified_within_days.map(i64::from),
            name: self.name,
        })
        .map_err(Fault::criterion)
    }
}

impl NearInput {
    fn point(&self, reading: &Reading) -> Result<GeoPoint, Fault> {
        let located = match self {
            Self::Point(point) => locate(reading, &Origin::Point(point.parse()?)),
            Self::PostalCode(code) => locate(reading, &Origin::PostalCode(code)),
            Self::PlaceId(id) => match NodeId::parse(id) {
                Some(NodeId::Place(place)) => locate(reading, &Origin::Place(&place)),
                _ => Err(InvalidCriterion {
                    field: "near.placeId",
                    reason: "this is not the id of a place; `places` gives ids".to_owned(),
                }),
            },
        };
        located.map_err(Fault::criterion)
    }
}

impl PointInput {
    fn parse(&self) -> Result<GeoPoint, Fault> {
        GeoPoint::new(self.latitude, self.longitude).map_err(|error| {
            let field = match error {
                InvalidCoordinate::Latitude(_) => "latitude",
                InvalidCoordinate::Longitude(_) => "longitude",
            };
            Fault::bad_input(format!("input.near.point.{field}"), error.to_string())
        })
    }
}
