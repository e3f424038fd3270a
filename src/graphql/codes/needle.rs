//! Needles: what is claimed of them and what the checks find.

use async_graphql::Enum;

/// One of the eight statements that a person signs about needles. None is ever ticked in advance.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::statement::Statement")]
pub enum SterilityStatement {
    /// Only sterile, single-use, solid filiform needles.
    #[graphql(name = "S1")]
    S1,
    /// One patient, one session.
    #[graphql(name = "S2")]
    S2,
    /// Never re-sterilised or reused.
    #[graphql(name = "S3")]
    S3,
    /// Package and expiry checked.
    #[graphql(name = "S4")]
    S4,
    /// Sharps handled as OSHA demands.
    #[graphql(name = "S5")]
    S5,
    /// Stored as the label says.
    #[graphql(name = "S6")]
    S6,
    /// Recalls acted on.
    #[graphql(name = "S7")]
    S7,
    /// Adverse events recorded and reported.
    #[graphql(name = "S8")]
    S8,
}

/// What a finding does to an attestation.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::finding::Severity")]
pub enum FindingSeverity {
    /// It must be mended before the attestation can be accepted.
    Hard,
    /// Somebody has to look.
    Warning,
}

/// What is wrong.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::finding::FindingCode")]
pub enum FindingCode {
    /// A name is missing.
    NameMissing,
    /// A name says what must never be said of a needle in public.
    NameSaysApproved,
    /// No device identifier.
    DiNotStated,
    /// Of a scheme that cannot be checked here.
    DiNotChecked,
    /// Wrong for its scheme.
    DiInvalid,
    /// A GTIN of goods sold by measure.
    DiVariableMeasure,
    /// No 510(k) number: malformed, or of a year to come.
    #[graphql(name = "K510_INVALID")]
    K510Invalid,
    /// A De Novo or premarket approval number.
    #[graphql(name = "K510_OTHER_SUBMISSION")]
    K510OtherSubmission,
    /// A 510(k) number on a needle that is said to be exempt.
    #[graphql(name = "K510_WITH_EXEMPT")]
    K510WithExempt,
    /// Said to be cleared, without a number.
    #[graphql(name = "K510_MISSING")]
    K510Missing,
    /// A 510(k) number on a device that is no needle by its product code.
    #[graphql(name = "K510_PRODUCT_CODE")]
    K510ProductCode,
    /// Said to be exempt under a product code that the exemption does not name.
    ExemptProductCode,
    /// Not marketed in the United States.
    NotUsMarketed,
    /// No solid filiform needle.
    NeedleKind,
    /// Not for single use.
    NotSingleUse,
    /// Not sterile in its package.
    NotSterile,
    /// To be sterilised by the user.
    NeedsSterilization,
    /// No needle has that diameter.
    DiameterRange,
    /// Few needles have that diameter.
    DiameterUnusual,
    /// No needle has that length.
    LengthRange,
    /// Few needles have that length.
    LengthUnusual,
    /// A product without a lot in use.
    NoLot,
    /// No lot number that a label can carry.
    LotInvalid,
    /// Past its last day.
    LotExpired,
    /// Soon past its last day.
    LotExpiresSoon,
    /// A last day that is too far off to be likely.
    ExpiryFarOff,
    /// A last day before the day of manufacture.
    ExpiryBeforeManufacture,
    /// A last day too long after the day of manufacture to be likely.
    ExpiryLongAfterManufacture,
    /// One lot with two last days.
    LotTwoExpiries,
    /// Recalled.
    LotRecalled,
    /// No UDI.
    UdiInvalid,
    /// A UDI that says something else than the fields beside it.
    UdiDiffers,
    /// The signer held no licence in force when signing.
    SignerLicense,
    /// No source has confirmed the signer's licence.
    SignerLicenseUnchecked,
}

/// Whose scheme a device identifier follows.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::product::DiIssuer")]
pub enum DeviceIdentifierIssuer {
    /// GS1: a GTIN.
    #[graphql(name = "GS1")]
    Gs1,
    /// HIBCC: an HIBC.
    Hibcc,
    /// Another, whose numbers cannot be checked here.
    Other,
    /// The label names none; 21 CFR 801.30 knows exceptions.
    NoneStated,
}

/// FDA's product code of a device.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::product::ProductCode")]
pub enum NeedleProductCode {
    /// Needle, acupuncture, single use: exempt from premarket clearance.
    Mqx,
    /// Automatic intramuscular stimulator, which the exemption does not name.
    Nrw,
    /// Another, or none stated.
    Other,
}

/// What kind of needle it is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::product::NeedleKind")]
pub enum NeedleKind {
    /// Solid and filiform: the only kind that dry needling uses.
    FiliformSolid,
    /// Hollow, for injections.
    Hypodermic,
    /// Left in the skin (ISO 18746).
    Intradermal,
    /// Any other.
    Other,
}

/// What the needle's body is made of.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::product::NeedleMaterial")]
pub enum NeedleMaterial {
    /// Stainless steel, which 21 CFR 880.5580 describes.
    StainlessSteel,
    /// Titanium.
    Titanium,
    /// Gold.
    Gold,
    /// Silver.
    Silver,
    /// Any other.
    Other,
    /// Not stated.
    Unknown,
}

/// What the needle is coated with.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::product::NeedleCoating")]
pub enum NeedleCoating {
    /// Nothing.
    None,
    /// Silicone.
    Silicone,
    /// Something else.
    Other,
    /// Not stated.
    Unknown,
}

/// How the maker sterilised it.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::product::SterilizationMethod")]
pub enum SterilizationMethod {
    /// Ethylene oxide (ISO 11135).
    Eo,
    /// Gamma rays (ISO 11137).
    Gamma,
    /// Electron beam (ISO 11137).
    Ebeam,
    /// X-rays (ISO 11137).
    Xray,
    /// Any other.
    Other,
    /// Not stated.
    Unknown,
}

/// A standard that the label claims. A claim; nobody here tested it.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::product::ClaimedStandard")]
pub enum ClaimedStandard {
    /// Sterile acupuncture needles for single use.
    #[graphql(name = "ISO_17218")]
    Iso17218,
    /// Sterilization by ethylene oxide.
    #[graphql(name = "ISO_11135")]
    Iso11135,
    /// Sterilization by radiation.
    #[graphql(name = "ISO_11137")]
    Iso11137,
    /// Packaging of terminally sterilized devices.
    #[graphql(name = "ISO_11607")]
    Iso11607,
    /// Biological evaluation.
    #[graphql(name = "ISO_10993")]
    Iso10993,
}

/// Where the description comes from.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::product::ProductSource")]
pub enum ProductSource {
    /// Read off the label.
    Label,
    /// FDA's Global Unique Device Identification Database.
    Gudid,
    /// The provider's own words.
    Provider,
}

/// What a lot is on a day. Derived, never stored.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::recall::LotStatus")]
pub enum LotStatus {
    /// May be used.
    InDate,
    /// Past its last day.
    Expired,
    /// Recalled.
    Recalled,
    /// Its device is withdrawn, with every lot.
    Withdrawn,
}

/// How sure we are of an attestation.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::needle::sentence::AttestationAssurance")]
pub enum AttestationAssurance {
    /// Its numbers and dates were checked by machine.
    MachineChecked,
    /// A person has also seen the evidence.
    EvidenceReviewed,
}

/// How precisely a date is known.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::udi::date::DatePrecision")]
pub enum DatePrecision {
    /// To the day.
    Day,
    /// To the month; its last day stands for it.
    Month,
}
