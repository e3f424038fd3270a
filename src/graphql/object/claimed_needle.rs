//! Needles as claimed. Not public: the public reads `NeedleProduct`.

use async_graphql::{Description, Object};
use domain::needle::product::{ClaimedLot, ClaimedNeedle};

use crate::graphql::codes::{
    ClaimedStandard, DatePrecision, DeviceIdentifierIssuer, FdaPathway, LotStatus, NeedleCoating,
    NeedleKind, NeedleMaterial, NeedleProductCode, ProductSource, SterilizationMethod,
};
use crate::graphql::scalar::Date;
use crate::service::attestation::read::Record;

/// A needle as its provider describes it, before anybody checked a word of it. Not public.
#[derive(Description)]
pub(super) struct ClaimedProduct<'a> {
    pub(super) record: &'a Record,
    /// Which of its lines.
    pub(super) line: usize,
}

/// A lot of such needles as claimed. Not public.
#[derive(Description)]
pub(super) struct ClaimedProductLot<'a> {
    record: &'a Record,
    line: usize,
    /// Which of the line's lots.
    at: usize,
}

impl ClaimedProduct<'_> {
    fn get(&self) -> &ClaimedNeedle {
        &self.record.content().lines[self.line].product
    }
}

impl ClaimedProductLot<'_> {
    fn get(&self) -> &ClaimedLot {
        &self.record.content().lines[self.line].lots[self.at]
    }
}

#[Object(use_type_description)]
impl<'a> ClaimedProduct<'a> {
    /// Brand.
    async fn brand(&self) -> &str {
        &self.get().brand
    }

    /// Whose label it bears.
    async fn labeler_name(&self) -> &str {
        &self.get().labeler
    }

    /// The labeler's own number.
    async fn catalog_number(&self) -> Option<&str> {
        self.get().catalog_number.as_deref()
    }

    /// Whose scheme the device identifier follows.
    async fn di_issuer(&self) -> DeviceIdentifierIssuer {
        self.get().di_issuer.into()
    }

    /// The device identifier as typed or scanned.
    async fn device_identifier(&self) -> Option<&str> {
        self.get().device_identifier.as_deref()
    }

    /// FDA's product code.
    async fn product_code(&self) -> NeedleProductCode {
        self.get().product_code.into()
    }

    /// How it came to market.
    async fn fda_pathway(&self) -> FdaPathway {
        self.get().fda_pathway.into()
    }

    /// The 510(k) number.
    #[graphql(name = "k510Number")]
    async fn k510_number(&self) -> Option<&str> {
        self.get().k510_number.as_deref()
    }

    /// Does the label say that it is for single use only?
    async fn single_use(&self) -> bool {
        self.get().single_use
    }

    /// Does the label say "Rx only"? Null when that was not looked at.
    async fn rx_only(&self) -> Option<bool> {
        self.get().rx_only
    }

    /// What kind of needle.
    async fn needle_kind(&self) -> NeedleKind {
        self.get().needle_kind.into()
    }

    /// What its body is made of.
    async fn material(&self) -> NeedleMaterial {
        self.get().material.into()
    }

    /// What it is coated with.
    async fn coating(&self) -> NeedleCoating {
        self.get().coating.into()
    }

    /// Diameter in micrometres: 300 is 0.30 mm.
    async fn diameter_micrometers(&self) -> u32 {
        self.get().diameter_um
    }

    /// Length in millimetres.
    async fn length_millimeters(&self) -> u32 {
        self.get().length_mm
    }

    /// With a guide tube?
    async fn guide_tube(&self) -> bool {
        self.get().guide_tube
    }

    /// How the maker sterilised it.
    async fn sterilization_method(&self) -> SterilizationMethod {
        self.get().sterilization_method.into()
    }

    /// Is it sterile in its package?
    async fn sterile_as_packaged(&self) -> bool {
        self.get().sterile_as_packaged
    }

    /// Does its user have to sterilise it first?
    async fn needs_sterilization_before_use(&self) -> bool {
        self.get().needs_sterilization_before_use
    }

    /// Standards that the label claims.
    async fn claimed_standards(&self) -> Vec<ClaimedStandard> {
        let standards = self.get().claimed_standards.iter();
        standards.map(|standard| (*standard).into()).collect()
    }

    /// The day of the copy of FDA's device database (GUDID) that the label was compared with.
    async fn gudid_snapshot_on(&self) -> Option<Date> {
        self.get().gudid_snapshot_on.map(Into::into)
    }

    /// Where this was read.
    async fn source(&self) -> ProductSource {
        self.get().source.into()
    }

    /// The lots in use.
    async fn lots(&self) -> Vec<ClaimedProductLot<'a>> {
        let lots = 0..self.record.content().lines[self.line].lots.len();
        lots.map(|at| ClaimedProductLot {
            record: self.record,
            line: self.line,
            at,
        })
        .collect()
    }
}

#[Object(use_type_description)]
impl ClaimedProductLot<'_> {
    /// The lot number as printed.
    async fn lot(&self) -> &str {
        &self.get().lot
    }

    /// Its last day.
    async fn expires_on(&self) -> Date {
        self.get().expires.last_day.into()
    }

    /// How precisely the label says it.
    async fn expiry_precision(&self) -> DatePrecision {
        self.get().expires.precision.into()
    }

    /// What it is today.
    async fn status(&self) -> Option<LotStatus> {
        self.record.lot_status(self.line, self.at).map(Into::into)
    }

    /// Day of manufacture.
    async fn manufactured_on(&self) -> Option<Date> {
        self.get().manufactured_on.map(Into::into)
    }

    /// The whole bar code as scanned or typed.
    async fn udi(&self) -> Option<&str> {
        self.get().udi_raw.as_deref()
    }

    /// When it arrived.
    async fn received_on(&self) -> Option<Date> {
        self.get().received_on.map(Into::into)
    }

    /// From whom.
    async fn supplier(&self) -> Option<&str> {
        self.get().supplier.as_deref()
    }

    /// SHA-256 of a photograph of the label, among the person's evidence.
    async fn label_photo_sha256(&self) -> Option<String> {
        let photo = self.get().label_photo_sha256.as_ref()?;
        Some(data_encoding::HEXLOWER.encode(photo))
    }
}
