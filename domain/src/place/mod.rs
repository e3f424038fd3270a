//! Where things are: jurisdictions, postal codes, points and the places people ask for.

mod geo_point;
mod jurisdiction;
mod postal_code;

pub use geo_point::{
    CoordinatePrecision, EARTH_RADIUS_METERS, GeoPoint, InvalidCoordinate, METERS_PER_MILE,
};
pub use jurisdiction::Jurisdiction;
pub use postal_code::{InvalidPostalCode, PostalCode};

use chrono_tz::Tz;

use crate::codes::codes;

codes! {
    /// What a place is.
    pub enum PlaceKind("place kind") {
        /// A ZIP code.
        Zip = "ZIP",
        /// A city, at the middle of its ZIP codes.
        City = "CITY",
        /// A state or territory, at the middle of its ZIP codes.
        State = "STATE",
    }
}

codes! {
    /// Where the point of a ZIP code comes from.
    pub enum PointSource("point source") {
        /// The Census Bureau's internal point of the ZCTA.
        Zcta = "ZCTA",
        /// GeoNames: a ZIP without a ZCTA, such as a PO box or a single building.
        GeoNames = "GEONAMES",
        /// The ZCTA that the ZIP lies in.
        ParentZcta = "PARENT_ZCTA",
    }
}

/// One ZIP code with its point, as the place file gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct PostalPlace {
    /// The ZIP.
    pub postal_code: PostalCode,
    /// Its city; some territories' rows carry none.
    pub city: Option<Box<str>>,
    /// The state or territory whose mail it is.
    pub jurisdiction: Jurisdiction,
    /// County, parish or borough.
    pub county: Option<Box<str>>,
    /// Its point.
    pub point: GeoPoint,
    /// Where the point comes from.
    pub point_source: PointSource,
    /// The zone of its clocks: the jurisdiction's, unless its county keeps another.
    pub zone: Tz,
}
