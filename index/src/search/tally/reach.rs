//! Whom to look at for a count.

use domain::search::Near;

use super::super::asked::Asked;
use super::super::found::Want;
use crate::bits::Bits;

/// People among whom all who count are found.
pub(super) enum Reach<'a> {
    Near(Near),
    Persons(&'a [u32]),
    Everybody,
}

impl<'a> Reach<'a> {
    /// Of those who match, and of those whom a facet counts because it ignores its own filter.
    pub(super) fn of_matches(asked: &'a Asked<'_>, want: Want) -> Self {
        match (
            &asked.named,
            asked.criteria.near,
            asked.criteria.jurisdiction,
        ) {
            (Some(named), _, _) => Self::Persons(named),
            (None, Some(near), _) => Self::Near(near),
            (None, None, Some(jurisdiction)) if !want.facets => {
                Self::Persons(asked.segment().persons_in(jurisdiction))
            }
            // The facet of jurisdictions ignores the only thing that is asked.
            (None, None, _) => Self::Everybody,
        }
    }

    /// Of those whom the law may hide: a name counts only where nothing else says where.
    pub(super) fn of_notices(asked: &'a Asked<'_>) -> Self {
        match (
            asked.criteria.near,
            asked.criteria.jurisdiction,
            &asked.named,
        ) {
            (Some(near), _, _) => Self::Near(near),
            (None, Some(jurisdiction), _) => {
                Self::Persons(asked.segment().persons_in(jurisdiction))
            }
            (None, None, Some(named)) => Self::Persons(named),
            (None, None, None) => Self::Everybody,
        }
    }

    /// Calls `visit` with every person within reach who counts, once.
    pub(super) fn for_each(&self, asked: &Asked<'_>, mut visit: impl FnMut(u32)) {
        let segment = asked.segment();
        let mut visit = |person: u32| {
            if !asked.layer.hides(person) {
                visit(person);
            }
        };
        match self {
            Self::Everybody => (0..crate::row(segment.len())).for_each(visit),
            Self::Persons(persons) => persons.iter().copied().for_each(visit),
            Self::Near(near) => {
                let mut seen = Bits::none(segment.len());
                segment
                    .sites
                    .for_each_within(near.origin(), near.radius_meters(), |site| {
                        for place in segment.places_at(site) {
                            let person = segment.place(*place).person;
                            if seen.insert(person) {
                                visit(person);
                            }
                        }
                    });
            }
        }
    }
}
