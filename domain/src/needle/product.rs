//! A box of needles as somebody describes it, before anybody checked a word of it.

use chrono::NaiveDate;

use super::check::bare;
use crate::attestation::{self, FdaPathway};
use crate::codes::codes;
use crate::udi::date::ExpiryDate;

codes! {
    /// Whose scheme a device identifier follows.
    pub enum DiIssuer("device identifier issuer") {
        /// GS1: a GTIN.
        Gs1 = "GS1",
        /// HIBCC: an HIBC.
        Hibcc = "HIBCC",
        /// Another, whose numbers cannot be checked here.
        Other = "OTHER",
        /// The label names none; 21 CFR 801.30 knows exceptions.
        NoneStated = "NONE_STATED",
    }
}

codes! {
    /// FDA's product code of a device.
    pub enum ProductCode("product code") {
        /// Needle, acupuncture, single use: exempt from premarket clearance.
        Mqx = "MQX",
        /// Automatic intramuscular stimulator, which the exemption does not name.
        Nrw = "NRW",
        /// Another, or none stated.
        Other = "OTHER",
    }
}

codes! {
    /// What kind of needle it is.
    pub enum NeedleKind("needle kind") {
        /// Solid and filiform: the only kind that dry needling uses.
        FiliformSolid = "FILIFORM_SOLID",
        /// Hollow, for injections.
        Hypodermic = "HYPODERMIC",
        /// Left in the skin (ISO 18746).
        Intradermal = "INTRADERMAL",
        /// Any other.
        Other = "OTHER",
    }
}

codes! {
    /// What the needle's body is made of.
    pub enum NeedleMaterial("needle material") {
        /// Stainless steel, which 21 CFR 880.5580 describes.
        StainlessSteel = "STAINLESS_STEEL",
        /// Titanium.
        Titanium = "TITANIUM",
        /// Gold.
        Gold = "GOLD",
        /// Silver.
        Silver = "SILVER",
        /// Any other.
        Other = "OTHER",
        /// Not stated.
        Unknown = "UNKNOWN",
    }
}

codes! {
    /// What the needle is coated with.
    pub enum NeedleCoating("needle coating") {
        /// Nothing.
        None = "NONE",
        /// Silicone.
        Silicone = "SILICONE",
        /// Something else.
        Other = "OTHER",
        /// Not stated.
        Unknown = "UNKNOWN",
    }
}

codes! {
    /// How the maker sterilised it.
    pub enum SterilizationMethod("sterilization method") {
        /// Ethylene oxide (ISO 11135).
        Eo = "EO",
        /// Gamma rays (ISO 11137).
        Gamma = "GAMMA",
        /// Electron beam (ISO 11137).
        Ebeam = "EBEAM",
        /// X-rays (ISO 11137).
        Xray = "XRAY",
        /// Any other.
        Other = "OTHER",
        /// Not stated.
        Unknown = "UNKNOWN",
    }
}

codes! {
    /// A standard that the label claims. A claim; nobody here tested it.
    pub enum ClaimedStandard("claimed standard") {
        /// Sterile acupuncture needles for single use.
        Iso17218 = "ISO_17218",
        /// Sterilization by ethylene oxide.
        Iso11135 = "ISO_11135",
        /// Sterilization by radiation.
        Iso11137 = "ISO_11137",
        /// Packaging of terminally sterilized devices.
        Iso11607 = "ISO_11607",
        /// Biological evaluation.
        Iso10993 = "ISO_10993",
    }
}

codes! {
    /// Where the description comes from.
    pub enum ProductSource("product source") {
        /// Read off the label.
        Label = "LABEL",
        /// FDA's Global Unique Device Identification Database.
        Gudid = "GUDID",
        /// The provider's own words.
        Provider = "PROVIDER",
    }
}

/// A needle as claimed. Texts are as typed: [`super::check::check`] says what is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a line of the label, true or not by itself"
)]
pub struct ClaimedNeedle {
    /// Brand.
    pub brand: Box<str>,
    /// Whose label it bears.
    pub labeler: Box<str>,
    /// The labeler's own number.
    pub catalog_number: Option<Box<str>>,
    /// Whose scheme the device identifier follows.
    pub di_issuer: DiIssuer,
    /// The device identifier of the box.
    pub device_identifier: Option<Box<str>>,
    /// FDA's product code.
    pub product_code: ProductCode,
    /// How it came to market.
    pub fda_pathway: FdaPathway,
    /// The 510(k) number.
    pub k510_number: Option<Box<str>>,
    /// Is it labelled for single use only?
    pub single_use: bool,
    /// Does the label say "Rx only" or the caution of 21 CFR 801.109(b)(1)?
    pub rx_only: Option<bool>,
    /// What kind of needle.
    pub needle_kind: NeedleKind,
    /// Body.
    pub material: NeedleMaterial,
    /// Coating.
    pub coating: NeedleCoating,
    /// Micrometres.
    pub diameter_um: u32,
    /// Millimetres.
    pub length_mm: u32,
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
    /// The day of the database's copy that was compared.
    pub gudid_snapshot_on: Option<NaiveDate>,
    /// Where all this comes from.
    pub source: ProductSource,
}

/// A lot of such needles as claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedLot {
    /// The lot number as printed.
    pub lot: Box<str>,
    /// Its last day, as precisely as the label says it.
    pub expires: ExpiryDate,
    /// Day of manufacture.
    pub manufactured_on: Option<NaiveDate>,
    /// The whole UDI as scanned or typed.
    pub udi_raw: Option<Box<str>>,
    /// When it arrived.
    pub received_on: Option<NaiveDate>,
    /// From whom.
    pub supplier: Option<Box<str>>,
    /// SHA-256 of a photograph of the label, in evidence.
    pub label_photo_sha256: Option<[u8; 32]>,
}

/// A line of an attestation: a product and its lots in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedleLine {
    /// The product.
    pub product: ClaimedNeedle,
    /// Its lots.
    pub lots: Vec<ClaimedLot>,
}

impl NeedleLine {
    /// What the public sees of the line once its attestation is accepted.
    pub fn shown(&self) -> attestation::NeedleProduct {
        let product = &self.product;
        attestation::NeedleProduct {
            brand: product.brand.clone(),
            labeler: product.labeler.clone(),
            device_identifier: product.device_identifier.clone(),
            fda_pathway: product.fda_pathway,
            k510_number: product.k510_number.clone(),
            diameter_um: product.diameter_um,
            length_mm: product.length_mm,
            lots: self
                .lots
                .iter()
                .map(|lot| attestation::NeedleLot {
                    lot: lot.lot.clone(),
                    expires_on: lot.expires.last_day,
                    recalled_on: None,
                })
                .collect(),
        }
    }
}

impl ClaimedNeedle {
    /// What the label must have said for an attestation of this needle to be in force, and nothing
    /// more: for records that were brought in without their claim.
    pub fn implied_by(shown: &attestation::NeedleProduct) -> Self {
        Self {
            brand: shown.brand.clone(),
            labeler: shown.labeler.clone(),
            catalog_number: None,
            di_issuer: match shown.device_identifier.as_deref() {
                None => DiIssuer::NoneStated,
                Some(text) if text.trim_start().starts_with('+') => DiIssuer::Hibcc,
                Some(_) => DiIssuer::Gs1,
            },
            device_identifier: shown.device_identifier.clone(),
            product_code: ProductCode::Mqx,
            fda_pathway: shown.fda_pathway,
            k510_number: shown.k510_number.clone(),
            single_use: true,
            rx_only: None,
            needle_kind: NeedleKind::FiliformSolid,
            material: NeedleMaterial::Unknown,
            coating: NeedleCoating::Unknown,
            diameter_um: shown.diameter_um,
            length_mm: shown.length_mm,
            guide_tube: false,
            sterilization_method: SterilizationMethod::Unknown,
            sterile_as_packaged: true,
            needs_sterilization_before_use: false,
            claimed_standards: Vec::new(),
            gudid_snapshot_on: None,
            source: ProductSource::Provider,
        }
    }

    /// The device identifier in the one spelling by which lots and recalls are found.
    pub fn device_bare(&self) -> Option<String> {
        self.device_identifier.as_deref().map(bare)
    }
}

/// What was typed for a product code is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProductCode {
    /// A common misreading of MQX in scanned letters (as in that of K990406).
    #[error("{0:?} is no product code of a needle: did you mean MQX?")]
    DidYouMeanMqx(Box<str>),
    /// Not three letters.
    #[error("a product code has three letters")]
    NotThreeLetters,
}

impl ProductCode {
    /// Reads what a person typed: three letters, in either case.
    pub fn parse(text: &str) -> Result<Self, InvalidProductCode> {
        let code = text.trim().to_ascii_uppercase();
        match code.as_str() {
            "MQX" => Ok(Self::Mqx),
            "NRW" => Ok(Self::Nrw),
            "MOX" | "M0X" => Err(InvalidProductCode::DidYouMeanMqx(code.into())),
            _ if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Ok(Self::Other)
            }
            _ => Err(InvalidProductCode::NotThreeLetters),
        }
    }
}
