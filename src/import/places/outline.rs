//! State outlines: a check of points, never the source of a state.

use std::collections::HashMap;

use domain::place::{EARTH_RADIUS_METERS, GeoPoint, Jurisdiction, METERS_PER_MILE};
use geo::{BoundingRect, Contains, Coord, LineString, MultiPolygon, Point, Polygon};
use serde::Deserialize;

/// How far outside its state's outline a point may lie before somebody should look.
///
/// The outlines are drawn at 1:10,000,000, which cuts off capes and small islands.
pub const TOLERANCE_MILES: f64 = 25.0;

/// The outlines of all jurisdictions.
#[derive(Debug, Clone)]
pub struct Outlines(HashMap<Jurisdiction, MultiPolygon>);

impl Outlines {
    /// Reads `GeoJSON` whose features carry the postal code of their state as `usps`.
    pub fn read(geojson: &[u8]) -> Result<Self, String> {
        let collection: Collection =
            serde_json::from_slice(geojson).map_err(|error| error.to_string())?;
        let mut outlines = HashMap::new();
        for Feature {
            properties,
            geometry,
        } in collection.features
        {
            let usps = properties.usps;
            let state = usps.parse().map_err(|_| format!("{usps:?} is no state"))?;
            outlines.insert(state, geometry.polygons());
        }
        Ok(Self(outlines))
    }

    /// How many miles a point lies outside a state's outline; 0 inside, `None` without an outline.
    pub fn miles_outside(&self, state: Jurisdiction, point: GeoPoint) -> Option<f64> {
        let outline = self.0.get(&state)?;
        let at = Point::new(point.longitude(), point.latitude());
        let inside = outline.iter().any(|polygon| {
            let near = polygon
                .bounding_rect()
                .is_some_and(|rect| rect.contains(&at));
            near && polygon.contains(&at)
        });
        if inside {
            return Some(0.0);
        }
        let meters = outline
            .iter()
            .flat_map(|polygon| polygon.exterior().lines())
            .map(|edge| meters_to_edge(at, edge.start, edge.end))
            .fold(f64::INFINITY, f64::min);
        Some(meters / METERS_PER_MILE)
    }
}

/// Distance on the plane that touches the sphere at `at`: exact enough for some tens of miles.
fn meters_to_edge(at: Point, start: Coord, end: Coord) -> f64 {
    let shrink = at.y().to_radians().cos();
    let local = |coord: Coord| {
        // Across the antimeridian the near way is the other one.
        let east = (coord.x - at.x() + 540.0).rem_euclid(360.0) - 180.0;
        (
            east.to_radians() * shrink * EARTH_RADIUS_METERS,
            (coord.y - at.y()).to_radians() * EARTH_RADIUS_METERS,
        )
    };
    let ((x, y), (to_x, to_y)) = (local(start), local(end));
    let (dx, dy) = (to_x - x, to_y - y);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (-(x * dx + y * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (x + along * dx).hypot(y + along * dy)
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    usps: String,
}

type Ring = Vec<(f64, f64)>;

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Ring>),
    MultiPolygon(Vec<Vec<Ring>>),
}

impl Geometry {
    fn polygons(self) -> MultiPolygon {
        let polygons = match self {
            Self::Polygon(rings) => vec![rings],
            Self::MultiPolygon(polygons) => polygons,
        };
        polygons
            .into_iter()
            .map(|rings| {
                let mut rings = rings.into_iter().map(LineString::from);
                let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
                Polygon::new(outer, rings.collect())
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::seed;

    #[test]
    fn every_jurisdiction_has_an_outline_and_holds_its_capital() {
        let outlines = Outlines::read(seed::STATE_OUTLINES).unwrap();
        for state in Jurisdiction::ALL {
            assert!(outlines.0.contains_key(state), "{state}");
        }
        let denver = GeoPoint::new(39.74, -104.98).unwrap();
        assert_eq!(outlines.miles_outside(Jurisdiction::Co, denver), Some(0.0));
    }

    #[test]
    fn the_distance_to_a_straight_border_is_that_of_the_great_circle() {
        let outlines = Outlines::read(seed::STATE_OUTLINES).unwrap();
        // Cheyenne lies nine and a half miles north of Colorado's border at 41 degrees.
        let cheyenne = GeoPoint::new(41.14, -104.82).unwrap();
        let expected = cheyenne.distance_meters(GeoPoint::new(41.0, -104.82).unwrap());
        let found = outlines.miles_outside(Jurisdiction::Co, cheyenne).unwrap();
        assert!((found - expected / METERS_PER_MILE).abs() < 0.2, "{found}");
        let paris = GeoPoint::new(48.86, 2.35).unwrap();
        assert!(outlines.miles_outside(Jurisdiction::Co, paris).unwrap() > 1_000.0);
    }
}
