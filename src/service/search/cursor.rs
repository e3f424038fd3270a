//! Cursors: where a page ends, as text that clients keep and never read.
//!
//! A cursor holds a digest of the criteria, the day they name among them, and the exact sort key of the
//! last person shown, so that the next page begins strictly after that key whoever came or went
//! meanwhile. It confers no right, hence a checksum and no secret: a garbled one is refused instead of
//! believed.

use data_encoding::BASE64URL_NOPAD;
use domain::npi::Npi;
use domain::search::Criteria;
use index::SortKey;
use sha2::{Digest as _, Sha256};

/// Counts up whenever the layout or the meaning of a cursor changes.
const VERSION: u8 = 1;
const NEAR: u8 = 0;
const NAMED: u8 = 1;
const CHECKSUM_BYTES: usize = 6;

/// A digest of everything that criteria ask for.
pub(super) type Digest = [u8; 12];

/// A place in the answer to one search.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    pub(super) digest: Digest,
    pub(super) key: SortKey,
}

/// Why a text is not a place in the answer to this search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCursor {
    /// Not one of ours, or changed on its way.
    #[error("this is not a cursor that this server gave")]
    Garbled,
    /// Of a server that writes cursors otherwise.
    #[error("this cursor is of another version of the server: begin again without it")]
    OtherVersion,
    /// Given for another search.
    #[error("this cursor was given for a search with other criteria: begin again without it")]
    OtherCriteria,
}

impl Cursor {
    /// As text.
    pub fn encode(&self) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.digest);
        match &self.key {
            SortKey::Near {
                distance_meters,
                npi,
            } => {
                bytes.push(NEAR);
                bytes.extend(npi.number().to_be_bytes());
                bytes.extend(distance_meters.to_bits().to_be_bytes());
            }
            SortKey::Named { family, given, npi } => {
                bytes.push(NAMED);
                bytes.extend(npi.number().to_be_bytes());
                // Neither name contains a zero byte: see `name_parts`.
                bytes.extend(family.as_bytes());
                bytes.push(0);
                bytes.extend(given.as_bytes());
            }
        }
        bytes.extend(checksum(&bytes));
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// From text, for a search with that digest.
    pub(super) fn decode(text: &str, digest: Digest, near: bool) -> Result<Self, InvalidCursor> {
        let bytes = BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| InvalidCursor::Garbled)?;
        let (body, sum) = bytes
            .split_last_chunk::<CHECKSUM_BYTES>()
            .ok_or(InvalidCursor::Garbled)?;
        if checksum(body) != *sum {
            return Err(InvalidCursor::Garbled);
        }
        match body.split_first() {
            Some((&VERSION, rest)) => read(rest, digest, near),
            _ => Err(InvalidCursor::OtherVersion),
        }
    }
}

fn read(mut rest: &[u8], digest: Digest, near: bool) -> Result<Cursor, InvalidCursor> {
    if take::<12>(&mut rest)? != digest {
        return Err(InvalidCursor::OtherCriteria);
    }
    let [kind] = take(&mut rest)?;
    let npi = u64::from_be_bytes(take(&mut rest)?);
    let npi: Npi = format!("{npi:010}")
        .parse()
        .map_err(|_| InvalidCursor::Garbled)?;
    let key = match (kind, near) {
        (NEAR, true) => {
            let distance_meters = f64::from_bits(u64::from_be_bytes(take(&mut rest)?));
            if !distance_meters.is_finite() || distance_meters < 0.0 || !rest.is_empty() {
                return Err(InvalidCursor::Garbled);
            }
            SortKey::Near {
                distance_meters,
                npi,
            }
        }
        (NAMED, false) => {
            let (family, given) = name_parts(rest)?;
            SortKey::Named { family, given, npi }
        }
        _ => return Err(InvalidCursor::Garbled),
    };
    Ok(Cursor { digest, key })
}

fn name_parts(bytes: &[u8]) -> Result<(String, String), InvalidCursor> {
    let text = std::str::from_utf8(bytes).map_err(|_| InvalidCursor::Garbled)?;
    let (family, given) = text.split_once('\0').ok_or(InvalidCursor::Garbled)?;
    Ok((family.to_owned(), given.to_owned()))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], InvalidCursor> {
    let (chunk, after) = rest
        .split_first_chunk::<N>()
        .ok_or(InvalidCursor::Garbled)?;
    *rest = after;
    Ok(*chunk)
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM_BYTES] {
    first(
        &Sha256::new()
            .chain_update("drypoint cursor")
            .chain_update(body)
            .finalize(),
    )
}

/// The digest of criteria: equal for two that ask the same, whatever order they ask it in.
pub(super) fn digest(criteria: &Criteria) -> Digest {
    let asked = criteria.get();
    let mut disciplines: Vec<_> = asked.disciplines.iter().map(|one| one.code()).collect();
    disciplines.sort_unstable();
    disciplines.dedup();
    let mut languages: Vec<_> = asked
        .languages
        .iter()
        .map(|tag| tag.to_ascii_lowercase())
        .collect();
    languages.sort_unstable();
    languages.dedup();
    let near = asked.near.map(|near| {
        let origin = near.origin();
        [
            origin.latitude().to_bits(),
            origin.longitude().to_bits(),
            near.radius_meters().to_bits(),
        ]
    });
    let canonical = serde_json::json!([
        near,
        asked.jurisdiction.map(domain::place::Jurisdiction::code),
        disciplines,
        criteria.at_least().code(),
        asked.on,
        asked.accepts_new_patients,
        languages,
        asked.wheelchair_access,
        asked.verified_within_days,
        asked.name,
    ]);
    first(&Sha256::digest(canonical.to_string()))
}

fn first<const N: usize>(hash: &[u8]) -> [u8; N] {
    let mut start = [0; N];
    start.copy_from_slice(&hash[..N]);
    start
}

#[cfg(test)]
mod tests {
    use domain::place::{GeoPoint, Jurisdiction};
    use domain::search::{Near, RawCriteria};
    use domain::taxonomy::Discipline;
    use proptest::prelude::*;

    use super::*;

    const DIGEST: Digest = [7; 12];

    fn cursor(key: SortKey) -> Cursor {
        Cursor {
            digest: DIGEST,
            key,
        }
    }

    #[test]
    fn a_cursor_of_one_order_does_not_serve_the_other() {
        let near = cursor(SortKey::Near {
            distance_meters: 1.5,
            npi: Npi::sample(1),
        });
        assert_eq!(
            Cursor::decode(&near.encode(), DIGEST, true),
            Ok(near.clone())
        );
        assert_eq!(
            Cursor::decode(&near.encode(), DIGEST, false),
            Err(InvalidCursor::Garbled)
        );
        assert_eq!(
            Cursor::decode(&near.encode(), [8; 12], true),
            Err(InvalidCursor::OtherCriteria)
        );
    }

    #[test]
    fn a_cursor_of_another_version_says_so() {
        let mut body = vec![VERSION + 1, 1, 2, 3];
        body.extend(checksum(&body));
        let text = BASE64URL_NOPAD.encode(&body);
        assert_eq!(
            Cursor::decode(&text, DIGEST, true),
            Err(InvalidCursor::OtherVersion)
        );
    }

    #[test]
    fn criteria_that_ask_the_same_have_one_digest() {
        let origin = GeoPoint::new(39.75, -104.96).unwrap();
        let raw = RawCriteria {
            near: Some(Near::new(origin, None).unwrap()),
            disciplines: vec![Discipline::Chiropractor, Discipline::Acupuncturist],
            languages: vec!["es".to_owned(), "EN".to_owned()],
            ..RawCriteria::default()
        };
        let same = RawCriteria {
            near: Some(Near::new(origin, Some(25.0)).unwrap()),
            disciplines: vec![
                Discipline::Acupuncturist,
                Discipline::Chiropractor,
                Discipline::Acupuncturist,
            ],
            languages: vec!["en".to_owned(), "es".to_owned()],
            at_least: Some(domain::eligibility::ListingOutcome::Verified),
            ..RawCriteria::default()
        };
        let other = RawCriteria {
            jurisdiction: Some(Jurisdiction::Co),
            ..raw.clone()
        };
        let [one, two, three] = [raw, same, other].map(|raw| digest(&Criteria::new(raw).unwrap()));
        assert_eq!(one, two);
        assert_ne!(one, three);
    }

    proptest! {
        #[test]
        fn every_place_in_an_order_by_distance_survives_the_journey(
            distance_meters in 0.0..=20_100_000.0_f64, serial in 0..100_000_000_u32,
        ) {
            let there = cursor(SortKey::Near { distance_meters, npi: Npi::sample(serial) });
            prop_assert_eq!(Cursor::decode(&there.encode(), DIGEST, true), Ok(there));
        }

        #[test]
        fn every_place_in_an_order_by_name_survives_the_journey(
            family in "[^\\x00]{0,40}", given in "[^\\x00]{0,40}", serial in 0..100_000_000_u32,
        ) {
            let there = cursor(SortKey::Named { family, given, npi: Npi::sample(serial) });
            prop_assert_eq!(Cursor::decode(&there.encode(), DIGEST, false), Ok(there));
        }

        #[test]
        fn no_text_and_no_bytes_with_a_right_checksum_break_the_reader(
            text in ".{0,80}", mut body in prop::collection::vec(any::<u8>(), 0..80), near: bool,
        ) {
            prop_assert!(Cursor::decode(&text, DIGEST, near).is_err());
            if let Some(first) = body.first_mut() {
                *first = VERSION;
            }
            if let Some(digest) = body.get_mut(1..13) {
                digest.copy_from_slice(&DIGEST);
            }
            body.extend(checksum(&body));
            if let Ok(cursor) = Cursor::decode(&BASE64URL_NOPAD.encode(&body), DIGEST, near) {
                prop_assert_eq!(cursor.encode(), BASE64URL_NOPAD.encode(&body));
            }
        }
    }
}
