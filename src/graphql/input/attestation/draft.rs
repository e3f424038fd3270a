//! What an attestation is to say: places, needles and lots.

use async_graphql::{ID, InputObject};
use domain::evidence::EvidenceId;
use domain::needle::product::{NeedleCoating, NeedleMaterial, SterilizationMethod};
use domain::provider::LocationId;

use super::{attestation_order, not_an_id};
use crate::graphql::codes::{
    self, ClaimedStandard, DatePrecision, DeviceIdentifierIssuer, FdaPathway, NeedleKind,
    ProductSource,
};
use crate::graphql::error::Fault;
use crate::graphql::node::{NodeId, row_id};
use crate::graphql::scalar::{Date, Npi};
use crate::service::attestation::draft::Drafting;
use crate::service::attestation::typed::{TypedLot, TypedProduct};

/// What an attestation is to say.
#[derive(InputObject)]
pub struct DraftAttestationInput {
    /// Whose.
    npi: Npi,
    /// The draft that is written anew; absent for a new one.
    attestation_id: Option<ID>,
    /// The version of that draft as it was read.
    expected_version: Option<i32>,
    /// The places for which it holds.
    location_ids: Vec<ID>,
    /// The needles in use there.
    products: Vec<NeedleProductInput>,
    /// A key by which asking again is known.
    pub idempotency_key: String,
}

/// A needle as its box describes it.
#[derive(InputObject)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a statement of its own on the box"
)]
pub(super) struct NeedleProductInput {
    /// Brand.
    brand: String,
    /// Whose label it bears.
    labeler_name: String,
    /// The labeler's own number.
    catalog_number: Option<String>,
    /// Whose scheme the device identifier follows; told from its form when absent.
    di_issuer: Option<DeviceIdentifierIssuer>,
    /// The device identifier of the box: a GTIN, or an HIBC whose last character may be a space. Taken
    /// from a lot's bar code when absent.
    device_identifier: Option<String>,
    /// FDA's product code, three letters: `MQX`.
    product_code: String,
    /// How it came to market.
    fda_pathway: FdaPathway,
    /// The 510(k) number, `K` and six digits. Never demanded: needles for single use are exempt.
    #[graphql(name = "k510Number")]
    k510_number: Option<String>,
    /// Does the label say that it is for single use only?
    single_use: bool,
    /// Does the label say "Rx only" or its longer form? Null when that was not looked at.
    rx_only: Option<bool>,
    /// What kind of needle.
    needle_kind: NeedleKind,
    /// What its body is made of.
    material: Option<codes::NeedleMaterial>,
    /// What it is coated with.
    coating: Option<codes::NeedleCoating>,
    /// The diameter with its unit, in millimetres or micrometres: `0.30 mm`, `300 µm`. A gauge, inches
    /// and a bare `30` are asked back.
    diameter: String,
    /// The length with its unit, in millimetres: `40 mm`.
    length: String,
    /// With a guide tube?
    #[graphql(default)]
    guide_tube: bool,
    /// How the maker sterilised it.
    sterilization_method: Option<codes::SterilizationMethod>,
    /// Is it sterile in its package?
    sterile_as_packaged: bool,
    /// Does its user have to sterilise it first?
    needs_sterilization_before_use: bool,
    /// Standards that the label claims.
    #[graphql(default)]
    claimed_standards: Vec<ClaimedStandard>,
    /// The day of the copy of FDA's device database (GUDID) that the label was compared with; needed with the
    /// source GUDID.
    gudid_snapshot_on: Option<Date>,
    /// Where this is read.
    source: ProductSource,
    /// The lots in use.
    lots: Vec<NeedleLotInput>,
}

/// A lot in use. What the bar code says need not be typed as well; what is typed all the same has to agree
/// with it.
#[derive(InputObject)]
pub(super) struct NeedleLotInput {
    /// The lot number as printed; taken from `udi` when absent.
    lot: Option<String>,
    /// Its last day; taken from `udi` when absent.
    expires_on: Option<Date>,
    /// How precisely the label says it: with MONTH, the month's last day counts.
    #[graphql(default_with = "DatePrecision::Day")]
    expiry_precision: DatePrecision,
    /// Day of manufacture.
    manufactured_on: Option<Date>,
    /// The whole bar code as scanned or typed. A space at its end may belong to it: it is not trimmed.
    udi: Option<String>,
    /// When it arrived.
    received_on: Option<Date>,
    /// From whom.
    supplier: Option<String>,
    /// A photograph of the label, among the person's evidence.
    label_photo_id: Option<ID>,
}

impl DraftAttestationInput {
    /// What is to be written down.
    pub fn read(&self) -> Result<Drafting, Fault> {
        let attestation = match (&self.attestation_id, self.expected_version) {
            (None, None) => None,
            (Some(id), Some(version)) => Some(attestation_order(id, version)?),
            (Some(_), None) => {
                return Err(Fault::bad_input(
                    "input.expectedVersion",
                    "a draft that is written anew takes the version that was read",
                ));
            }
            (None, Some(_)) => {
                return Err(Fault::bad_input(
                    "input.attestationId",
                    "expectedVersion is of a draft that is written anew",
                ));
            }
        };
        let locations = self.location_ids.iter().enumerate();
        let locations = locations.map(|(at, id)| match NodeId::parse(id) {
            Some(NodeId::Location(id)) => Ok(id),
            _ => Err(not_an_id(&format!("input.locationIds[{at}]"), "location")),
        });
        let mut label_photos = Vec::new();
        for (product, typed) in self.products.iter().enumerate() {
            for (lot, typed) in typed.lots.iter().enumerate() {
                if let Some(id) = &typed.label_photo_id {
                    let id = EvidenceId(row_id("evidence", "input.products", id)?);
                    label_photos.push((product, lot, id));
                }
            }
        }
        Ok(Drafting {
            npi: self.npi.0,
            attestation,
            locations: locations.collect::<Result<Vec<LocationId>, _>>()?,
            products: self
                .products
                .iter()
                .map(NeedleProductInput::typed)
                .collect(),
            label_photos,
        })
    }
}

impl NeedleProductInput {
    fn typed(&self) -> TypedProduct {
        TypedProduct {
            brand: self.brand.clone(),
            labeler: self.labeler_name.clone(),
            catalog_number: self.catalog_number.clone(),
            di_issuer: self.di_issuer.map(Into::into),
            device_identifier: self.device_identifier.clone(),
            product_code: self.product_code.clone(),
            fda_pathway: self.fda_pathway.into(),
            k510_number: self.k510_number.clone(),
            single_use: self.single_use,
            rx_only: self.rx_only,
            needle_kind: self.needle_kind.into(),
            material: self.material.map_or(NeedleMaterial::Unknown, Into::into),
            coating: self.coating.map_or(NeedleCoating::Unknown, Into::into),
            diameter: self.diameter.clone(),
            length: self.length.clone(),
            guide_tube: self.guide_tube,
            sterilization_method: self
                .sterilization_method
                .map_or(SterilizationMethod::Unknown, Into::into),
            sterile_as_packaged: self.sterile_as_packaged,
            needs_sterilization_before_use: self.needs_sterilization_before_use,
            claimed_standards: self
                .claimed_standards
                .iter()
                .map(|it| (*it).into())
                .collect(),
            gudid_snapshot_on: self.gudid_snapshot_on.map(|day| day.0),
            source: self.source.into(),
            lots: self.lots.iter().map(NeedleLotInput::typed).collect(),
        }
    }
}

impl NeedleLotInput {
    fn typed(&self) -> TypedLot {
        TypedLot {
            lot: self.lot.clone(),
            expires_on: self.expires_on.map(|day| day.0),
            precision: self.expiry_precision.into(),
            manufactured_on: self.manufactured_on.map(|day| day.0),
            udi: self.udi.clone(),
            received_on: self.received_on.map(|day| day.0),
            supplier: self.supplier.clone(),
            label_photo_sha256: None,
        }
    }
}
