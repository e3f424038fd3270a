//! Who does dry needling near here: nearest first, page by page, at one data version.

mod cursor;

use std::sync::Arc;

use domain::eligibility::ListingOutcome;
use domain::place::{CoordinatePrecision, GeoPoint, METERS_PER_MILE, PostalCode};
use domain::provider::Provider;
use domain::search::{Criteria, InvalidCriterion};
use index::{Facets, Page, Want};

use super::Reading;
use super::listing::Judged;
use super::scope::{self, Decision};
pub use cursor::{Cursor, InvalidCursor};

/// How somebody says where.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin<'a> {
    /// By a point.
    Point(GeoPoint),
    /// By a ZIP code as typed.
    PostalCode(&'a str),
    /// By a place's id, as [`index::Place`] carries it.
    Place(&'a str),
}

/// What one page holds besides people, as far as it was wanted.
#[derive(Debug, Clone)]
pub struct Found {
    /// This page's people.
    pub hits: Vec<Hit>,
    /// Is there another page?
    pub has_next: bool,
    /// Everybody who matches.
    pub total: Option<usize>,
    /// Who is hidden by which law.
    pub notices: Option<Vec<Notice>>,
    /// How many there are of each kind.
    pub facets: Option<Facets>,
}

/// A person, at their nearest place that qualifies.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Where and under which licence, on the day asked.
    pub judged: Judged,
    /// What that person is shown as there.
    pub outcome: ListingOutcome,
    /// How far, where a search says from where.
    pub distance: Option<Distance>,
    /// Where the next page goes on.
    pub cursor: Cursor,
}

impl Hit {
    /// Who.
    pub fn provider(&self) -> &Arc<Provider> {
        &self.judged.provider
    }
}

/// A distance on the sphere, and how exactly it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// Metres.
    pub meters: f64,
    /// How exact the place's point is.
    pub precision: CoordinatePrecision,
}

impl Distance {
    /// The same in international miles.
    pub fn miles(self) -> f64 {
        self.meters / METERS_PER_MILE
    }
}

/// People whom one rule hides.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The rule, and what it says.
    pub decision: Decision,
    /// How many.
    pub hidden_count: usize,
}

/// The point that somebody means; the error names `near.…` as the API spells it.
pub fn locate(reading: &Reading, origin: &Origin<'_>) -> Result<GeoPoint, InvalidCriterion> {
    match origin {
        Origin::Point(point) => Ok(*point),
        Origin::PostalCode(text) => {
            let invalid = |reason| InvalidCriterion {
                field: "near.postalCode",
                reason,
            };
            let code: PostalCode = text
                .trim()
                .parse()
                .map_err(|error: domain::place::InvalidPostalCode| invalid(error.to_string()))?;
            reading
                .places()
                .zip(code)
                .map(|place| place.point)
                .ok_or_else(|| invalid(format!("no place is known for ZIP code {code}")))
        }
        Origin::Place(id) => reading
            .places()
            .by_id(id)
            .map(|place| place.point)
            .ok_or_else(|| InvalidCriterion {
                field: "near.placeId",
                reason: "no place has this id; `places` gives ids".to_owned(),
            }),
    }
}

/// One page of people. Every page is judged when it is asked for, the later ones too: a cursor that
/// somebody kept never shows what has ceased to hold.
pub fn search(
    reading: &Reading,
    criteria: &Criteria,
    first: usize,
    after: Option<&str>,
    want: Want,
) -> Result<Found, InvalidCursor> {
    let digest = cursor::digest(criteria);
    let after = after
        .map(|text| Cursor::decode(text, digest, criteria.get().near.is_some()))
        .transpose()?;
    let page = Page {
        first,
        after: after.as_ref().map(|cursor| &cursor.key),
    };
    let found = reading
        .snapshot()
        .search(criteria, reading.now(), page, want);
    let on = criteria.get().on;
    let hits = found.hits.into_iter();
    let notices = found.notices.map(|notices| {
        let notices = notices.into_iter();
        notices
            .map(|notice| Notice {
                decision: scope::decide(
                    reading,
                    notice.discipline,
                    notice.jurisdiction,
                    Some(notice.on),
                ),
                hidden_count: notice.hidden_count,
            })
            .collect()
    });
    Ok(Found {
        hits: hits.map(|hit| hit_of(reading, hit, on, digest)).collect(),
        has_next: found.has_next,
        total: found.total,
        notices,
        facets: found.facets,
    })
}

fn hit_of(
    reading: &Reading,
    hit: index::Hit,
    on: Option<chrono::NaiveDate>,
    digest: cursor::Digest,
) -> Hit {
    let location = &hit.provider.locations[hit.location];
    Hit {
        distance: hit.distance_meters.map(|meters| Distance {
            meters,
            precision: location
                .position
                .map_or(CoordinatePrecision::Unknown, |position| position.precision),
        }),
        outcome: hit.outcome,
        cursor: Cursor {
            digest,
            key: hit.key,
        },
        judged: Judged {
            day: reading.day(on, location.zone),
            location: Some(hit.location),
            discipline: hit.discipline,
            license: hit.license,
            provider: hit.provider,
        },
    }
}
