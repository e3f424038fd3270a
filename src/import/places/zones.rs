//! The counties and ZIP codes that keep another time than most of their state.

use std::collections::HashMap;

use chrono_tz::Tz;
use domain::place::{Jurisdiction, PostalCode};

use crate::import::file::{Column, Next, Rows};

/// The zone of a place's clocks: of its ZIP, else of its county, else of its state.
#[derive(Debug, Clone, Default)]
pub struct Zones {
    by_zip: HashMap<PostalCode, Tz>,
    by_county: HashMap<(Jurisdiction, String), Tz>,
}

const COLUMNS: [Column; 4] = [
    Column(&["state"]),
    Column(&["county"]),
    Column(&["zip"]),
    Column(&["zone"]),
];

impl Zones {
    /// Reads `zone_exceptions.csv`; each row names a county or a ZIP.
    ///
    /// # Errors
    /// Names the line of the first row that cannot be read.
    pub fn read(csv: &[u8]) -> Result<Self, String> {
        let mut zones = Self::default();
        let told = |error: crate::import::ImportError| error.to_string();
        let file = "zone_exceptions.csv";
        let mut rows = Rows::new(file, csv, &COLUMNS, std::sync::Arc::default()).map_err(told)?;
        loop {
            let row = match rows.next().map_err(told)? {
                Next::Row(row) => row,
                Next::Misshapen { line, .. } => return Err(format!("{file} line {line}")),
                Next::End => return Ok(zones),
            };
            let bad = |what: &str| format!("{file} line {}: {what}", row.line);
            let state: Jurisdiction = row.get(0).parse().map_err(|_| bad("the state"))?;
            let zone: Tz = row.get(3).parse().map_err(|_| bad("the zone"))?;
            let before = match (&*row.get(1), &*row.get(2)) {
                (county, "") if !county.is_empty() => {
                    zones.by_county.insert((state, county.to_owned()), zone)
                }
                ("", zip) => {
                    let zip = zip.parse().map_err(|_| bad("the ZIP"))?;
                    zones.by_zip.insert(zip, zone)
                }
                _ => return Err(bad("names both a county and a ZIP")),
            };
            if before.is_some() {
                return Err(bad("repeats an earlier one"));
            }
        }
    }

    /// The zone of a place.
    pub fn of(&self, zip: PostalCode, state: Jurisdiction, county: Option<&str>) -> Tz {
        let of_county = || {
            let county = county?.to_owned();
            self.by_county.get(&(state, county))
        };
        self.by_zip
            .get(&zip)
            .or_else(of_county)
            .copied()
            .unwrap_or_else(|| state.zone())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::import::seed;

    #[test]
    fn split_states_keep_their_two_times() {
        let places = seed::places().unwrap();
        for (zip, zone) in [
            ("32501", Tz::America__Chicago),     // Pensacola, FL
            ("32301", Tz::America__New_York),    // Tallahassee, FL
            ("79901", Tz::America__Denver),      // El Paso, TX
            ("37902", Tz::America__New_York),    // Knoxville, TN
            ("37203", Tz::America__Chicago),     // Nashville, TN
            ("42101", Tz::America__Chicago),     // Bowling Green, KY
            ("46402", Tz::America__Chicago),     // Gary, IN
            ("49801", Tz::America__Menominee),   // Iron Mountain, MI
            ("83843", Tz::America__Los_Angeles), // Moscow, ID
            ("83549", Tz::America__Boise),       // Riggins, ID
            ("97914", Tz::America__Boise),       // Ontario, OR
            ("57701", Tz::America__Denver),      // Rapid City, SD
            ("58601", Tz::America__Denver),      // Dickinson, ND
            ("69361", Tz::America__Denver),      // Scottsbluff, NE
            ("67735", Tz::America__Denver),      // Goodland, KS
            ("99546", Tz::America__Adak),        // Adak, AK
            ("89883", Tz::America__Denver),      // West Wendover, NV
            ("80205", Tz::America__Denver),      // Denver, CO
        ] {
            let zip: PostalCode = zip.parse().unwrap();
            let place = places
                .iter()
                .find(|place| place.postal_code == zip)
                .unwrap();
            assert_eq!(place.zone, zone, "{zip}");
        }
    }

    #[test]
    fn every_exception_names_a_county_or_zip_of_the_place_file() {
        let places = seed::places().unwrap();
        let zones = Zones::read(seed::ZONE_EXCEPTIONS).unwrap();
        let counties: HashSet<_> = places
            .iter()
            .filter_map(|place| Some((place.jurisdiction, place.county.as_deref()?)))
            .collect();
        for (state, county) in zones.by_county.keys() {
            assert!(
                counties.contains(&(*state, county.as_str())),
                "{county}, {state}"
            );
        }
        for zip in zones.by_zip.keys() {
            assert!(
                places.iter().any(|place| place.postal_code == *zip),
                "{zip}"
            );
        }
    }

    #[test]
    fn a_row_that_says_nothing_usable_is_told_by_its_line() {
        let error =
            Zones::read(b"state,county,zip,zone\nFL,Bay,,America/Chicago\nFL,,32465,Mars\n");
        assert_eq!(error.unwrap_err(), "zone_exceptions.csv line 3: the zone");
    }
}
