//! Rows of a place file: ZIP codes with their points.

use std::collections::HashMap;
use std::fmt::Display;
use std::io::Read;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use domain::place::{GeoPoint, PostalCode, PostalPlace};

use super::zones::Zones;
use crate::import::ImportError;
use crate::import::file::{Column, Next, Row, Rows};
use crate::import::report::{Remark, Remarks, shown};

const COLUMNS: [Column; 7] = [
    Column(&["zip"]),
    Column(&["city"]),
    Column(&["state"]),
    Column(&["county"]),
    Column(&["latitude"]),
    Column(&["longitude"]),
    Column(&["point_source"]),
];

/// What a place file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceFile {
    /// The rows that could be read, in the order of the file.
    pub places: Vec<PostalPlace>,
    /// The line of each of them.
    pub lines: Vec<u64>,
    /// All rows.
    pub rows: u64,
    /// Rows that could not be read.
    pub rejected: Remarks,
}

/// Reads a place file to its end.
pub fn read(
    file: &str,
    source: impl Read,
    zones: &Zones,
    progress: Arc<AtomicU64>,
) -> Result<PlaceFile, ImportError> {
    let mut rows = Rows::new(file, source, &COLUMNS, progress)?;
    let mut found = PlaceFile::default();
    let mut seen: HashMap<PostalCode, u64> = HashMap::new();
    loop {
        let (line, key, place) = match rows.next()? {
            Next::Row(row) => (row.line, row.get(0).into_owned(), parse(&row, zones)),
            Next::Misshapen {
                line,
                fields,
                wanted,
            } => {
                let reason = format!("{fields} fields where the header has {wanted}");
                (line, String::new(), Err(("FIELDS", reason)))
            }
            Next::End => break,
        };
        let place = place.and_then(|place| match seen.insert(place.postal_code, line) {
            Some(first) => Err(("DUPLICATE", format!("the ZIP stands in line {first} too"))),
            None => Ok(place),
        });
        match place {
            Ok(place) => {
                found.places.push(place);
                found.lines.push(line);
            }
            Err((code, reason)) => found.rejected.add(Remark {
                file: file.to_owned(),
                line,
                key: shown(&key),
                code,
                reason: shown(&reason),
            }),
        }
    }
    found.rows = rows.count();
    Ok(found)
}

type Refusal = (&'static str, String);

fn parse(row: &Row<'_>, zones: &Zones) -> Result<PostalPlace, Refusal> {
    let postal_code = value::<PostalCode>(row, 0, "ZIP")?;
    let jurisdiction = value(row, 2, "STATE")?;
    let point = GeoPoint::new(number(row, 4, "latitude")?, number(row, 5, "longitude")?)
        .map_err(|error| ("COORDINATE", error.to_string()))?;
    let county = optional(row, 3);
    Ok(PostalPlace {
        postal_code,
        city: optional(row, 1),
        jurisdiction,
        point,
        point_source: value(row, 6, "POINT_SOURCE")?,
        zone: zones.of(postal_code, jurisdiction, county.as_deref()),
        county,
    })
}

fn value<T: FromStr<Err: Display>>(
    row: &Row<'_>,
    column: usize,
    code: &'static str,
) -> Result<T, Refusal> {
    row.get(column)
        .parse()
        .map_err(|error: T::Err| (code, error.to_string()))
}

fn number(row: &Row<'_>, column: usize, name: &str) -> Result<f64, Refusal> {
    let text = row.get(column);
    text.parse()
        .map_err(|_| ("COORDINATE", format!("{name} {text:?} is no number")))
}

fn optional(row: &Row<'_>, column: usize) -> Option<Box<str>> {
    let text = row.get(column);
    (!text.is_empty()).then(|| text.as_ref().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "zip,city,state,county,latitude,longitude,point_source\n";

    fn read_text(rows: &str) -> PlaceFile {
        let text = format!("{HEADER}{rows}");
        read(
            "places.csv",
            text.as_bytes(),
            &Zones::default(),
            Arc::default(),
        )
        .unwrap()
    }

    #[test]
    fn a_row_becomes_a_place_and_blank_is_absent() {
        let found = read_text("00601,,PR,,18.18,-66.74,ZCTA\n");
        let place = &found.places[0];
        assert_eq!(place.postal_code.to_string(), "00601");
        assert_eq!((&place.city, &place.county), (&None, &None));
        assert_eq!(place.zone, domain::place::Jurisdiction::Pr.zone());
    }

    #[test]
    fn each_bad_row_is_told_with_its_line() {
        let found = read_text(
            "80205,Denver,CO,Denver,91,-104.96,ZCTA\n\
             80205,Denver,CO,Denver,39.76,-204.96,ZCTA\n\
             80205,Denver,CO,Denver,NaN,-104.96,ZCTA\n\
             80205,Denver,CO,Denver,north,-104.96,ZCTA\n\
             8020,Denver,CO,Denver,39.76,-104.96,ZCTA\n\
             80205,Denver,ZZ,Denver,39.76,-104.96,ZCTA\n\
             80205,Denver,CO,Denver,39.76,-104.96,GUESS\n\
             80205,Denver,CO,Denver,39.76,-104.96,ZCTA\n\
             80205,Denver,CO,Denver,39.76,-104.96,ZCTA\n\
             80205,Denver,CO,Denver\n\
             80206,Denver,CO,Denver,39.73,-104.95,ZCTA\n",
        );
        let told: Vec<_> = found
            .rejected
            .rows
            .iter()
            .map(|remark| (remark.line, remark.code, remark.reason.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (2, "COORDINATE", "latitude 91 is not between -90 and 90"),
                (
                    3,
                    "COORDINATE",
                    "longitude -204.96 is not between -180 and 180"
                ),
                (4, "COORDINATE", "latitude NaN is not between -90 and 90"),
                (5, "COORDINATE", "latitude \"north\" is no number"),
                (
                    6,
                    "ZIP",
                    "a ZIP code has five digits, or nine with or without a dash"
                ),
                (7, "STATE", "\"ZZ\" is not a jurisdiction code"),
                (8, "POINT_SOURCE", "\"GUESS\" is not a point source code"),
                (10, "DUPLICATE", "the ZIP stands in line 9 too"),
                (11, "FIELDS", "4 fields where the header has 7"),
            ]
        );
        assert_eq!((found.rows, found.lines), (11, vec![9, 12]));
    }
}
