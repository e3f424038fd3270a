use domain::udi::date::DatePrecision;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn a_product() -> TypedProduct {
    TypedProduct {
        brand: "Filum".into(),
        labeler: "Filum Works".into(),
        catalog_number: None,
        di_issuer: None,
        device_identifier: None,
        product_code: "mqx".into(),
        fda_pathway: FdaPathway::Exempt510k,
        k510_number: None,
        single_use: true,
        rx_only: None,
        needle_kind: NeedleKind::FiliformSolid,
        material: NeedleMaterial::StainlessSteel,
        coating: NeedleCoating::None,
        diameter: "0.30 mm".into(),
        length: "40".into(),
        guide_tube: false,
        sterilization_method: SterilizationMethod::Eo,
        sterile_as_packaged: true,
        needs_sterilization_before_use: false,
        claimed_standards: Vec::new(),
        gudid_snapshot_on: None,
        source: ProductSource::Label,
        lots: vec![a_lot(Some("+A123DN25401/$$3280930LOT7A "))],
    }
}

fn a_lot(udi: Option<&str>) -> TypedLot {
    TypedLot {
        lot: None,
        expires_on: None,
        precision: DatePrecision::Day,
        manufactured_on: None,
        udi: udi.map(Into::into),
        received_on: None,
        supplier: None,
        label_photo_sha256: None,
    }
}

/// The questions that one change of a good product raises.
fn asked(spoil: impl FnOnce(&mut TypedProduct)) -> Vec<(String, String)> {
    let mut typed = a_product();
    spoil(&mut typed);
    let errors = lines(vec![typed], today()).unwrap_err();
    let told = errors.into_iter().map(|error| {
        let field = error.field.map(String::from);
        (field.unwrap_or_default(), error.message.into())
    });
    told.collect()
}

#[test]
fn a_bar_code_says_device_lot_and_last_day() {
    let lines = lines(vec![a_product()], today()).unwrap();
    let product = &lines[0].product;
    assert_eq!(product.di_issuer, DiIssuer::Hibcc);
    assert_eq!(product.device_bare().as_deref(), Some("A123DN25401"));
    assert_eq!((product.diameter_um, product.length_mm), (300, 40));
    let lot = &lines[0].lots[0];
    assert_eq!(&*lot.lot, "LOT7A");
    assert_eq!(
        lot.expires.last_day,
        NaiveDate::from_ymd_opt(2028, 9, 30).unwrap()
    );
    assert_eq!(lot.udi_raw.as_deref(), Some("+A123DN25401/$$3280930LOT7A "));
}

#[test]
fn a_trimmed_bar_code_is_asked_about_with_a_hint() {
    let told = asked(|typed| typed.lots = vec![a_lot(Some("+A123DN25401/$$3280930LOT7A"))]);
    let fields: Vec<_> = told.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        fields,
        ["products[0].lots[0].lot", "products[0].lots[0].expiresOn"]
    );
    assert!(told[0].1.contains("it is a space here"), "{told:?}");
}

#[test]
fn sizes_that_could_mean_two_things_are_asked_about() {
    for (diameter, length, field) in [
        ("30", "40 mm", "products[0].diameter"),
        ("30 gauge", "40 mm", "products[0].diameter"),
        ("0.012 in", "40 mm", "products[0].diameter"),
        ("0.30 mm", "1.5", "products[0].length"),
        ("0.30 mm", "2 in", "products[0].length"),
    ] {
        let told = asked(|typed| {
            typed.diameter = diameter.into();
            typed.length = length.into();
        });
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, field, "{diameter} {length}");
    }
}

#[test]
fn a_copy_of_the_database_has_a_day_that_has_come() {
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    for (source, on) in [
        (ProductSource::Gudid, None),
        (ProductSource::Gudid, day("2026-11-22")),
        (ProductSource::Label, day("2013-09-23")),
    ] {
        let told = asked(|typed| (typed.source, typed.gudid_snapshot_on) = (source, on));
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, "products[0].gudidSnapshotOn");
    }
    let mut typed = a_product();
    (typed.source, typed.gudid_snapshot_on) = (ProductSource::Gudid, Some(today()));
    let lines = lines(vec![typed], today()).unwrap();
    assert_eq!(lines[0].product.gudid_snapshot_on, Some(today()));
}

#[test]
fn a_misread_product_code_is_asked_about() {
    let told = asked(|typed| typed.product_code = "MOX".into());
    assert!(told[0].1.contains("did you mean MQX?"), "{told:?}");
}

#[test]
fn a_month_means_its_last_day() {
    let mut typed = a_product();
    typed.lots = vec![TypedLot {
        lot: Some("A".into()),
        expires_on: NaiveDate::from_ymd_opt(2028, 2, 1),
        precision: DatePrecision::Month,
        ..a_lot(None)
    }];
    let lines = lines(vec![typed], today()).unwrap();
    assert_eq!(
        lines[0].lots[0].expires.last_day,
        NaiveDate::from_ymd_opt(2028, 2, 29).unwrap()
    );
    assert_eq!(lines[0].product.di_issuer, DiIssuer::NoneStated);
}

#[test]
fn too_much_and_control_characters_are_refused() {
    let told = asked(|typed| typed.brand = "x".repeat(201));
    assert_eq!(told[0].0, "products[0].brand");
    let told = asked(|typed| typed.labeler = "a\u{7}".into());
    assert_eq!(told[0].0, "products[0].labelerName");
    let many = vec![a_product(); MOST_PRODUCTS + 1];
    assert!(lines(many, today()).is_err());
}
