//! What a search asks for, valid by construction, and the order of what it finds.

use chrono::{Datelike, NaiveDate};

use crate::eligibility::ListingOutcome;
use crate::place::{GeoPoint, Jurisdiction, METERS_PER_MILE};
use crate::taxonomy::Discipline;

/// Radius of a search that names none, in miles.
pub const DEFAULT_RADIUS_MILES: f64 = 25.0;

/// The largest radius, in miles.
pub const MAX_RADIUS_MILES: f64 = 500.0;

/// The most languages that one search names.
const MAX_LANGUAGES: usize = 100;

/// The longest language tag, in bytes. Half of it is enough for any that is in use (RFC 5646, section
/// 4.4.1, wants room for 35).
const MAX_LANGUAGE_BYTES: usize = 64;

/// A circle on the Earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    origin: GeoPoint,
    radius_miles: f64,
}

/// One criterion is impossible.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{reason}")]
pub struct InvalidCriterion {
    /// The name of the field, as the API spells it.
    pub field: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

impl Near {
    /// `radius_miles` is more than 0 and at most [`MAX_RADIUS_MILES`]; none is [`DEFAULT_RADIUS_MILES`].
    pub fn new(origin: GeoPoint, radius_miles: Option<f64>) -> Result<Self, InvalidCriterion> {
        let radius_miles = radius_miles.unwrap_or(DEFAULT_RADIUS_MILES);
        if radius_miles > 0.0 && radius_miles <= MAX_RADIUS_MILES {
            Ok(Self {
                origin,
                radius_miles,
            })
        } else {
            Err(InvalidCriterion {
                field: "radiusMiles",
                reason: format!(
                    "radiusMiles is more than 0 and at most {MAX_RADIUS_MILES}, unlike {radius_miles}"
                ),
            })
        }
    }

    /// The circle that a search names, if it names one: a radius needs a middle.
    pub fn asked(
        origin: Option<GeoPoint>,
        radius_miles: Option<f64>,
    ) -> Result<Option<Self>, InvalidCriterion> {
        match (origin, radius_miles) {
            (Some(origin), radius_miles) => Self::new(origin, radius_miles).map(Some),
            (None, None) => Ok(None),
            (None, Some(_)) => Err(InvalidCriterion {
                field: "radiusMiles",
                reason: "radiusMiles needs near: a radius around nowhere finds nobody".to_owned(),
            }),
        }
    }

    /// The middle.
    pub const fn origin(&self) -> GeoPoint {
        self.origin
    }

    /// The radius in metres; a point at exactly this distance is inside.
    pub fn radius_meters(&self) -> f64 {
        self.radius_miles * METERS_PER_MILE
    }
}

/// What a search may ask for, before it is checked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawCriteria {
    /// Where.
    pub near: Option<Near>,
    /// In which jurisdiction the place of practice lies.
    pub jurisdiction: Option<Jurisdiction>,
    /// Practising as one of these; none named is all.
    pub disciplines: Vec<Discipline>,
    /// The least that is shown; VERIFIED when not named.
    pub at_least: Option<ListingOutcome>,
    /// On which day; today when not named.
    pub on: Option<NaiveDate>,
    /// Accepts new patients, or says they do not.
    pub accepts_new_patients: Option<bool>,
    /// Speaks one of these; BCP 47 tags.
    pub languages: Vec<String>,
    /// The place is accessible by wheelchair, or is said not to be.
    pub wheelchair_access: Option<bool>,
    /// The licence was checked at most this many days before the day.
    pub verified_within_days: Option<i64>,
    /// Every word begins a word of one of the person's names.
    pub name: Option<String>,
}

/// What a search asks for. Every value is possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Criteria(RawCriteria);

impl Criteria {
    /// Checks what was asked.
    pub fn new(raw: RawCriteria) -> Result<Self, InvalidCriterion> {
        let invalid = |field, reason: &str| {
            Err(InvalidCriterion {
                field,
                reason: reason.to_owned(),
            })
        };
        if raw.near.is_none() && raw.jurisdiction.is_none() && raw.name.is_none() {
            return invalid("near", "a search names near, jurisdiction or name");
        }
        if raw.at_least == Some(ListingOutcome::NotListed) {
            return invalid(
                "atLeast",
                "atLeast is VERIFIED or UNVERIFIED: people who are not listed are not shown",
            );
        }
        if raw
            .verified_within_days
            .is_some_and(|days| !(0..=3_660).contains(&days))
        {
            return invalid(
                "verifiedWithinDays",
                "verifiedWithinDays is between 0 and 3660",
            );
        }
        if raw
            .name
            .as_deref()
            .is_some_and(|name| !name.contains(char::is_alphanumeric))
        {
            return invalid("name", "name has at least one letter");
        }
        if raw.languages.len() > MAX_LANGUAGES {
            return invalid("languages", "at most 100 languages are asked for at once");
        }
        if !raw.languages.iter().all(|tag| is_language_tag(tag)) {
            return invalid("languages", "languages are BCP 47 tags such as en or es-MX");
        }
        if raw.on.is_some_and(|on| !(1..=9_999).contains(&on.year())) {
            return invalid("on", "on is a day of the years 1 to 9999");
        }
        Ok(Self(raw))
    }

    /// What is asked, as checked.
    pub const fn get(&self) -> &RawCriteria {
        &self.0
    }

    /// The least that is shown.
    pub fn at_least(&self) -> ListingOutcome {
        self.0.at_least.unwrap_or(ListingOutcome::Verified)
    }
}

/// Has it the form of a BCP 47 tag? RFC 5646, section 2.1: subtags of at most eight letters and
/// digits, the first of two or more letters; 64 bytes at most.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    let letters = first.bytes().all(|byte| byte.is_ascii_alphabetic());
    tag.len() <= MAX_LANGUAGE_BYTES
        && (2..=8).contains(&first.len())
        && letters
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len())
                && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
