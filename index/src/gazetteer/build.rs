//! Cities and states out of ZIPs.

use std::collections::BTreeMap;

use domain::place::{GeoPoint, Jurisdiction, PlaceKind, PostalPlace};

use super::spelling::{Letters, line, spellings_of, words};
use super::{Gazetteer, Name, Place};
use crate::row;

impl Gazetteer {
    /// Takes ZIPs in any order; of two with one code the first counts.
    pub fn new(mut zips: Vec<PostalPlace>) -> Self {
        zips.sort_by_key(|zip| zip.postal_code);
        zips.dedup_by_key(|zip| zip.postal_code);
        let mut cities: BTreeMap<(Jurisdiction, String), Members<'_>> = BTreeMap::new();
        let mut states: BTreeMap<Jurisdiction, Members<'_>> = BTreeMap::new();
        for zip in &zips {
            let of_state = states.entry(zip.jurisdiction).or_default();
            of_state.add(zip.jurisdiction.name(), zip.point);
            if let Some(city) = zip.city.as_deref() {
                let key = (zip.jurisdiction, line(&words(city)));
                cities.entry(key).or_default().add(city, zip.point);
            }
        }
        let mut places: Vec<Place> = zips.iter().map(zip_place).collect();
        let mut names = Vec::new();
        for ((jurisdiction, key), members) in cities {
            let id = format!("city-{jurisdiction}-{}", key.replace(' ', "-"));
            names.push(members.name(&key, places.len()));
            places.push(members.place(id, PlaceKind::City, jurisdiction));
        }
        for (jurisdiction, members) in states {
            let id = format!("state-{jurisdiction}");
            for text in spellings_of(jurisdiction) {
                names.push(members.name(&text, places.len()));
            }
            places.push(members.place(id, PlaceKind::State, jurisdiction));
        }
        names.sort_unstable_by(|a, b| (&a.text, a.place).cmp(&(&b.text, b.place)));
        let ids = places.iter().enumerate();
        Self {
            by_id: ids.map(|(at, place)| (place.id.clone(), row(at))).collect(),
            zips,
            places,
            names,
        }
    }
}

fn zip_place(zip: &PostalPlace) -> Place {
    Place {
        id: format!("zip-{}", zip.postal_code).into(),
        kind: PlaceKind::Zip,
        name: zip.postal_code.to_string().into(),
        jurisdiction: zip.jurisdiction,
        point: zip.point,
    }
}

/// The ZIPs of a city or state.
#[derive(Default)]
struct Members<'a> {
    spellings: BTreeMap<&'a str, usize>,
    points: Vec<GeoPoint>,
}

impl<'a> Members<'a> {
    fn add(&mut self, spelling: &'a str, point: GeoPoint) {
        *self.spellings.entry(spelling).or_default() += 1;
        self.points.push(point);
    }

    fn name(&self, text: &str, place: usize) -> Name {
        Name {
            text: text.into(),
            letters: Letters::of(text),
            place: row(place),
            zips: row(self.points.len()),
        }
    }

    /// Named by the commonest spelling.
    fn place(&self, id: String, kind: PlaceKind, jurisdiction: Jurisdiction) -> Place {
        let commonest = self.spellings.iter().max_by_key(|(_, count)| **count);
        Place {
            id: id.into(),
            kind,
            name: commonest.map_or("", |(spelling, _)| spelling).into(),
            jurisdiction,
            point: middle(&self.points),
        }
    }
}

/// The mean of points as directions from the Earth's centre.
fn middle(points: &[GeoPoint]) -> GeoPoint {
    let [mut x, mut y, mut z] = [0.0; 3];
    for point in points {
        let (sin_lat, cos_lat) = point.latitude().to_radians().sin_cos();
        let (sin_lon, cos_lon) = point.longitude().to_radians().sin_cos();
        x += cos_lat * cos_lon;
        y += cos_lat * sin_lon;
        z += sin_lat;
    }
    let latitude = z.atan2(x.hypot(y)).to_degrees().clamp(-90.0, 90.0);
    let longitude = y.atan2(x).to_degrees().clamp(-180.0, 180.0);
    GeoPoint::new(latitude, longitude).expect("both are in range")
}
