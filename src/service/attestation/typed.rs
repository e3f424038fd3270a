//! Needles as people type them. What is on the label's bar code need not be typed a second time, and
//! nothing is converted or guessed: what could mean two things is asked.

use chrono::{Datelike, NaiveDate};
use domain::attestation::FdaPathway;
use domain::needle::k_number::KNumber;
use domain::needle::product::{
    ClaimedLot, ClaimedNeedle, ClaimedStandard, DiIssuer, NeedleCoating, NeedleKind, NeedleLine,
    NeedleMaterial, ProductCode, ProductSource, SterilizationMethod,
};
use domain::needle::size::{diameter_um, length_mm};
use domain::udi::date::{DatePrecision, ExpiryDate};
use domain::udi::{DeviceIdentifier, Udi};

use crate::service::{UserError, UserErrorCode};

/// The most products of one attestation.
pub const MOST_PRODUCTS: usize = 20;
/// The most lots of one product.
pub const MOST_LOTS: usize = 50;
/// The most characters of a text; a bar code may have more.
const MOST_CHARACTERS: usize = 200;
const MOST_UDI_CHARACTERS: usize = 400;

/// A product as typed.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a line of the label, true or not by itself"
)]
pub struct TypedProduct {
    /// Brand.
    pub brand: String,
    /// Whose label it bears.
    pub labeler: String,
    /// The labeler's own number.
    pub catalog_number: Option<String>,
    /// Whose scheme the device identifier follows; told from its form when absent.
    pub di_issuer: Option<DiIssuer>,
    /// The device identifier; taken from a lot's bar code when absent.
    pub device_identifier: Option<String>,
    /// FDA's product code.
    pub product_code: String,
    /// How it came to market.
    pub fda_pathway: FdaPathway,
    /// The 510(k) number.
    pub k510_number: Option<String>,
    /// Is it labelled for single use only?
    pub single_use: bool,
    /// Does the label say "Rx only"?
    pub rx_only: Option<bool>,
    /// What kind of needle.
    pub needle_kind: NeedleKind,
    /// Body.
    pub material: NeedleMaterial,
    /// Coating.
    pub coating: NeedleCoating,
    /// `0.30 mm`.
    pub diameter: String,
    /// `40 mm`.
    pub length: String,
    /// With a guide tube?
    pub guide_tube: bool,
    /// How the maker sterilised it.
    pub sterilization_method: SterilizationMethod,
    /// Is it sterile in its package?
    pub sterile_as_packaged: bool,
    /// Does the user have to sterilise it first?
    pub needs_sterilization_before_use: bool,
    /// Standards that the label claims.
    pub claimed_standards: Vec<ClaimedStandard>,
    /// Where all this comes from.
    pub source: ProductSource,
    /// The lots in use.
    pub lots: Vec<TypedLot>,
}

/// A lot as typed.
#[derive(Debug, Clone)]
pub struct TypedLot {
    /// The lot number; taken from the bar code when absent.
    pub lot: Option<String>,
    /// Its last day; taken from the bar code when absent.
    pub expires_on: Option<NaiveDate>,
    /// How precisely the label says that.
    pub precision: DatePrecision,
    /// Day of manufacture; taken from the bar code when absent.
    pub manufactured_on: Option<NaiveDate>,
    /// The bar code whole, as scanned or typed; a space at its end may belong to it.
    pub udi: Option<String>,
    /// When it arrived.
    pub received_on: Option<NaiveDate>,
    /// From whom.
    pub supplier: Option<String>,
    /// SHA-256 of a photograph of the label, among the person's evidence.
    pub label_photo_sha256: Option<[u8; 32]>,
}

/// The lines that the typed products make, or every question that they leave open.
pub fn lines(
    typed: Vec<TypedProduct>,
    today: NaiveDate,
) -> Result<Vec<NeedleLine>, Vec<UserError>> {
    let mut asked = Asked::default();
    if typed.len() > MOST_PRODUCTS {
        asked.about(
            "products",
            format!("an attestation has at most {MOST_PRODUCTS} products"),
        );
        return Err(asked.0);
    }
    let lines: Vec<_> = typed
        .into_iter()
        .enumerate()
        .filter_map(|(at, product)| line(product, &format!("products[{at}]"), today, &mut asked))
        .collect();
    if asked.0.is_empty() {
        Ok(lines)
    } else {
        Err(asked.0)
    }
}

/// What has to be mended before anything is stored.
#[derive(Default)]
struct Asked(Vec<UserError>);

impl Asked {
    fn about(&mut self, field: impl Into<Box<str>>, message: impl Into<Box<str>>) {
        self.0
            .push(UserError::of(UserErrorCode::GuardFailed, field, message));
    }

    fn or<T>(&mut self, field: String, read: Result<T, impl ToString>) -> Option<T> {
        read.map_err(|why| self.about(field, why.to_string())).ok()
    }

    fn text(&mut self, field: String, text: String, most: usize) -> Box<str> {
        // A scanner's separator (FNC1) is part of a bar code.
        let strays = text.chars().any(|c| c.is_control() && c != '\u{1d}');
        if strays {
            self.about(field, "it has characters that no label has");
        } else if text.chars().count() > most {
            self.about(field, format!("it has more than {most} characters"));
        }
        text.into()
    }

    fn words(&mut self, field: String, text: Option<String>) -> Option<Box<str>> {
        text.filter(|text| !text.trim().is_empty())
            .map(|text| self.text(field, text, MOST_CHARACTERS))
    }
}

fn line(typed: TypedProduct, at: &str, today: NaiveDate, asked: &mut Asked) -> Option<NeedleLine> {
    let field = |name: &str| format!("{at}.{name}");
    if typed.lots.len() > MOST_LOTS {
        asked.about(
            field("lots"),
            format!("a product has at most {MOST_LOTS} lots in use"),
        );
        return None;
    }
    let codes: Vec<_> = typed
        .lots
        .iter()
        .map(|lot| lot.udi.as_deref().map(|text| Udi::parse(text, today)))
        .collect();
    let scanned = codes.iter().flatten().flatten().next();
    let scanned = scanned.map(|udi| udi.device.to_string());
    let device_identifier = asked
        .words(field("deviceIdentifier"), typed.device_identifier)
        .or_else(|| scanned.map(Into::into));
    let di_issuer = typed
        .di_issuer
        .unwrap_or_else(|| issuer(device_identifier.as_deref()));
    let product_code = asked.or(
        field("productCode"),
        ProductCode::parse(&typed.product_code),
    );
    let diameter_um = asked.or(field("diameter"), diameter_um(&typed.diameter));
    let length_mm = asked.or(field("length"), length_mm(&typed.length));
    let k510_number = asked.words(field("k510Number"), typed.k510_number);
    let lots: Vec<_> = typed
        .lots
        .into_iter()
        .zip(codes)
        .enumerate()
        .map(|(nth, (typed, code))| lot(typed, code, &field(&format!("lots[{nth}]")), asked))
        .collect();
    let product = ClaimedNeedle {
        brand: asked.text(field("brand"), typed.brand, MOST_CHARACTERS),
        labeler: asked.text(field("labelerName"), typed.labeler, MOST_CHARACTERS),
        catalog_number: asked.words(field("catalogNumber"), typed.catalog_number),
        di_issuer,
        device_identifier,
        product_code: product_code?,
        fda_pathway: typed.fda_pathway,
        // What is none is kept as typed: the checks name what is wrong with it.
        k510_number: k510_number.map(|text| {
            KNumber::parse(&text, today).map_or(text, |number| number.to_string().into())
        }),
        single_use: typed.single_use,
        rx_only: typed.rx_only,
        needle_kind: typed.needle_kind,
        material: typed.material,
        coating: typed.coating,
        diameter_um: diameter_um?,
        length_mm: length_mm?,
        guide_tube: typed.guide_tube,
        sterilization_method: typed.sterilization_method,
        sterile_as_packaged: typed.sterile_as_packaged,
        needs_sterilization_before_use: typed.needs_sterilization_before_use,
        claimed_standards: typed.claimed_standards,
        gudid_snapshot_on: None,
        source: typed.source,
    };
    Some(NeedleLine {
        product,
        lots: lots.into_iter().collect::<Option<_>>()?,
    })
}

fn lot(
    typed: TypedLot,
    code: Option<Result<Udi, domain::udi::InvalidUdi>>,
    at: &str,
    asked: &mut Asked,
) -> Option<ClaimedLot> {
    let field = |name: &str| format!("{at}.{name}");
    let unreadable = match &code {
        Some(Err(why)) => Some(why.to_string()),
        _ => None,
    };
    let production = code
        .and_then(Result::ok)
        .map(|udi| udi.production)
        .unwrap_or_default();
    let missing = |what: &str| match &unreadable {
        Some(why) => format!("the bar code cannot be read: {why}"),
        None => format!("write the {what} that the label says, or the bar code"),
    };
    let typed_lot = typed.lot.filter(|lot| !lot.is_empty());
    let number = typed_lot.map(Into::into).or(production.lot);
    let expires = match typed.expires_on {
        Some(day) => Some(expiry(day, typed.precision)),
        None => production.expires,
    };
    if number.is_none() {
        asked.about(field("lot"), missing("lot number"));
    }
    if expires.is_none() {
        asked.about(field("expiresOn"), missing("last day"));
    }
    let udi = typed.udi.filter(|text| !text.is_empty());
    Some(ClaimedLot {
        lot: asked.text(field("lot"), String::from(number?), MOST_CHARACTERS),
        expires: expires?,
        manufactured_on: typed.manufactured_on.or(production.made_on),
        udi_raw: udi.map(|text| asked.text(field("udi"), text, MOST_UDI_CHARACTERS)),
        received_on: typed.received_on,
        supplier: asked.words(field("supplier"), typed.supplier),
        label_photo_sha256: typed.label_photo_sha256,
    })
}

/// A label that says a month means its last day.
fn expiry(day: NaiveDate, precision: DatePrecision) -> ExpiryDate {
    let of_month = match precision {
        DatePrecision::Day => None,
        DatePrecision::Month => ExpiryDate::month(day.year(), day.month()),
    };
    of_month.unwrap_or_else(|| ExpiryDate::day(day))
}

/// Whose scheme a device identifier looks like.
fn issuer(text: Option<&str>) -> DiIssuer {
    let Some(text) = text else {
        return DiIssuer::NoneStated;
    };
    let is_digits = text.trim().bytes().all(|byte| byte.is_ascii_digit());
    match DeviceIdentifier::parse(text) {
        Ok(DeviceIdentifier::Gs1(_)) => DiIssuer::Gs1,
        Ok(DeviceIdentifier::Hibc(_)) => DiIssuer::Hibcc,
        Err(_) if text.trim_start().starts_with(['+', '*']) => DiIssuer::Hibcc,
        Err(_) if is_digits => DiIssuer::Gs1,
        Err(_) => DiIssuer::Other,
    }
}

#[cfg(test)]
mod tests {
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
}
