//! What a search may be asked for and what it answers.

use std::cmp::Ordering;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::eligibility::ListingOutcome;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::Provider;
use domain::taxonomy::Discipline;

/// A person's place in the order of a search: all that a cursor needs to remember.
///
/// It consists of the person's own facts, so other people's changes move nobody across it.
#[derive(Debug, Clone, PartialEq)]
pub enum SortKey {
    /// Of a search with `near`.
    Near {
        /// The exact distance.
        distance_meters: f64,
        /// Breaks ties.
        npi: Npi,
    },
    /// Of a search without.
    Named {
        /// The family name, folded by [`crate::fold::fold`]; empty when there is none.
        family: String,
        /// The given name, likewise.
        given: String,
        /// Breaks ties.
        npi: Npi,
    },
}

/// Which part of the people is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page<'a> {
    /// How many at most.
    pub first: usize,
    /// Those after this key; a key of the other order belongs to another search, and nobody comes
    /// after it.
    pub after: Option<&'a SortKey>,
}

/// Which counts are wanted besides the page; each costs a look at everybody who may match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Want {
    /// How many people match.
    pub total: bool,
    /// Who is hidden by which law.
    pub notices: bool,
    /// How many people each further choice would leave.
    pub facets: bool,
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The page, in order.
    pub hits: Vec<Hit>,
    /// Is there somebody after the page?
    pub has_next: bool,
    /// Distinct people who match, whatever the page.
    pub total: Option<usize>,
    /// By jurisdiction and discipline.
    pub notices: Option<Vec<Notice>>,
    /// By value.
    pub facets: Option<Facets>,
}

/// A person who matches, and what makes them match.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Who.
    pub provider: Arc<Provider>,
    /// Where: an index into the person's locations.
    pub location: usize,
    /// Under which licence: an index into the person's licences; none is on file for the place.
    pub license: Option<usize>,
    /// As what.
    pub discipline: Discipline,
    /// How far away, in metres, for a search with `near`.
    pub distance_meters: Option<f64>,
    /// Shown as what: never `NOT_LISTED`.
    pub outcome: ListingOutcome,
    /// The place in the order.
    pub key: SortKey,
}

/// The law hides people: those of a discipline in a jurisdiction, because it prohibits needling to
/// them or because nobody has researched it.
///
/// Counts everybody with such a practice at a location that was asked for (within the radius, in the
/// jurisdiction, of the disciplines), whatever else is asked and whatever else fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// To whom.
    pub discipline: Discipline,
    /// On which day: the one asked for, or today. Where two zones of a jurisdiction have different
    /// todays, the later one on which somebody is hidden.
    pub on: NaiveDate,
    /// Distinct people.
    pub hidden_count: usize,
}

/// Distinct people by value, for every value that somebody has. Each list ignores its own filter and
/// keeps all the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Of qualifying practices, in the order of disciplines.
    pub disciplines: Vec<(Discipline, usize)>,
    /// Of qualifying locations, in the order of jurisdictions.
    pub jurisdictions: Vec<(Jurisdiction, usize)>,
    /// Canonical BCP 47 tags, in the order of their letters.
    pub languages: Vec<(Box<str>, usize)>,
    /// True first. People who never said are in neither.
    pub accepts_new_patients: Vec<(bool, usize)>,
    /// Of qualifying locations; true first. Those of which nobody said are in neither.
    pub wheelchair_access: Vec<(bool, usize)>,
}

impl SortKey {
    /// Who comes first. Keys of the two orders never meet in one search; a distance is less.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (
                Self::Near {
                    distance_meters,
                    npi,
                },
                Self::Near {
                    distance_meters: other_distance,
                    npi: other_npi,
                },
            ) => distance_meters
                .total_cmp(other_distance)
                .then_with(|| npi.cmp(other_npi)),
            (
                Self::Named { family, given, npi },
                Self::Named {
                    family: other_family,
                    given: other_given,
                    npi: other_npi,
                },
            ) => (family, given, npi).cmp(&(other_family, other_given, other_npi)),
            (Self::Near { .. }, Self::Named { .. }) => Ordering::Less,
            (Self::Named { .. }, Self::Near { .. }) => Ordering::Greater,
        }
    }
}
