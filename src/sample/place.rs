//! Where people live and work: real ZIP points, as dense as the population, and points around them.

use std::collections::BTreeMap;

use domain::place::{
    CoordinatePrecision, GeoPoint, Jurisdiction, METERS_PER_MILE, PointSource, PostalPlace,
};
use domain::provider::{Address, LocationId, Position, PracticeLocation};

use super::dice::Dice;
use super::words;

/// Metres in a degree of latitude on the sphere of the distances.
const METERS_PER_DEGREE: f64 = 111_195.08;

/// Squares of a quarter of a degree.
type Cell = (i32, i32);

/// The ZIP codes that people live in, as likely as people are there.
///
/// No census figure is at hand. The Census Bureau draws ZIP areas around mail routes, so there are
/// more of them where people live close together: a ZIP weighs n^0.75, n being the number of ZIPs in
/// its square of a quarter of a degree. That puts some fifteen times as many people on a ZIP of a
/// large city as on one of an empty county. Boxes and single buildings (no ZCTA) weigh nothing.
pub(super) struct Places<'a> {
    inhabited: Vec<(&'a PostalPlace, Cell)>,
    /// Running sums of the weights of `inhabited`.
    sums: Vec<u64>,
    by_cell: BTreeMap<Cell, Vec<usize>>,
    by_jurisdiction: BTreeMap<Jurisdiction, Vec<usize>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(places: &'a [PostalPlace]) -> Self {
        let mut inhabited: Vec<_> = places
            .iter()
            .filter(|place| place.point_source == PointSource::Zcta)
            .map(|place| (place, cell(place.point)))
            .collect();
        // In whatever order they come, the same people live in them.
        inhabited.sort_unstable_by_key(|(place, _)| place.postal_code);
        let mut by_cell = BTreeMap::<_, Vec<_>>::new();
        let mut by_jurisdiction = BTreeMap::<_, Vec<_>>::new();
        for (index, (place, cell)) in inhabited.iter().enumerate() {
            by_cell.entry(*cell).or_default().push(index);
            by_jurisdiction
                .entry(place.jurisdiction)
                .or_default()
                .push(index);
        }
        let sums = inhabited
            .iter()
            .scan(0, |sum, (_, cell)| {
                *sum += weight(by_cell[cell].len());
                Some(*sum)
            })
            .collect();
        Self {
            inhabited,
            sums,
            by_cell,
            by_jurisdiction,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.inhabited.is_empty()
    }

    /// Somebody's town; `turn` goes around so that every jurisdiction has its share, however small.
    pub(super) fn home(&self, dice: &mut Dice, turn: u32) -> &'a PostalPlace {
        const ONE_OF: u32 = 20;
        if turn.is_multiple_of(ONE_OF) {
            let whose = (turn / ONE_OF) as usize % self.by_jurisdiction.len();
            if let Some(there) = self.by_jurisdiction.values().nth(whose) {
                return self.inhabited[*dice.pick(there)].0;
            }
        }
        let total = self.sums[self.sums.len() - 1];
        let drawn = dice.below(total);
        self.inhabited[self.sums.partition_point(|sum| *sum <= drawn)].0
    }

    /// Another town within some thirty miles, of the same jurisdiction or across its border.
    pub(super) fn nearby(
        &self,
        dice: &mut Dice,
        from: &PostalPlace,
        across: bool,
    ) -> Option<&'a PostalPlace> {
        let (row, column) = cell(from.point);
        let candidates: Vec<_> = (row - 1..=row + 1)
            .flat_map(|row| (column - 1..=column + 1).map(move |column| (row, column)))
            .filter_map(|cell| self.by_cell.get(&cell))
            .flatten()
            .map(|index| self.inhabited[*index].0)
            .filter(|place| place.postal_code != from.postal_code)
            .filter(|place| (place.jurisdiction != from.jurisdiction) == across)
            .filter(|place| place.point.distance_meters(from.point) < 30.0 * METERS_PER_MILE)
            .collect();
        (!candidates.is_empty()).then(|| *dice.pick(&candidates))
    }

    /// A place of practice in a town: most with a street, some hiding it, a few that nobody located.
    pub(super) fn location(
        &self,
        dice: &mut Dice,
        id: LocationId,
        town: &PostalPlace,
        name: Option<Box<str>>,
    ) -> PracticeLocation {
        let hides_street = dice.percent(6);
        let nobody_located = dice.permille(15);
        let position = if nobody_located {
            None
        } else if hides_street {
            Some(Position {
                point: town.point,
                precision: CoordinatePrecision::ZipCentroid,
            })
        } else {
            let density = self.by_cell.get(&cell(town.point)).map_or(1, Vec::len);
            Some(Position {
                point: scatter(
                    dice,
                    town.point,
                    if density > 20 { 1_400.0 } else { 2_800.0 },
                ),
                precision: dice.weighted(&[
                    (7, CoordinatePrecision::Rooftop),
                    (3, CoordinatePrecision::Street),
                ]),
            })
        };
        let lines = if hides_street {
            Vec::new()
        } else {
            words::street(dice)
        };
        PracticeLocation {
            version: 1,
            id,
            name: name.filter(|_| !hides_street),
            address: Address {
                lines,
                // The place file knows no cities of Puerto Rico and the Virgin Islands.
                city: town
                    .city
                    .clone()
                    .unwrap_or_else(|| town.jurisdiction.name().into()),
                state: town.jurisdiction,
                postal_code: town.postal_code,
            },
            position,
            zone: town.zone,
            phone: dice.percent(90).then(|| words::phone(dice)),
            wheelchair_access: None,
            confirmed_at: Vec::new(),
            moved_at: Vec::new(),
        }
    }
}

/// 100 × n^0.75 in whole numbers.
fn weight(zips: usize) -> u64 {
    let zips = zips as u64;
    (100 * zips * (10_000 * zips).isqrt()).isqrt()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a coordinate times four is a small number"
)]
fn cell(point: GeoPoint) -> Cell {
    (
        (point.latitude() * 4.0).floor() as i32,
        (point.longitude() * 4.0).floor() as i32,
    )
}

/// A point within a radius in metres, to the sixth decimal (eleven centimetres), which hides the last
/// bits in which machines differ.
fn scatter(dice: &mut Dice, middle: GeoPoint, radius: f64) -> GeoPoint {
    let (east, north) = dice.in_disc();
    let shrink = middle.latitude().to_radians().cos().max(0.01);
    let latitude = middle.latitude() + north * radius / METERS_PER_DEGREE;
    let longitude = middle.longitude() + east * radius / (METERS_PER_DEGREE * shrink);
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    GeoPoint::new(round(latitude), round(longitude)).unwrap_or(middle)
}
