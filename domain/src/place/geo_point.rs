use crate::codes::codes;

/// The radius of the sphere on which distances are measured: the IUGG mean radius R₁.
pub const EARTH_RADIUS_METERS: f64 = 6_371_008.8;

/// Metres in an international mile.
pub const METERS_PER_MILE: f64 = 1_609.344;

codes! {
    /// How exactly a coordinate tells where something is.
    pub enum CoordinatePrecision("coordinate precision") {
        /// The building.
        Rooftop = "ROOFTOP",
        /// The street.
        Street = "STREET",
        /// The middle of the ZIP code.
        ZipCentroid = "ZIP_CENTROID",
        /// The middle of the town.
        PlaceCentroid = "PLACE_CENTROID",
        /// Nobody said.
        Unknown = "UNKNOWN",
    }
}

/// A point on the Earth in degrees (WGS 84). Latitude is within ±90 and longitude within ±180.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GeoPoint {
    latitude: f64,
    longitude: f64,
}

/// A coordinate is out of range or not a number.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum InvalidCoordinate {
    /// Latitude.
    #[error("latitude {0} is not between -90 and 90")]
    Latitude(f64),
    /// Longitude.
    #[error("longitude {0} is not between -180 and 180")]
    Longitude(f64),
}

impl GeoPoint {
    /// Both in degrees.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, InvalidCoordinate> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(InvalidCoordinate::Latitude(latitude));
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(InvalidCoordinate::Longitude(longitude));
        }
        Ok(Self {
            latitude,
            longitude,
        })
    }

    /// Degrees north.
    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    pub const fn longitude(self) -> f64 {
        self.longitude
    }

    /// The great-circle distance in metres, by the haversine formula.
    ///
    /// On a sphere of [`EARTH_RADIUS_METERS`]; the ellipsoid's own distance differs by at most
    /// 0.56 %.
    pub fn distance_meters(self, other: Self) -> f64 {
        let (lat_a, lat_b) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_lat = (lat_b - lat_a) / 2.0;
        let half_lon = (other.longitude - self.longitude).to_radians() / 2.0;
        let h = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_RADIUS_METERS * h.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use geo::{Distance, Geodesic, Haversine, Point};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn impossible_coordinates_are_refused_by_name() {
        assert!(matches!(
            GeoPoint::new(91.0, 0.0),
            Err(InvalidCoordinate::Latitude(_))
        ));
        assert!(matches!(
            GeoPoint::new(f64::NAN, 0.0),
            Err(InvalidCoordinate::Latitude(_))
        ));
        assert!(matches!(
            GeoPoint::new(0.0, -180.1),
            Err(InvalidCoordinate::Longitude(_))
        ));
        assert!(matches!(
            GeoPoint::new(0.0, f64::INFINITY),
            Err(InvalidCoordinate::Longitude(_))
        ));
        assert!(GeoPoint::new(-90.0, 180.0).is_ok());
    }

    proptest! {
        #[test]
        fn distances_agree_with_the_geometry_library_and_stay_near_the_ellipsoid(
            a in (-90.0..=90.0_f64, -180.0..=180.0_f64),
            b in (-90.0..=90.0_f64, -180.0..=180.0_f64),
        ) {
            let ours = GeoPoint::new(a.0, a.1).unwrap().distance_meters(GeoPoint::new(b.0, b.1).unwrap());
            let (a, b) = (Point::new(a.1, a.0), Point::new(b.1, b.0));
            prop_assert!((ours - Haversine.distance(a, b)).abs() < 0.1);
            let geodesic = Geodesic.distance(a, b);
            prop_assert!((ours - geodesic).abs() <= 0.0056 * geodesic + 0.001);
        }
    }
}
