//! Needles as people type them. What is on the label's bar code need not be typed a second time, and
//! nothing is converted or guessed: what could mean two things is asked.

mod asked;
mod lot;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use domain::attestation::FdaPathway;
use domain::needle::k_number::KNumber;
use domain::needle::product::{
    ClaimedNeedle, ClaimedStandard, DiIssuer, NeedleCoating, NeedleKind, NeedleLine,
    NeedleMaterial, ProductCode, ProductSource, SterilizationMethod,
};
use domain::needle::size::{diameter_um, length_mm};
use domain::udi::{DeviceIdentifier, Udi};

use crate::service::UserError;
use asked::{Asked, MOST_CHARACTERS};
pub use lot::TypedLot;
use lot::lot;

/// The most products of one attestation.
pub const MOST_PRODUCTS: usize = 20;
/// The most lots of one product.
pub const MOST_LOTS: usize = 50;

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
    /// The day of the copy of FDA's database that was compared.
    pub gudid_snapshot_on: Option<NaiveDate>,
    /// Where all this comes from.
    pub source: ProductSource,
    /// The lots in use.
    pub lots: Vec<TypedLot>,
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
    let gudid_snapshot_on = asked.or(
        field("gudidSnapshotOn"),
        snapshot(typed.source, typed.gudid_snapshot_on, today),
    );
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
        gudid_snapshot_on: gudid_snapshot_on?,
        source: typed.source,
    };
    Some(NeedleLine {
        product,
        lots: lots.into_iter().collect::<Option<_>>()?,
    })
}

/// The day of a copy of FDA's database: a description that comes from there names it, and nobody has seen a
/// copy of a day to come or from before there was one.
fn snapshot(
    source: ProductSource,
    on: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, &'static str> {
    /// FDA's unique device identification rule, 78 FR 58785, by which the database was established.
    const BEGAN_ON: NaiveDate =
        NaiveDate::from_ymd_opt(2013, 9, 24).expect("a day of the calendar");
    match on {
        None if source == ProductSource::Gudid => {
            Err("write the day of the copy of the database that this was read in")
        }
        Some(day) if today < day => Err("that day is still to come"),
        Some(day) if day < BEGAN_ON => Err("there was no such database before 24 September 2013"),
        on => Ok(on),
    }
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
