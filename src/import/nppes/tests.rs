//! Rows of made-up people, read as the registry writes them.

use std::collections::HashSet;
use std::sync::Arc;

use domain::npi::{Npi, SampleNpis};
use domain::place::{GeoPoint, Jurisdiction};
use domain::registry::RegistryRecord;
use domain::taxonomy::Discipline;

use super::columns;
use super::place::{Zip, Zips};
use super::reject::{Oddity, Reason};
use super::row::{Deactivation, Parsed, Reading, parse};
use crate::import::file::{Next, Rows};

const NPI: &str = "NPI";
const ENTITY: &str = "Entity Type Code";
const FAMILY: &str = "Provider Last Name (Legal Name)";
const GIVEN: &str = "Provider First Name";
const STREET: &str = "Provider First Line Business Practice Location Address";
const CITY: &str = "Provider Business Practice Location Address City Name";
const STATE: &str = "Provider Business Practice Location Address State Name";
const ZIP: &str = "Provider Business Practice Location Address Postal Code";
const COUNTRY: &str = "Provider Business Practice Location Address Country Code (If outside U.S.)";
const TAXONOMY: &str = "Healthcare Provider Taxonomy Code_1";
const DEACTIVATED: &str = "NPI Deactivation Date";
const REACTIVATED: &str = "NPI Reactivation Date";

fn zips() -> Zips {
    let zip = |jurisdiction: Jurisdiction, latitude, longitude| Zip {
        point: GeoPoint::new(latitude, longitude).unwrap(),
        jurisdiction,
        zone: jurisdiction.zone(),
    };
    Zips::from([
        (
            "80205".parse().unwrap(),
            zip(Jurisdiction::Co, 39.76, -104.96),
        ),
        (
            "56452".parse().unwrap(),
            zip(Jurisdiction::Mn, 46.99, -94.47),
        ),
        (
            "79901".parse().unwrap(),
            zip(Jurisdiction::Tx, 31.76, -106.48),
        ),
    ])
}

/// A row of the whole width with a physical therapist in Denver, but for the given cells.
fn line(cells: &[(&str, &[u8])]) -> Vec<u8> {
    let npi = Npi::sample(7).to_string();
    let mut all: Vec<(&str, &[u8])> = vec![
        (NPI, npi.as_bytes()),
        (ENTITY, b"1"),
        (FAMILY, b"MOSS"),
        (GIVEN, b"ADA"),
        (STREET, b"1 ELM ST"),
        (CITY, b"DENVER"),
        (STATE, b"CO"),
        (ZIP, b"802051234"),
        (COUNTRY, b"US"),
        (TAXONOMY, b"225100000X"),
    ];
    for cell in cells {
        all.retain(|(column, _)| *column != cell.0);
        all.push(*cell);
    }
    let columns = columns::main();
    let mut text = Vec::new();
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(&mut text);
    let header: Vec<&str> = columns.iter().map(|column| column.0[0]).collect();
    for (column, _) in &all {
        assert!(
            header.contains(column),
            "{column} is no column that is read"
        );
    }
    writer.write_record(&header).unwrap();
    let values = header.iter().map(|name| {
        all.iter()
            .find(|(column, _)| column == name)
            .map_or(&b""[..], |(_, value)| value)
    });
    writer.write_record(values).unwrap();
    drop(writer);
    text
}

type Outcome = (Result<(Npi, Parsed), Reason>, Vec<Oddity>);

fn read_as(cells: &[(&str, &[u8])], samples: SampleNpis, held: &HashSet<Npi>) -> Outcome {
    let zips = zips();
    let reading = Reading {
        zips: &zips,
        disciplines: &[
            Discipline::PhysicalTherapist,
            Discipline::Acupuncturist,
            Discipline::Chiropractor,
        ],
        samples,
    };
    let text = line(cells);
    let mut rows = Rows::new("f.csv", &text[..], &columns::main(), Arc::default()).unwrap();
    let Next::Row(row) = rows.next().unwrap() else {
        panic!("one row was written");
    };
    let mut odd = Vec::new();
    let parsed = parse(&row, &reading, |npi| held.contains(&npi), &mut odd);
    (parsed, odd)
}

fn read(cells: &[(&str, &[u8])]) -> Outcome {
    read_as(cells, SampleNpis::Allowed, &HashSet::new())
}

#[track_caller]
fn person(cells: &[(&str, &[u8])]) -> (RegistryRecord, Vec<Oddity>) {
    match read(cells) {
        (Ok((_, Parsed::Person(record))), odd) => (*record, odd),
        (other, _) => panic!("{other:?}"),
    }
}

#[track_caller]
fn reason(cells: &[(&str, &[u8])]) -> String {
    read(cells).0.unwrap_err().to_string()
}

#[test]
fn a_plain_row_becomes_a_person_at_the_point_of_their_zip() {
    let (record, odd) = person(&[]);
    assert_eq!(odd, []);
    assert_eq!(record.name.full(), "ADA MOSS");
    let place = record.practice.unwrap();
    assert_eq!(place.point, Some((39.76, -104.96)));
    assert_eq!(
        (&*place.city, place.postal_code.to_string()),
        ("DENVER", "80205".into())
    );
    assert_eq!(record.licenses, []);
}

#[test]
fn latin_1_names_keep_their_letters() {
    let (record, _) = person(&[(FAMILY, b"MU\xD1OZ"), (GIVEN, b"REN\xC9E")]);
    assert_eq!(record.name.full(), "RENÉE MUÑOZ");
}

#[test]
fn titles_and_degrees_are_no_part_of_a_name_but_generations_are() {
    let (record, _) = person(&[("Provider Name Suffix Text", b"JR")]);
    assert_eq!(record.name.full(), "ADA MOSS JR");
}

#[test]
fn a_former_name_takes_the_given_name_that_it_does_not_repeat() {
    let (record, _) = person(&[("Provider Other Last Name", b"FENN")]);
    assert_eq!(record.other_names[0].full(), "ADA FENN");
    let (record, _) = person(&[("Provider Other Last Name", b"Moss")]);
    assert_eq!(record.other_names, []);
}

#[test]
fn licences_come_from_every_group_with_number_state_and_a_discipline() {
    let (record, odd) = person(&[
        ("Healthcare Provider Taxonomy Code_1", b"225100000X"),
        ("Provider License Number_1", b"PTL 123"),
        ("Provider License Number State Code_1", b"CO"),
        ("Healthcare Provider Taxonomy Code_2", b"171100000X"),
        ("Healthcare Provider Primary Taxonomy Switch_2", b"Y"),
        ("Provider License Number_2", b"AC9"),
        ("Provider License Number State Code_2", b"TX"),
        ("Healthcare Provider Taxonomy Code_3", b"225700000X"),
        ("Provider License Number_3", b"MASSAGE1"),
        ("Provider License Number State Code_3", b"CO"),
        ("Healthcare Provider Taxonomy Code_15", b"2251X0800X"),
        ("Provider License Number_15", b"PTL 123"),
        ("Provider License Number State Code_15", b"CO"),
        ("Healthcare Provider Taxonomy Code_4", b"111N00000X"),
        ("Provider License Number_4", b"77"),
        ("Provider License Number State Code_4", b"ZZ"),
    ]);
    let found: Vec<_> = record
        .licenses
        .iter()
        .map(|license| {
            (
                license.discipline,
                license.jurisdiction.code(),
                &*license.number,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (Discipline::PhysicalTherapist, "CO", "PTL 123"),
            (Discipline::Acupuncturist, "TX", "AC9"),
        ]
    );
    assert_eq!(record.taxonomies[0].as_str(), "171100000X");
    assert_eq!(odd, [Oddity::LicenseState("ZZ".into())]);
}

#[test]
fn words_that_stand_for_no_number_are_no_licence() {
    for number in ["NONE", "n/a", "--", "Pending", ".", ""] {
        let (record, _) = person(&[
            ("Provider License Number_1", number.as_bytes()),
            ("Provider License Number State Code_1", b"CO"),
        ]);
        assert_eq!(record.licenses, [], "{number}");
    }
}

#[test]
fn a_bad_number_or_date_or_state_is_rejected_with_its_reason() {
    assert_eq!(
        reason(&[(NPI, b"1234567890")]),
        "the check digit of NPI 1234567890 is wrong"
    );
    assert_eq!(reason(&[(NPI, b"12345")]), "an NPI has ten digits");
    for date in [
        "2020-01-02",
        "13/01/2020",
        "02/30/2020",
        "1/2/2020",
        "01/02/20",
        "٠١/02/2020",
    ] {
        assert_eq!(
            reason(&[("Last Update Date", date.as_bytes())]),
            format!("Last Update Date {date:?} is no date (MM/DD/YYYY)")
        );
    }
    assert_eq!(
        reason(&[(STATE, b"XX")]),
        "the practice address names the state \"XX\", which is none"
    );
    assert_eq!(
        reason(&[(ENTITY, b"")]),
        "entity type \"\" is neither 1 nor 2"
    );
    assert_eq!(
        reason(&[(FAMILY, b""), (GIVEN, b"")]),
        "the row has no name"
    );
    assert_eq!(
        reason(&[(FAMILY, "x".repeat(201).as_bytes())]),
        "the name is longer than 200 characters"
    );
}

#[test]
fn made_up_people_pass_only_where_samples_are_allowed() {
    let (refused, _) = read_as(&[], SampleNpis::Refused, &HashSet::new());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "an NPI begins with 1 or 2"
    );
}

#[test]
fn a_number_out_of_use_keeps_its_dates_and_needs_nothing_else() {
    let replacement = Npi::sample(8).to_string();
    let (parsed, _) = read(&[
        (ENTITY, b""),
        (FAMILY, b""),
        (GIVEN, b""),
        (STATE, b""),
        (TAXONOMY, b""),
        (DEACTIVATED, b"05/01/2026"),
        ("Replacement NPI", replacement.as_bytes()),
    ]);
    let expected = Deactivation {
        deactivated_on: "2026-05-01".parse().unwrap(),
        reactivated_on: None,
        replaced_by: Some(replacement),
    };
    assert_eq!(parsed.unwrap().1, Parsed::Deactivated(expected));
}

#[test]
fn a_reactivated_number_is_a_person_again() {
    for (deactivated, reactivated, is_person) in [
        ("05/01/2020", "06/01/2020", true),
        ("05/01/2020", "05/01/2020", true),
        ("05/01/2020", "06/01/2015", false),
    ] {
        let (parsed, _) = read(&[
            (DEACTIVATED, deactivated.as_bytes()),
            (REACTIVATED, reactivated.as_bytes()),
        ]);
        let found = matches!(parsed.unwrap().1, Parsed::Person(_));
        assert_eq!(found, is_person, "{deactivated} {reactivated}");
    }
    assert_eq!(
        reason(&[(REACTIVATED, b"05/01/2020")]),
        "reactivated on 2020-05-01 without a deactivation"
    );
}

#[test]
fn other_professions_are_skipped_unless_we_hold_the_person() {
    let massage: &[(&str, &[u8])] = &[(TAXONOMY, b"225700000X"), (STATE, b"XX")];
    assert_eq!(read(massage).0.unwrap().1, Parsed::OtherDiscipline);
    let assistant: &[(&str, &[u8])] = &[(TAXONOMY, b"225200000X")];
    assert_eq!(read(assistant).0.unwrap().1, Parsed::OtherDiscipline);
    let held = HashSet::from([Npi::sample(7)]);
    let (parsed, _) = read_as(assistant, SampleNpis::Allowed, &held);
    assert!(matches!(parsed.unwrap().1, Parsed::Person(_)));
    assert_eq!(read(&[(ENTITY, b"2")]).0.unwrap().1, Parsed::Organization);
}

#[test]
fn a_zip_of_another_state_is_kept_under_the_state_of_the_address() {
    let (record, odd) = person(&[(STATE, b"ME"), (ZIP, b"56452")]);
    let place = record.practice.unwrap();
    assert_eq!(place.state, Jurisdiction::Me);
    assert_eq!(place.zip_state, Some(Jurisdiction::Mn));
    assert_eq!(place.point, Some((46.99, -94.47)));
    assert_eq!(place.zone, Jurisdiction::Me.zone());
    assert_eq!(odd[0].code(), "ZIP_STATE");
}

#[test]
fn addresses_under_no_states_law_are_left_out_and_told() {
    for (cells, code) in [
        (&[(COUNTRY, &b"CA"[..]), (STATE, b"ONTARIO")][..], "ABROAD"),
        (&[(STATE, b"AE"), (ZIP, b"09096")], "MILITARY"),
        (&[(STATE, b"FM"), (COUNTRY, b"FM")], "ASSOCIATED_STATE"),
        (&[(ZIP, b"1234")], "BAD_POSTAL_CODE"),
        (
            &[(STREET, b""), (CITY, b""), (STATE, b""), (ZIP, b"")],
            "NO_ADDRESS",
        ),
    ] {
        let (record, odd) = person(cells);
        assert_eq!(record.practice, None, "{code}");
        assert_eq!(odd.iter().map(Oddity::code).collect::<Vec<_>>(), [code]);
    }
    let (record, odd) = person(&[(ZIP, b"80299")]);
    assert_eq!(record.practice.unwrap().point, None);
    assert_eq!(odd[0].code(), "UNKNOWN_POSTAL_CODE");
}

#[test]
fn a_state_may_be_written_out() {
    let (record, _) = person(&[(STATE, b"Colorado")]);
    assert_eq!(record.practice.unwrap().state, Jurisdiction::Co);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_at_all_make_a_row_that_stops_the_program(
        npi in proptest::prelude::any::<bool>(),
        cells in proptest::collection::vec(
            (0..columns::main().len(), proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40)),
            0..12,
        ),
        tail in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400),
    ) {
        let columns = columns::main();
        let named: Vec<(&str, &[u8])> = cells
            .iter()
            .filter(|(column, _)| !npi || *column != 0)
            .map(|(column, value)| (columns[*column].0[0], &value[..]))
            .collect();
        let mut text = line(&named);
        text.extend(tail);
        let zips = zips();
        let reading = Reading {
            zips: &zips,
            disciplines: Discipline::ALL,
            samples: SampleNpis::Allowed,
        };
        let mut odd = Vec::new();
        let Ok(mut rows) = Rows::new("f.csv", &text[..], &columns, Arc::default()) else {
            return Ok(());
        };
        while let Ok(next) = rows.next() {
            match next {
                Next::Row(row) => drop(parse(&row, &reading, |_| true, &mut odd)),
                Next::Misshapen { fields, wanted, .. } => proptest::prop_assert_ne!(fields, wanted),
                Next::End => break,
            }
        }
    }
}
