//! What people type when they mean a place: ZIPs, cities and states.
//!
//! `build` makes cities and states out of ZIPs, `find` understands what was typed, `spelling` says when
//! two spellings are one and when one is a slip of the other.

mod build;
mod find;
mod spelling;

use std::collections::HashMap;

use domain::place::{GeoPoint, Jurisdiction, PlaceKind, PostalCode, PostalPlace};

use spelling::Letters;

/// A ZIP, city or state that a search can be near to.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// `zip-80205`, `city-CO-denver`, `state-CO`: unique, and the same while the place exists.
    pub id: Box<str>,
    /// What it is.
    pub kind: PlaceKind,
    /// `80205`, `Denver`, `Colorado`.
    pub name: Box<str>,
    /// Where it lies.
    pub jurisdiction: Jurisdiction,
    /// A ZIP's own point. Of a city or state the middle of its ZIPs: the mean of their points as
    /// directions from the Earth's centre, which leans to where people live and is no worse at the
    /// antimeridian.
    pub point: GeoPoint,
}

/// All places. Immutable.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// By postal code; the first places are these, in this order.
    zips: Vec<PostalPlace>,
    places: Vec<Place>,
    by_id: HashMap<Box<str>, u32>,
    /// Cities and states by what they may be called, sorted.
    names: Vec<Name>,
}

/// One of the names of a city or state.
#[derive(Debug)]
struct Name {
    text: Box<str>,
    letters: Letters,
    place: u32,
    /// The number of its ZIPs, for want of a better measure of size.
    zips: u32,
}

impl Gazetteer {
    /// The row of a ZIP.
    pub fn zip(&self, code: PostalCode) -> Option<&PostalPlace> {
        let found = self.zips.binary_search_by_key(&code, |zip| zip.postal_code);
        found.ok().map(|at| &self.zips[at])
    }

    /// The place with an id.
    pub fn by_id(&self, id: &str) -> Option<&Place> {
        self.by_id.get(id).map(|at| &self.places[*at as usize])
    }

    /// How many ZIPs there are.
    pub fn len(&self) -> usize {
        self.zips.len()
    }

    /// Are there no ZIPs, and so no places at all?
    pub fn is_empty(&self) -> bool {
        self.zips.is_empty()
    }
}

#[cfg(test)]
mod tests;
