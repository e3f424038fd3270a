//! Points on the sphere, found by distance.
//!
//! A kd-tree over unit vectors: in three dimensions neither the poles nor the antimeridian are special.
//! Boxes only rule out; every point that comes out was measured by [`GeoPoint::distance_meters`]. A box
//! is given [`SLACK_METERS`] of benefit, so that rounding never loses a point on the edge. Exact for
//! distances up to a quarter of the Earth's circumference, far beyond the largest radius.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use domain::place::{EARTH_RADIUS_METERS, GeoPoint};

use crate::row;

/// Unit vectors in `f64` place a point within 10⁻⁸ m; a millimetre is ample.
const SLACK_METERS: f64 = 0.001;

/// Points in a leaf: few enough to measure them all, enough to keep the tree small.
const LEAF: usize = 8;

type Vector = [f64; 3];

/// Distinct points, arranged so that near ones lie together.
#[derive(Debug, Default)]
pub(crate) struct Sites {
    points: Vec<GeoPoint>,
    /// In preorder: the left child follows its parent.
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    low: Vector,
    high: Vector,
    start: u32,
    end: u32,
    /// The right child; none for a leaf.
    right: Option<u32>,
}

impl Sites {
    /// Arranges points; also tells, for every place in the arrangement, which point came to lie there.
    pub(crate) fn new(points: &[GeoPoint]) -> (Self, Vec<u32>) {
        let mut order: Vec<(Vector, u32)> = points
            .iter()
            .enumerate()
            .map(|(number, point)| (unit_vector(*point), row(number)))
            .collect();
        let mut nodes = Vec::with_capacity(4 * points.len() / LEAF);
        if !order.is_empty() {
            divide(&mut order, 0, &mut nodes);
        }
        let origin_of: Vec<u32> = order.into_iter().map(|(_, number)| number).collect();
        let points = origin_of
            .iter()
            .map(|number| points[*number as usize])
            .collect();
        (Self { points, nodes }, origin_of)
    }

    /// Calls `visit` with every point within a radius, edge included, in no order.
    pub(crate) fn for_each_within(
        &self,
        origin: GeoPoint,
        radius_meters: f64,
        mut visit: impl FnMut(u32),
    ) {
        let centre = unit_vector(origin);
        let outside = chord_squared(radius_meters + SLACK_METERS);
        let inside = chord_squared((radius_meters - SLACK_METERS).max(0.0));
        let mut open: Vec<usize> = Vec::from_iter(self.root());
        while let Some(number) = open.pop() {
            let node = &self.nodes[number];
            if node.least_squared(centre) > outside {
                continue;
            }
            if node.most_squared(centre) < inside {
                (node.start..node.end).for_each(&mut visit);
            } else if let Some(right) = node.right {
                open.extend([right as usize, number + 1]);
            } else {
                (node.start..node.end)
                    .filter(|site| {
                        origin.distance_meters(self.points[*site as usize]) <= radius_meters
                    })
                    .for_each(&mut visit);
            }
        }
    }

    /// The points at least `from` and at most `to` metres away with their distances, nearest first.
    pub(crate) fn nearest(&self, origin: GeoPoint, from: f64, to: f64) -> Nearest<'_> {
        let mut open = BinaryHeap::new();
        open.extend(self.root().map(|root| Open {
            meters: 0.0,
            what: What::Node(root),
        }));
        Nearest {
            sites: self,
            origin,
            centre: unit_vector(origin),
            from,
            from_chord_squared: chord_squared((from - SLACK_METERS).max(0.0)),
            to,
            open,
        }
    }

    fn root(&self) -> Option<usize> {
        (!self.nodes.is_empty()).then_some(0)
    }
}

/// Points in the order of their distance, found while they are asked for.
pub(crate) struct Nearest<'a> {
    sites: &'a Sites,
    origin: GeoPoint,
    centre: Vector,
    from: f64,
    from_chord_squared: f64,
    to: f64,
    open: BinaryHeap<Open>,
}

impl Iterator for Nearest<'_> {
    type Item = (f64, u32);

    fn next(&mut self) -> Option<(f64, u32)> {
        while let Some(nearest) = self.open.pop() {
            match nearest.what {
                What::Site(site) => return Some((nearest.meters, site)),
                What::Node(number) => self.open_node(number),
            }
        }
        None
    }
}

impl Nearest<'_> {
    fn open_node(&mut self, number: usize) {
        let node = &self.sites.nodes[number];
        if let Some(right) = node.right {
            for child in [number + 1, right as usize] {
                let node = &self.sites.nodes[child];
                let meters = meters(node.least_squared(self.centre)) - SLACK_METERS;
                let is_before = node.most_squared(self.centre) < self.from_chord_squared;
                if meters <= self.to && !is_before {
                    self.open.push(Open {
                        meters,
                        what: What::Node(child),
                    });
                }
            }
            return;
        }
        for site in node.start..node.end {
            let meters = self
                .origin
                .distance_meters(self.sites.points[site as usize]);
            if (self.from..=self.to).contains(&meters) {
                self.open.push(Open {
                    meters,
                    what: What::Site(site),
                });
            }
        }
    }
}

/// Something yet to be looked at, and the least distance at which it can lie.
#[derive(Debug, PartialEq)]
struct Open {
    meters: f64,
    what: What,
}

/// A box comes before a point at the same distance: a point in it may lie just as near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Node(usize),
    Site(u32),
}

impl Eq for Open {}

impl Ord for Open {
    /// The greatest comes first out of a heap, so the nearest is the greatest.
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .meters
            .total_cmp(&self.meters)
            .then_with(|| other.what.cmp(&self.what))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Node {
    /// The square of the shortest chord from a point of the sphere to the box.
    fn least_squared(&self, centre: Vector) -> f64 {
        (0..3)
            .map(|axis| {
                let gap = (self.low[axis] - centre[axis])
                    .max(centre[axis] - self.high[axis])
                    .max(0.0);
                gap * gap
            })
            .sum()
    }

    /// The square of the longest chord from a point of the sphere to the box.
    fn most_squared(&self, centre: Vector) -> f64 {
        (0..3)
            .map(|axis| {
                let gap = (self.high[axis] - centre[axis])
                    .abs()
                    .max((centre[axis] - self.low[axis]).abs());
                gap * gap
            })
            .sum()
    }
}

fn divide(points: &mut [(Vector, u32)], start: usize, nodes: &mut Vec<Node>) {
    let mut low = [f64::INFINITY; 3];
    let mut high = [f64::NEG_INFINITY; 3];
    for (vector, _) in &*points {
        for axis in 0..3 {
            low[axis] = low[axis].min(vector[axis]);
            high[axis] = high[axis].max(vector[axis]);
        }
    }
    let number = nodes.len();
    nodes.push(Node {
        low,
        high,
        start: row(start),
        end: row(start + points.len()),
        right: None,
    });
    if points.len() <= LEAF {
        return;
    }
    let widest = (0..3)
        .max_by(|a, b| (high[*a] - low[*a]).total_cmp(&(high[*b] - low[*b])))
        .unwrap_or(0);
    let middle = points.len() / 2;
    points.select_nth_unstable_by(middle, |a, b| a.0[widest].total_cmp(&b.0[widest]));
    let (left, right) = points.split_at_mut(middle);
    divide(left, start, nodes);
    nodes[number].right = Some(row(nodes.len()));
    divide(right, start + middle, nodes);
}

fn unit_vector(point: GeoPoint) -> Vector {
    let (sin_lat, cos_lat) = point.latitude().to_radians().sin_cos();
    let (sin_lon, cos_lon) = point.longitude().to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// The square of the straight line through the unit sphere between points so many metres apart.
fn chord_squared(meters: f64) -> f64 {
    let half_angle = (meters / EARTH_RADIUS_METERS / 2.0).min(std::f64::consts::FRAC_PI_2);
    4.0 * half_angle.sin().powi(2)
}

/// The inverse of [`chord_squared`].
fn meters(chord_squared: f64) -> f64 {
    2.0 * EARTH_RADIUS_METERS * (chord_squared.sqrt() / 2.0).min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use domain::place::METERS_PER_MILE;
    use proptest::prelude::*;

    use super::*;

    const FARTHEST: f64 = 500.0 * METERS_PER_MILE;

    fn point(latitude: f64, longitude: f64) -> GeoPoint {
        GeoPoint::new(latitude, longitude).unwrap()
    }

    /// Anywhere, but often near the poles, the antimeridian and Denver, and often in one another's way.
    fn points() -> impl Strategy<Value = GeoPoint> {
        let latitude = prop_oneof![
            -90.0..=90.0,
            39.0..=41.0,
            85.0..=90.0,
            -90.0..=-85.0,
            Just(90.0),
            Just(-90.0),
            Just(0.0),
            (35..=45_i8).prop_map(f64::from),
        ];
        let longitude = prop_oneof![
            -180.0..=180.0,
            -106.0..=-104.0,
            175.0..=180.0,
            -180.0..=-175.0,
            Just(180.0),
            Just(-180.0),
            Just(0.0),
            (-110..=-100_i8).prop_map(f64::from),
        ];
        (latitude, longitude).prop_map(|(latitude, longitude)| point(latitude, longitude))
    }

    /// What a look at every point finds: those within a radius by their numbers, nearest first.
    fn scan(points: &[GeoPoint], origin: GeoPoint, from: f64, to: f64) -> Vec<(f64, u32)> {
        let mut found: Vec<(f64, u32)> = (0..)
            .zip(points)
            .map(|(number, point)| (origin.distance_meters(*point), number))
            .filter(|(meters, _)| (from..=to).contains(meters))
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        found
    }

    fn check(points: &[GeoPoint], origin: GeoPoint, from: f64, to: f64) {
        let (sites, numbers) = Sites::new(points);
        let mut nearest: Vec<(f64, u32)> = sites
            .nearest(origin, from, to)
            .map(|(meters, site)| (meters, numbers[site as usize]))
            .collect();
        assert!(nearest.is_sorted_by(|a, b| a.0 <= b.0), "nearest first");
        nearest.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        assert_eq!(nearest, scan(points, origin, from, to));

        let mut within = Vec::new();
        sites.for_each_within(origin, to, |site| within.push(numbers[site as usize]));
        within.sort_unstable();
        let mut scanned: Vec<u32> = scan(points, origin, 0.0, to)
            .into_iter()
            .map(|(_, number)| number)
            .collect();
        scanned.sort_unstable();
        assert_eq!(within, scanned);
    }

    proptest! {
        #[test]
        fn the_tree_finds_what_a_scan_finds(
            points in proptest::collection::vec(points(), 0..300),
            origin in points(),
            from in prop_oneof![Just(0.0), 0.0..FARTHEST],
            to in prop_oneof![Just(0.0), 0.0..1000.0, 0.0..=FARTHEST],
        ) {
            check(&points, origin, from, to);
        }

        #[test]
        fn points_exactly_on_the_edge_are_found(
            points in proptest::collection::vec(points(), 1..100),
            origin in points(),
        ) {
            let all = scan(&points, origin, 0.0, FARTHEST);
            for (edge, _) in all.iter().step_by(10) {
                check(&points, origin, 0.0, *edge);
                check(&points, origin, *edge, *edge);
                check(&points, origin, edge.next_up(), FARTHEST);
                check(&points, origin, 0.0, edge.next_down().max(0.0));
            }
        }
    }

    #[test]
    fn neither_poles_nor_antimeridian_are_an_edge() {
        let points = [
            point(51.9, 179.9),
            point(51.9, -179.9),
            point(89.9, 10.0),
            point(89.9, -170.0),
            point(-90.0, 45.0),
        ];
        let near = |origin, meters| scan(&points, origin, 0.0, meters).len();
        assert_eq!(near(point(51.9, 180.0), 10_000.0), 2);
        assert_eq!(near(point(90.0, 0.0), 12_000.0), 2);
        assert_eq!(near(point(-90.0, -100.0), 0.001), 1);
        for origin in [point(51.9, 180.0), point(90.0, 0.0), point(-90.0, -100.0)] {
            check(&points, origin, 0.0, 12_000.0);
        }
    }

    #[test]
    fn no_points_are_found_among_none() {
        check(&[], point(0.0, 0.0), 0.0, FARTHEST);
    }
}
