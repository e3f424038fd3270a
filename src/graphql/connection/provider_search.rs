use std::sync::Arc;

use async_graphql::{Description, Object, SimpleObject};

use super::PageInfo;
use crate::graphql::codes::CoordinatePrecision;
use crate::graphql::error::Fault;
use crate::graphql::object::{
    LocationListing, PracticeLocation, Provider, ScopeNotice, SearchFacets, count,
};
use crate::service::search::{Found, Hit};

/// One page of people, nearest first; each person once, at their nearest place that qualifies. Ties are
/// in the order of the NPI.
#[derive(Description)]
pub struct ProviderSearchConnection {
    /// What was found.
    pub found: Found,
    /// Does the page go on from another?
    pub after: bool,
}

/// A person in the order of a search, and what of them belongs to this search.
#[derive(Description)]
pub struct ProviderSearchEdge(Hit);

/// How far a place is from where a search was made.
#[derive(SimpleObject)]
pub struct Distance {
    /// The haversine in metres on a sphere of 6,371,008.8 m: within 0.56 % of the ellipsoid.
    meters: f64,
    /// The same in international miles of 1,609.344 m.
    miles: f64,
    /// How exactly the place's own point is known.
    precision: CoordinatePrecision,
}

#[Object(use_type_description)]
impl ProviderSearchConnection {
    /// People with what of them belongs to this search.
    async fn edges(&self) -> Vec<ProviderSearchEdge> {
        let hits = self.found.hits.iter().cloned();
        hits.map(ProviderSearchEdge).collect()
    }

    /// The people themselves.
    async fn nodes(&self) -> Vec<Provider> {
        let hits = self.found.hits.iter();
        hits.map(|hit| Provider(Arc::clone(hit.provider())))
            .collect()
    }

    /// Where this page lies.
    async fn page_info(&self) -> PageInfo {
        let cursor = |hit: Option<&Hit>| hit.map(|hit| hit.cursor.encode());
        PageInfo {
            has_next_page: self.found.has_next,
            has_previous_page: self.after,
            start_cursor: cursor(self.found.hits.first()),
            end_cursor: cursor(self.found.hits.last()),
        }
    }

    /// People who match, whatever the cursor.
    async fn total_count(&self) -> Result<i32, Fault> {
        let total = self.found.total.map(count);
        total.ok_or_else(|| Fault::internal("totalCount was selected and not asked for"))
    }

    /// Who is hidden here by which law: one per (jurisdiction, discipline) within the radius whose
    /// status is PROHIBITED or UNKNOWN.
    async fn notices(&self) -> Result<Vec<ScopeNotice>, Fault> {
        let notices = self.found.notices.as_ref();
        notices
            .map(|notices| notices.iter().cloned().map(ScopeNotice).collect())
            .ok_or_else(|| Fault::internal("notices were selected and not asked for"))
    }

    /// Each facet ignores its own filter and keeps the others.
    async fn facets(&self) -> Result<SearchFacets, Fault> {
        let facets = self.found.facets.clone();
        facets
            .map(Into::into)
            .ok_or_else(|| Fault::internal("facets were selected and not asked for"))
    }
}

#[Object(use_type_description)]
impl ProviderSearchEdge {
    /// Where the next page goes on: for `after` with the same `input`.
    async fn cursor(&self) -> String {
        self.0.cursor.encode()
    }

    /// Who.
    async fn node(&self) -> Provider {
        Provider(Arc::clone(self.0.provider()))
    }

    /// How far; null where the search does not say from where.
    async fn distance(&self) -> Option<Distance> {
        self.0.distance.map(|distance| Distance {
            meters: distance.meters,
            miles: distance.miles(),
            precision: distance.precision.into(),
        })
    }

    /// The person's nearest place that qualifies; without `near`, the one with the best outcome.
    async fn location(&self) -> Result<PracticeLocation, Fault> {
        let at = self.0.judged.location;
        at.map(|at| PracticeLocation {
            of: Arc::clone(self.0.provider()),
            at,
        })
        .ok_or_else(|| Fault::internal("a search found a person at no place"))
    }

    /// What the person is shown as there, and why.
    async fn listing(&self) -> LocationListing {
        LocationListing::from(&self.0)
    }
}
