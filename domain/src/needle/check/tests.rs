use super::*;
use crate::needle::finding::Severity;
use crate::needle::test_support::{DI, a_lot, a_needle, day, in_days, today};
use crate::udi::date::ExpiryDate;
use proptest::prelude::*;

/// Spoils one thing and reads the findings as `field CODE`.
#[track_caller]
fn check_product(spoil: impl FnOnce(&mut ClaimedNeedle), expected: &[&str]) {
    let mut product = a_needle();
    spoil(&mut product);
    let found = check(&product, &[a_lot("LOT1", in_days(400))], today());
    assert_eq!(told(&found), expected);
}

#[track_caller]
fn check_lot(spoil: impl FnOnce(&mut ClaimedLot), expected: &[&str]) {
    let mut lot = a_lot("LOT1", in_days(400));
    spoil(&mut lot);
    let found = check(&a_needle(), &[lot], today());
    assert_eq!(told(&found), expected);
}

fn told(found: &[Finding]) -> Vec<String> {
    found
        .iter()
        .map(|finding| {
            let weight = match finding.severity {
                Severity::Hard => "H",
                Severity::Warning => "W",
            };
            format!("{weight} {} {}", finding.field, finding.code)
        })
        .collect()
}

#[test]
fn a_good_needle_has_no_findings() {
    check_product(|_| {}, &[]);
}

#[test]
fn names_are_demanded_and_may_not_lie() {
    check_product(
        |needle| needle.brand = "  ".into(),
        &["H brand NAME_MISSING"],
    );
    check_product(
        |needle| needle.labeler = "".into(),
        &["H labelerName NAME_MISSING"],
    );
    check_product(
        |needle| needle.brand = "Filum (FDA-Approved)".into(),
        &["H brand NAME_SAYS_APPROVED"],
    );
}

#[test]
fn device_identifiers_follow_their_issuer() {
    #[track_caller]
    fn of(issuer: DiIssuer, text: Option<&str>, expected: &[&str]) {
        check_product(
            |needle| {
                needle.di_issuer = issuer;
                needle.device_identifier = text.map(Into::into);
            },
            expected,
        );
    }
    let invalid = &["H deviceIdentifier DI_INVALID"];
    of(DiIssuer::Gs1, Some("00885234000121"), &[]);
    of(DiIssuer::Gs1, Some("885234000121"), &[]);
    of(DiIssuer::Gs1, Some("00885234000122"), invalid);
    of(DiIssuer::Gs1, Some("00000000000000"), invalid);
    of(DiIssuer::Gs1, Some("+A123DN25401J"), invalid);
    of(
        DiIssuer::Gs1,
        Some("90885234000124"),
        &["W deviceIdentifier DI_VARIABLE_MEASURE"],
    );
    of(DiIssuer::Hibcc, Some("+A123DN25401J"), &[]);
    of(DiIssuer::Hibcc, Some("+A123DN25401K"), invalid);
    of(DiIssuer::Hibcc, Some(DI), invalid);
    of(
        DiIssuer::Other,
        Some("=W000016"),
        &["W deviceIdentifier DI_NOT_CHECKED"],
    );
    of(DiIssuer::Other, Some(" "), invalid);
    of(
        DiIssuer::NoneStated,
        None,
        &["W deviceIdentifier DI_NOT_STATED"],
    );
    of(DiIssuer::Gs1, None, &["W deviceIdentifier DI_NOT_STATED"]);
    of(DiIssuer::NoneStated, Some(DI), invalid);
}

#[test]
fn the_way_to_market_is_told_without_contradiction() {
    #[track_caller]
    fn of(pathway: FdaPathway, number: Option<&str>, code: ProductCode, expected: &[&str]) {
        check_product(
            |needle| {
                needle.fda_pathway = pathway;
                needle.k510_number = number.map(Into::into);
                needle.product_code = code;
            },
            expected,
        );
    }
    let mqx = ProductCode::Mqx;
    of(FdaPathway::Cleared510k, Some("K961339"), mqx, &[]);
    of(
        FdaPathway::Cleared510k,
        Some("K961339"),
        ProductCode::Nrw,
        &[],
    );
    of(FdaPathway::Exempt510k, None, mqx, &[]);
    of(FdaPathway::Unknown, None, ProductCode::Other, &[]);
    of(
        FdaPathway::Cleared510k,
        Some("K271234"),
        mqx,
        &["H k510Number K510_INVALID"],
    );
    of(
        FdaPathway::Cleared510k,
        Some("K000000"),
        mqx,
        &["H k510Number K510_INVALID"],
    );
    of(
        FdaPathway::Cleared510k,
        Some("DEN123456"),
        mqx,
        &["H k510Number K510_OTHER_SUBMISSION"],
    );
    of(
        FdaPathway::Cleared510k,
        Some("P123456"),
        mqx,
        &["H k510Number K510_OTHER_SUBMISSION"],
    );
    of(
        FdaPathway::Cleared510k,
        None,
        mqx,
        &["W k510Number K510_MISSING"],
    );
    of(
        FdaPathway::Exempt510k,
        Some("K961339"),
        mqx,
        &["W fdaPathway K510_WITH_EXEMPT"],
    );
    of(
        FdaPathway::Cleared510k,
        Some("K961339"),
        ProductCode::Other,
        &["W productCode K510_PRODUCT_CODE"],
    );
    of(
        FdaPathway::Exempt510k,
        None,
        ProductCode::Nrw,
        &["W fdaPathway EXEMPT_PRODUCT_CODE"],
    );
    of(
        FdaPathway::NotUsMarketed,
        None,
        mqx,
        &["W fdaPathway NOT_US_MARKETED"],
    );
}

#[test]
fn sizes_are_those_of_needles() {
    #[track_caller]
    fn diameter(micrometers: u32, expected: &[&str]) {
        check_product(|needle| needle.diameter_um = micrometers, expected);
    }
    #[track_caller]
    fn length(millimeters: u32, expected: &[&str]) {
        check_product(|needle| needle.length_mm = millimeters, expected);
    }
    let (hard, unusual) = (
        ["H diameterUm DIAMETER_RANGE"],
        ["W diameterUm DIAMETER_UNUSUAL"],
    );
    diameter(99, &hard);
    diameter(100, &unusual);
    diameter(159, &unusual);
    diameter(160, &[]);
    diameter(400, &[]);
    diameter(401, &unusual);
    diameter(600, &unusual);
    diameter(601, &hard);
    let (hard, unusual) = (["H lengthMm LENGTH_RANGE"], ["W lengthMm LENGTH_UNUSUAL"]);
    length(6, &hard);
    length(7, &unusual);
    length(12, &unusual);
    length(13, &[]);
    length(75, &[]);
    length(76, &unusual);
    length(150, &unusual);
    length(151, &hard);
}

#[test]
fn lots_are_in_date_and_likely() {
    #[track_caller]
    fn expires(last_day: NaiveDate, expected: &[&str]) {
        check_lot(|lot| lot.expires = ExpiryDate::day(last_day), expected);
    }
    #[track_caller]
    fn made(made_on: NaiveDate, last_day: NaiveDate, expected: &[&str]) {
        check_lot(
            |lot| {
                lot.manufactured_on = Some(made_on);
                lot.expires = ExpiryDate::day(last_day);
            },
            expected,
        );
    }
    expires(day(2026, 11, 20), &["H lots[0].expires LOT_EXPIRED"]);
    expires(today(), &["W lots[0].expires LOT_EXPIRES_SOON"]);
    expires(in_days(29), &["W lots[0].expires LOT_EXPIRES_SOON"]);
    expires(in_days(30), &[]);
    expires(day(2036, 11, 21), &[]);
    expires(day(2036, 11, 22), &["W lots[0].expires EXPIRY_FAR_OFF"]);
    made(day(2024, 1, 31), day(2029, 1, 31), &[]);
    made(
        day(2024, 1, 31),
        day(2029, 2, 1),
        &["W lots[0].expires EXPIRY_LONG_AFTER_MANUFACTURE"],
    );
    made(
        day(2028, 1, 2),
        day(2028, 1, 1),
        &["H lots[0].expires EXPIRY_BEFORE_MANUFACTURE"],
    );
    check_lot(|lot| lot.expires = ExpiryDate::month(2027, 2).unwrap(), &[]);
}

#[test]
fn lot_numbers_are_those_that_a_label_can_carry() {
    #[track_caller]
    fn number(text: &str, expected: &[&str]) {
        check_lot(|lot| lot.lot = text.into(), expected);
    }
    let invalid = &["H lots[0].lot LOT_INVALID"];
    number("A213B1", &[]);
    number("a/b(c)*?", &[]);
    number("12345678901234567890", &[]);
    number("123456789012345678901", invalid);
    number("", invalid);
    number("LOT 1", invalid);
    number("LOT#1", invalid);
    number("LÖT", invalid);
}

#[test]
fn a_label_says_what_was_typed_beside_it() {
    #[track_caller]
    fn udi(text: &str, expected: &[&str]) {
        check_lot(
            |lot| {
                lot.expires = ExpiryDate::day(day(2028, 9, 30));
                lot.manufactured_on = Some(day(2025, 1, 2));
                lot.udi_raw = Some(text.into());
            },
            expected,
        );
    }
    let differs = "H lots[0].udiRaw UDI_DIFFERS";
    udi("(01)51022222233336(11)250102(17)280930(10)LOT1", &[]);
    udi("(01)51022222233336", &[]);
    udi("(01)51022222233336(17)280900(10)LOT1", &[]);
    udi("(01)00885234000121(17)280930(10)LOT1", &[differs]);
    udi("(01)51022222233336(17)280929(10)LOT1", &[differs]);
    udi("(01)51022222233336(17)280930(10)lot1", &[differs]);
    udi("(01)51022222233336(11)250103(17)280930(10)LOT1", &[differs]);
    udi(
        "(01)00885234000121(11)250103(17)280929(10)X",
        &[differs, differs, differs, differs],
    );
    udi("(01)51022222233337", &["H lots[0].udiRaw UDI_INVALID"]);
    udi("LOT1", &["H lots[0].udiRaw UDI_INVALID"]);
}

#[test]
fn a_product_needs_a_lot_in_use() {
    let found = check(&a_needle(), &[], today());
    assert_eq!(told(&found), ["H lots NO_LOT"]);
}

#[test]
fn one_lot_with_two_last_days_is_told_wherever_it_is_seen() {
    let (first, second) = (a_lot("LOT1", in_days(400)), a_lot("LOT1", in_days(401)));
    let found = check(
        &a_needle(),
        &[first.clone(), second.clone(), first.clone()],
        today(),
    );
    assert_eq!(told(&found), ["W lots[1].expires LOT_TWO_EXPIRIES"]);

    let seen = |device: Option<&'static str>, lot, field: &str| LotSeen {
        device,
        lot,
        field: field.into(),
    };
    // The same device, once with fourteen digits and once with twelve; another; none.
    let elsewhere = [
        seen(Some("00885234000121"), &first, "a"),
        seen(Some("885234000121"), &second, "b"),
        seen(Some(DI), &second, "c"),
        seen(None, &first, "d"),
        seen(None, &second, "e"),
    ];
    let found = two_expiries(elsewhere.into_iter());
    assert_eq!(told(&found), ["W b LOT_TWO_EXPIRIES"]);
}

#[test]
fn findings_of_several_lines_name_their_line() {
    let mut bad = a_needle();
    bad.single_use = false;
    let lines = [
        NeedleLine {
            product: a_needle(),
            lots: vec![a_lot("A", in_days(400))],
        },
        NeedleLine {
            product: bad,
            lots: vec![a_lot("", in_days(400))],
        },
    ];
    assert_eq!(
        told(&check_lines(&lines, today())),
        [
            "H products[1].singleUse NOT_SINGLE_USE",
            "H products[1].lots[0].lot LOT_INVALID"
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn no_claim_makes_the_checks_panic(
        brand in any::<String>(),
        identifier in any::<String>(),
        number in any::<String>(),
        lot in any::<String>(),
        udi in any::<String>(),
        (diameter_um, length_mm) in any::<(u32, u32)>(),
        days in 0_u64..1_000_000,
    ) {
        let mut product = a_needle();
        product.brand = brand.into();
        product.device_identifier = Some(identifier.into());
        product.k510_number = Some(number.into());
        (product.diameter_um, product.length_mm) = (diameter_um, length_mm);
        let mut claimed = a_lot(&lot, in_days(days));
        claimed.udi_raw = Some(udi.into());
        claimed.manufactured_on = Some(NaiveDate::MAX);
        check(&product, &[claimed.clone()], today());
        check(&product, &[claimed.clone()], NaiveDate::MAX);
        check(&product, &[claimed], NaiveDate::MIN);
    }
}

#[test]
fn a_lot_to_which_others_gave_another_last_day_is_told() {
    let lines = [NeedleLine {
        product: a_needle(),
        lots: vec![a_lot("A", in_days(9)), a_lot("B", in_days(9))],
    }];
    let other = |device: &str, lot: &str, last_day| LotElsewhere {
        device_bare: device.into(),
        lot: lot.into(),
        last_day,
    };
    let agreeing = [other(DI, "A", in_days(9)), other("952", "B", in_days(1))];
    assert_eq!(lots_elsewhere(&lines, &agreeing), []);
    let differing = [other(DI, "B", in_days(9)), other(DI, "B", in_days(8))];
    assert_eq!(
        told(&lots_elsewhere(&lines, &differing)),
        ["W products[0].lots[1].expires LOT_TWO_EXPIRIES"]
    );
}
