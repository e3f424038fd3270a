use async_graphql::SimpleObject;

use super::count;
use crate::graphql::codes::{Discipline, Jurisdiction};
use crate::service::Facets;

/// How many people match for each value of a filter. Each facet ignores its own filter and keeps the
/// others; a person counts once for each value that they have.
#[derive(SimpleObject)]
pub struct SearchFacets {
    /// By the discipline of a practice that qualifies.
    disciplines: Vec<DisciplineCount>,
    /// By the jurisdiction of a place that qualifies.
    jurisdictions: Vec<JurisdictionCount>,
    /// By language spoken with patients.
    languages: Vec<LanguageCount>,
    /// By what people say of new patients; those who never said are in neither count.
    accepts_new_patients: Vec<BooleanCount>,
    /// By what places that qualify say of wheelchairs; those that never said are in neither count.
    wheelchair_access: Vec<BooleanCount>,
}

/// People of a discipline.
#[derive(SimpleObject)]
pub struct DisciplineCount {
    /// The discipline.
    value: Discipline,
    /// How many people.
    count: i32,
}

/// People with a place in a jurisdiction.
#[derive(SimpleObject)]
pub struct JurisdictionCount {
    /// The jurisdiction.
    value: Jurisdiction,
    /// How many people.
    count: i32,
}

/// People who speak a language.
#[derive(SimpleObject)]
pub struct LanguageCount {
    /// The language's BCP 47 tag.
    value: String,
    /// How many people.
    count: i32,
}

/// People of whom something is true, or is not.
#[derive(SimpleObject)]
pub struct BooleanCount {
    /// True or not.
    value: bool,
    /// How many people.
    count: i32,
}

impl From<Facets> for SearchFacets {
    fn from(facets: Facets) -> Self {
        let booleans = |counts: Vec<(bool, usize)>| {
            let counts = counts.into_iter();
            counts
                .map(|(value, people)| BooleanCount {
                    value,
                    count: count(people),
                })
                .collect()
        };
        Self {
            disciplines: facets
                .disciplines
                .into_iter()
                .map(|(value, people)| DisciplineCount {
                    value: value.into(),
                    count: count(people),
                })
                .collect(),
            jurisdictions: facets
                .jurisdictions
                .into_iter()
                .map(|(value, people)| JurisdictionCount {
                    value: value.into(),
                    count: count(people),
                })
                .collect(),
            languages: facets
                .languages
                .into_iter()
                .map(|(value, people)| LanguageCount {
                    value: value.into(),
                    count: count(people),
                })
                .collect(),
            accepts_new_patients: booleans(facets.accepts_new_patients),
            wheelchair_access: booleans(facets.wheelchair_access),
        }
    }
}
