use super::*;
use crate::check_digit;
use date::DatePrecision;
use proptest::prelude::*;

fn today() -> NaiveDate {
    day(2026, 11, 21)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Device, manufacture, expiry, lot and serial number on one line; `-` for what the label does not say.
fn line(udi: &Udi) -> String {
    let production = &udi.production;
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    format!(
        "{} {} {} {} {}",
        udi.device.bare(),
        or_dash(production.made_on.map(|made_on| made_on.to_string())),
        or_dash(production.expires.map(|expires| match expires.precision {
            DatePrecision::Day => expires.last_day.to_string(),
            DatePrecision::Month => expires.last_day.format("%Y-%m").to_string(),
        })),
        or_dash(production.lot.as_deref().map(str::to_owned)),
        or_dash(production.serial.as_deref().map(str::to_owned)),
    )
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let read = Udi::parse(text, today()).map(|udi| line(&udi));
    assert_eq!(read.as_deref(), Ok(expected), "{text}");
}

#[track_caller]
fn refuse(text: &str, expected: &InvalidUdi) {
    assert_eq!(Udi::parse(text, today()).as_ref(), Err(expected), "{text}");
}

/// The same with its check character put behind it.
fn checked(data: &str) -> String {
    format!("{data}{}", check_digit::hibc(data).unwrap())
}

#[test]
fn the_example_of_fda_is_read_and_written_back() {
    let text = "(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234";
    check(text, "51022222233336 2014-12-31 2015-07-07 A213B1 1234");
    assert_eq!(Udi::parse(text, today()).unwrap().to_string(), text);
}

#[test]
fn both_spellings_of_gs1_say_the_same() {
    let expected = "51022222233336 2014-12-31 2015-07-07 A213B1 1234";
    check(
        " (01)51022222233336 (11)141231 (17)150707 (10)A213B1 (21)1234\n",
        expected,
    );
    check(
        "(21)1234(10)A213B1(17)150707(11)141231(01)51022222233336",
        expected,
    );
    for prefix in ["", "]d2", "]C1", "]Q3", "\u{1d}", "]d2\u{1d}"] {
        check(
            &format!("{prefix}0151022222233336111412311715070710A213B1\u{1d}211234"),
            expected,
        );
        check(
            &format!("{prefix}015102222223333610A213B1\u{1d}1114123117150707211234\u{1d}"),
            expected,
        );
    }
}

#[test]
fn other_elements_are_passed_over_whole() {
    check(
        "(01)51022222233336(240)CAT-7(10)L1(30)100",
        "51022222233336 - - L1 -",
    );
    check(
        "015102222223333620013102001234240CAT-7\u{1d}10L1\u{1d}30100",
        "51022222233336 - - L1 -",
    );
    check("(01)51022222233336(10)A(5)B", "51022222233336 - - A(5)B -");
}

#[test]
fn a_label_that_contradicts_itself_is_refused() {
    refuse(
        "(01)51022222233336(10)A(10)B",
        &InvalidUdi::Duplicate("10".into()),
    );
    refuse(
        "(01)51022222233336(01)51022222233336",
        &InvalidUdi::Duplicate("01".into()),
    );
    refuse(
        "(01)51022222233336(11)280101(17)271231",
        &InvalidUdi::ExpiresBeforeMade {
            expires_on: day(2027, 12, 31),
            made_on: day(2028, 1, 1),
        },
    );
    check(
        "(01)51022222233336(11)271231(17)271231",
        "51022222233336 2027-12-31 2027-12-31 - -",
    );
}

#[test]
fn gs1_dates_are_those_of_a_calendar() {
    check(
        "(01)51022222233336(17)280200",
        "51022222233336 - 2028-02 - -",
    );
    refuse(
        "(01)51022222233336(17)270229",
        &InvalidUdi::Date(InvalidLabelDate("270229".into())),
    );
    refuse(
        "(01)51022222233336(17)2702",
        &InvalidUdi::Date(InvalidLabelDate("2702".into())),
    );
}

#[test]
fn malformed_elements_are_named() {
    refuse("", &InvalidUdi::UnknownForm);
    refuse("DN-30", &InvalidUdi::UnknownForm);
    refuse("(10)LOT", &InvalidUdi::NoDevice);
    refuse("10LOT", &InvalidUdi::NoDevice);
    refuse("(01)5102222223333", &InvalidUdi::Element("01".into()));
    refuse(
        "(01)51022222233337",
        &InvalidUdi::Gtin(InvalidGtin::CheckDigit("51022222233337".into())),
    );
    refuse("(01)00000000000000", &InvalidUdi::Gtin(InvalidGtin::Zeros));
    refuse("(01)51022222233336(10)", &InvalidUdi::Element("10".into()));
    refuse(
        "(01)51022222233336(10)L#1",
        &InvalidUdi::Element("10".into()),
    );
    refuse(
        "(01)51022222233336(10)123456789012345678901",
        &InvalidUdi::Element("10".into()),
    );
    refuse("(x)1", &InvalidUdi::Stray("(x)1".into()));
    refuse("01510222222333", &InvalidUdi::Element("01".into()));
    refuse("0151022222233336x", &InvalidUdi::Stray("x".into()));
}

#[test]
fn the_verified_hibc_labels_are_read() {
    check(
        "+A123ABCDEFGHI1234567891E",
        "A123ABCDEFGHI1234567891 - - - -",
    );
    check("+A123BJC5D6E71G", "A123BJC5D6E71 - - - -");
    check(
        "+A123BJC5D6E71/$$52001510X3C",
        "A123BJC5D6E71 - 2020-01-15 10X3 -",
    );
    check("+A123DN25401J", "A123DN25401 - - - -");
    check(
        "+A123DN25401/$$3280930LOT7A ",
        "A123DN25401 - 2028-09-30 LOT7A -",
    );
    check(
        "+A123DN25401/$$3280930LOT7A_",
        "A123DN25401 - 2028-09-30 LOT7A -",
    );
    check(
        "*+A123DN25401/$$3280930LOT7A_*",
        "A123DN25401 - 2028-09-30 LOT7A -",
    );
    check("*+A123BJC5D6E71G*\n", "A123BJC5D6E71 - - - -");
}

/// Case 38 of the specification.
#[test]
fn case_38_an_hibc_whose_check_character_is_a_space_loses_it_only_to_a_trim() {
    let text = "+A123DN25401/$$3280930LOT7A ";
    check(text, "A123DN25401 - 2028-09-30 LOT7A -");
    refuse(text.trim(), &InvalidUdi::HibcCheckTrimmed);
    // What is written for people to copy survives a trim.
    let written = Udi::parse(text, today()).unwrap().to_string();
    check(written.trim(), "A123DN25401 - 2028-09-30 LOT7A -");
}

#[test]
fn every_form_of_the_second_part_is_read() {
    #[track_caller]
    fn part(secondary: &str, expected: &str) {
        check(
            &checked(&format!("+A123DN25401/{secondary}")),
            &format!("A123DN25401 {expected}"),
        );
    }
    part("$LOT7A", "- - LOT7A -");
    part("$+SN-1.2", "- - - SN-1.2");
    part("$$0928LOT7A", "- 2028-09 LOT7A -");
    part("$$1228LOT7A", "- 2028-12 LOT7A -");
    part("$$0228", "- 2028-02 - -");
    part("$$2093028LOT7A", "- 2028-09-30 LOT7A -");
    part("$$3280930LOT7A", "- 2028-09-30 LOT7A -");
    part("$$428093014LOT7A", "- 2028-09-30 LOT7A -");
    part("$$528274LOT7A", "- 2028-09-30 LOT7A -");
    part("$$62827414LOT7A", "- 2028-09-30 LOT7A -");
    part("$$7LOT7A", "- - LOT7A -");
    part("$$+0928SN1", "- 2028-09 - SN1");
    part("$$+3280930SN1", "- 2028-09-30 - SN1");
    part("$$+7SN1", "- - - SN1");
    part("$$8243280930LOT7A", "- 2028-09-30 LOT7A -");
    part("$$9001003280930LOT7A", "- 2028-09-30 LOT7A -");
    part("$$824", "- - - -");
    part("28274LOT7A", "- 2028-09-30 LOT7A -");
    part(
        "$$3280930LOT7A/SSN1/16D20250102/Q500",
        "2025-01-02 2028-09-30 LOT7A SN1",
    );
    part("$LOT7A/14D20280930", "- 2028-09-30 LOT7A -");
    part("16D20250102", "2025-01-02 - - -");
}

#[test]
fn malformed_hibc_labels_are_named() {
    #[track_caller]
    fn part(secondary: &str, expected: &InvalidUdi) {
        refuse(&checked(&format!("+A123DN25401/{secondary}")), expected);
    }
    let unknown = |text: &str| InvalidUdi::HibcSecondary(text.into());
    let no_date = |text: &str| InvalidUdi::Date(InvalidLabelDate(text.into()));
    part("$$1328LOT7A", &no_date("1328"));
    part("$$2023028LOT", &no_date("023028"));
    part("$$528367LOT", &no_date("28367"));
    part("$$428093024LOT", &no_date("28093024"));
    part("$$3LOT7A", &unknown("$$3LOT7A"));
    part("$$LOT7A", &unknown("$$LOT7A"));
    part("$LOT 7A", &unknown("$LOT 7A"));
    part("$1234567890123456789", &unknown("$1234567890123456789"));
    part("$L/X9", &unknown("X9"));
    part("$L/S", &unknown("S"));
    part("$+A/SB", &InvalidUdi::Duplicate("S".into()));
    part("", &unknown(""));
    part(
        "$$3280930L/16D20281001",
        &InvalidUdi::ExpiresBeforeMade {
            expires_on: day(2028, 9, 30),
            made_on: day(2028, 10, 1),
        },
    );
    refuse("+A123BJC5D6E71X", &InvalidUdi::HibcCheck { expected: 'G' });
    refuse("+a123BJC5D6E71G", &InvalidUdi::HibcCharacter('a'));
    refuse("+", &InvalidUdi::UnknownForm);
    for primary in [
        "+1A23DN25401",
        "+A1231",
        "+A123",
        "+A123DN2540X",
        "+A123DN-5401",
        "+A12312345678901234567890",
    ] {
        let expected = if primary.starts_with("+1") {
            InvalidUdi::HibcSecondaryAlone
        } else {
            InvalidUdi::HibcPrimary
        };
        refuse(&checked(primary), &expected);
    }
}

#[test]
fn two_bar_codes_are_read_together_when_they_belong_together() {
    let first = "+A123BJC5D6E71G";
    let second = checked("+$$52001510X3G");
    let read = hibc::parse_pair(first, &second, today()).map(|udi| line(&udi));
    assert_eq!(read.as_deref(), Ok("A123BJC5D6E71 - 2020-01-15 10X3 -"));
    assert_eq!(
        hibc::parse_pair("+A123DN25401J", &second, today()),
        Err(InvalidUdi::HibcLink)
    );
    refuse(&second, &InvalidUdi::HibcSecondaryAlone);
}

fn lot() -> impl Strategy<Value = String> + Clone {
    // Parentheses around digits begin an element, which the spelling for people cannot avoid.
    "[!\"%&'*+,./0-9:;<=>?A-Z_a-z-]{1,20}"
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..36_000).prop_map(|days| day(1978, 1, 1) + chrono::Days::new(days))
}

fn production(number: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = Production> {
    (
        proptest::option::of(number.clone()),
        proptest::option::of(number),
        proptest::option::of((date(), any::<bool>())),
        proptest::option::of(0_u64..4_000),
    )
        .prop_map(|(lot, serial, expires, age)| {
            let expires = expires.map(|(last_day, to_the_month)| {
                use chrono::Datelike;
                if to_the_month {
                    ExpiryDate::month(last_day.year(), last_day.month()).unwrap()
                } else {
                    ExpiryDate::day(last_day)
                }
            });
            let last_day = expires.map_or(today(), |expires| expires.last_day);
            Production {
                lot: lot.map(Into::into),
                serial: serial.map(Into::into),
                expires,
                made_on: age
                    .map(|age| last_day - chrono::Days::new(age))
                    .filter(|made_on| *made_on >= day(1978, 1, 1)),
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>(), first in "[(+*]?[01$A-Z/_ \u{1d}()0-9D*+]{0,40}") {
        let _ = Udi::parse(&text, today());
        let _ = Udi::parse(&first, today());
        let _ = Udi::parse(&format!("01{text}"), today());
        let _ = Udi::parse(&format!("(01){text}"), today());
        let _ = Udi::parse(&format!("+{text}"), today());
        let _ = DeviceIdentifier::parse(&text);
        let _ = hibc::parse_pair(&first, &text, today());
        let _ = hibc::parse_pair("+A123DN25401J", &first, today());
    }

    #[test]
    fn no_second_part_makes_the_reader_panic(secondary in "[$+]{0,3}[0-9]{0,9}[A-Z0-9/$. -]{0,25}") {
        let _ = Udi::parse(&checked(&format!("+A123DN25401/{secondary}")), today());
    }

    #[test]
    fn a_gs1_label_written_is_read_back(data in "[0-9]{12}[1-9]", production in production(lot())) {
        let gtin = format!("{data}{}", check_digit::gs1(&data).unwrap());
        let udi = Udi { device: DeviceIdentifier::parse(&gtin).unwrap(), production };
        prop_assert_eq!(Udi::parse(&udi.to_string(), today()), Ok(udi));
    }

    #[test]
    fn an_hibc_label_written_is_read_back(
        bare in "[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]",
        production in production("[A-Z0-9.-]{1,18}"),
    ) {
        let device = DeviceIdentifier::parse(&checked(&format!("+{bare}"))).unwrap();
        prop_assert_eq!(DeviceIdentifier::parse(&device.to_string()), Ok(device.clone()));
        let udi = Udi { device, production };
        prop_assert_eq!(Udi::parse(&udi.to_string(), today()), Ok(udi));
    }

    #[test]
    fn one_wrong_digit_of_a_gtin_is_always_found(data in "[0-9]{13}", at in 0_usize..14, by in 1_u32..10) {
        let gtin = format!("{data}{}", check_digit::gs1(&data).unwrap());
        let digit = gtin[at..=at].parse::<u32>().unwrap();
        let wrong = format!("{}{}{}", &gtin[..at], (digit + by) % 10, &gtin[at + 1..]);
        prop_assert!(Gtin::parse(&wrong).is_err());
    }
}
