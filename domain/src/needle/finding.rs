//! What a check found wrong with a claim.

use crate::codes::codes;

codes! {
    /// What a finding does to an attestation.
    pub enum Severity("severity") {
        /// It must be mended before the attestation can be accepted.
        Hard = "HARD",
        /// Somebody has to look.
        Warning = "WARNING",
    }
}

codes! {
    /// What is wrong.
    pub enum FindingCode("finding") {
        /// A name is missing.
        NameMissing = "NAME_MISSING",
        /// A name says what must never be said of a needle in public.
        NameSaysApproved = "NAME_SAYS_APPROVED",
        /// No device identifier.
        DiNotStated = "DI_NOT_STATED",
        /// Of a scheme that cannot be checked here.
        DiNotChecked = "DI_NOT_CHECKED",
        /// Wrong for its scheme.
        DiInvalid = "DI_INVALID",
        /// A GTIN of goods sold by measure.
        DiVariableMeasure = "DI_VARIABLE_MEASURE",
        /// No 510(k) number: malformed, or of a year to come.
        K510Invalid = "K510_INVALID",
        /// A De Novo or premarket approval number.
        K510OtherSubmission = "K510_OTHER_SUBMISSION",
        /// A 510(k) number on a needle that is said to be exempt.
        K510WithExempt = "K510_WITH_EXEMPT",
        /// Said to be cleared, without a number.
        K510Missing = "K510_MISSING",
        /// A 510(k) number on a device that is no needle by its product code.
        K510ProductCode = "K510_PRODUCT_CODE",
        /// Said to be exempt under a product code that the exemption does not name.
        ExemptProductCode = "EXEMPT_PRODUCT_CODE",
        /// Not marketed in the United States.
        NotUsMarketed = "NOT_US_MARKETED",
        /// No solid filiform needle.
        NeedleKind = "NEEDLE_KIND",
        /// Not for single use.
        NotSingleUse = "NOT_SINGLE_USE",
        /// Not sterile in its package.
        NotSterile = "NOT_STERILE",
        /// To be sterilised by the user.
        NeedsSterilization = "NEEDS_STERILIZATION",
        /// No needle has that diameter.
        DiameterRange = "DIAMETER_RANGE",
        /// Few needles have that diameter.
        DiameterUnusual = "DIAMETER_UNUSUAL",
        /// No needle has that length.
        LengthRange = "LENGTH_RANGE",
        /// Few needles have that length.
        LengthUnusual = "LENGTH_UNUSUAL",
        /// A product without a lot in use.
        NoLot = "NO_LOT",
        /// No lot number that a label can carry.
        LotInvalid = "LOT_INVALID",
        /// Past its last day.
        LotExpired = "LOT_EXPIRED",
        /// Soon past its last day.
        LotExpiresSoon = "LOT_EXPIRES_SOON",
        /// A last day that is too far off to be likely.
        ExpiryFarOff = "EXPIRY_FAR_OFF",
        /// A last day before the day of manufacture.
        ExpiryBeforeManufacture = "EXPIRY_BEFORE_MANUFACTURE",
        /// A last day too long after the day of manufacture to be likely.
        ExpiryLongAfterManufacture = "EXPIRY_LONG_AFTER_MANUFACTURE",
        /// One lot with two last days.
        LotTwoExpiries = "LOT_TWO_EXPIRIES",
        /// Recalled.
        LotRecalled = "LOT_RECALLED",
        /// No UDI.
        UdiInvalid = "UDI_INVALID",
        /// A UDI that says something else than the fields beside it.
        UdiDiffers = "UDI_DIFFERS",
        /// The signer held no licence in force when signing.
        SignerLicense = "SIGNER_LICENSE",
        /// No source has confirmed the signer's licence.
        SignerLicenseUnchecked = "SIGNER_LICENSE_UNCHECKED",
    }
}

impl FindingCode {
    /// How much it weighs. Fixed by the code, so that nobody can soften one.
    pub const fn severity(self) -> Severity {
        match self {
            Self::NameMissing
            | Self::NameSaysApproved
            | Self::DiInvalid
            | Self::K510Invalid
            | Self::K510OtherSubmission
            | Self::NeedleKind
            | Self::NotSingleUse
            | Self::NotSterile
            | Self::NeedsSterilization
            | Self::DiameterRange
            | Self::LengthRange
            | Self::NoLot
            | Self::LotInvalid
            | Self::LotExpired
            | Self::ExpiryBeforeManufacture
            | Self::LotRecalled
            | Self::UdiInvalid
            | Self::UdiDiffers
            | Self::SignerLicense => Severity::Hard,
            Self::DiNotStated
            | Self::DiNotChecked
            | Self::DiVariableMeasure
            | Self::K510WithExempt
            | Self::K510Missing
            | Self::K510ProductCode
            | Self::ExemptProductCode
            | Self::NotUsMarketed
            | Self::DiameterUnusual
            | Self::LengthUnusual
            | Self::LotExpiresSoon
            | Self::ExpiryFarOff
            | Self::ExpiryLongAfterManufacture
            | Self::LotTwoExpiries
            | Self::SignerLicenseUnchecked => Severity::Warning,
        }
    }
}

/// One thing that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// How much it weighs.
    pub severity: Severity,
    /// Which field, as the API spells it: `k510Number`, `lots[0].expires`.
    pub field: Box<str>,
    /// In words for the person who typed it.
    pub message: Box<str>,
}

impl Finding {
    /// With the severity of its code.
    pub fn new(
        code: FindingCode,
        field: impl Into<Box<str>>,
        message: impl Into<Box<str>>,
    ) -> Self {
        Self {
            code,
            severity: code.severity(),
            field: field.into(),
            message: message.into(),
        }
    }

    /// The same of a field inside another.
    #[must_use]
    pub fn within(mut self, outer: &str) -> Self {
        self.field = format!("{outer}.{}", self.field).into();
        self
    }
}

/// Must something be mended?
pub fn has_hard(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.severity == Severity::Hard)
}
