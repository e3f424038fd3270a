//! Made-up people at real ZIP points: always the same for a seed, a clock, the places and the law.
//!
//! Nobody here exists. NPIs begin with 9, telephone numbers lie in the range kept for fiction, names
//! are drawn from lists and combined by chance, and whoever issues something or makes a needle is
//! invented. What is real: cities, states, ZIP codes and the law. Every check date counts back from
//! the clock, so that a fresh sample is a directory in use, with all that goes wrong in one.
//!
//! Modules in reading order: [`person`] puts a person together from [`place`], [`name`], [`license`],
//! [`needs`] (what the law asks), [`life`] (what came when) and [`proof`] ([`training`], [`credential`],
//! [`attestation`]); [`flaw`] then takes something away. [`dice`] is the only source of chance and [`calendar`] the only reader of time.
//!
//! [`seed()`] writes them into a database.
//!
//! A new kind of flaw goes into [`flaw`], a new kind of evidence into [`needs`].

mod attestation;
mod calendar;
mod credential;
mod dice;
mod flaw;
mod ids;
mod license;
mod life;
mod name;
mod needs;
mod person;
mod place;
mod proof;
mod seed;
mod training;
mod words;

use chrono::{DateTime, Utc};
use domain::place::PostalPlace;
use domain::provider::Provider;
use domain::scope::ScopeLaw;

pub use seed::{DEFAULT_SEED, Example, SeedError, Seeded, seed};

use person::World;

/// How many made-up people there can be: an NPI that begins with 9 has eight free digits.
pub const MAX_PEOPLE: u32 = 100_000_000;

/// The serial numbers of one seed begin this far from those of the next.
const SERIALS_PER_SEED: u64 = 1_000_000;

/// The first `count` people of a seed.
///
/// The same arguments give the same people, bit for bit, and the first people of a longer run are
/// those of a shorter one. Two seeds below 100 share no NPI while both stay below a million people.
/// Without a place that people live in there is nobody; [`MAX_PEOPLE`] is the most there can be. The
/// numbers of rows are unique among everybody of all such runs.
pub fn people<'a>(
    count: usize,
    seed: u64,
    now: DateTime<Utc>,
    places: &'a [PostalPlace],
    scope: &'a ScopeLaw,
) -> impl Iterator<Item = Provider> + use<'a> {
    let world = World::new(now, places, scope);
    let count = if world.is_inhabited() {
        u32::try_from(count).unwrap_or(u32::MAX).min(MAX_PEOPLE)
    } else {
        0
    };
    (0..count).map(move |index| world.person(seed, index, serial(seed, index)))
}

/// The eight digits of a person's NPI after the leading 9.
fn serial(seed: u64, index: u32) -> u32 {
    let limit = u64::from(MAX_PEOPLE);
    let first = (seed % limit) * SERIALS_PER_SEED % limit;
    u32::try_from((first + u64::from(index)) % limit).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_have_serial_numbers_of_their_own() {
        assert_eq!(serial(0, 0), 0);
        assert_eq!(serial(1, 4_999), 1_004_999);
        assert_eq!(serial(99, 999_999), 99_999_999);
        assert_eq!(serial(100, 7), 7);
        assert!(serial(u64::MAX, u32::MAX) < MAX_PEOPLE);
    }
}
