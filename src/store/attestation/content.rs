//! Needles and lots as rows.

use domain::attestation::AttestationId;
use domain::needle::attestation::Content;
use domain::needle::product::{ClaimedLot, ClaimedNeedle, NeedleLine};
use domain::needle::statement::{Answers, Statement};
use domain::provider::LocationId;
use domain::udi::date::ExpiryDate;
use entity::{attestation_location, needle_lot, needle_product, sterility_attestation};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{hex, sha256};
use crate::store::provider::group::Groups;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

const PRODUCT: &str = "needle_product";
const LOT: &str = "needle_lot";

/// The contents of the attestations whose numbers a statement selects.
pub(super) struct Contents {
    locations: Groups<LocationId>,
    lines: Groups<NeedleLine>,
}

impl Contents {
    pub(super) async fn read(
        db: &impl ConnectionTrait,
        ids: &SelectStatement,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            locations: locations(db, ids.clone()).await?,
            lines: lines(db, ids).await?,
        })
    }

    pub(super) fn take(
        &mut self,
        row: &sterility_attestation::Model,
    ) -> Result<Content, StoreError> {
        let table = "sterility_attestation";
        Ok(Content {
            locations: self.locations.take(row.id),
            lines: self.lines.take(row.id),
            answers: answers(row),
            statement_text_version: row::fit(
                row.statement_text_version,
                table,
                "statement_text_version",
                row.id,
            )?,
        })
    }
}

async fn locations(
    db: &impl ConnectionTrait,
    ids: SelectStatement,
) -> Result<Groups<LocationId>, StoreError> {
    let select = attestation_location::Entity::find()
        .filter(attestation_location::Column::AttestationId.in_subquery(ids))
        .order_by_asc(attestation_location::Column::AttestationId)
        .order_by_asc(attestation_location::Column::Ordinal);
    let rows = row::read(db, select).await?;
    let locations = rows
        .into_iter()
        .map(|found| (found.attestation_id, LocationId(found.practice_location_id)));
    Ok(locations.collect())
}

async fn lines(
    db: &impl ConnectionTrait,
    ids: &SelectStatement,
) -> Result<Groups<NeedleLine>, StoreError> {
    let of_attestations = || needle_product::Column::AttestationId.in_subquery(ids.clone());
    let products = needle_product::Entity::find()
        .filter(of_attestations())
        .order_by_asc(needle_product::Column::Id);
    let products = row::read(db, products).await?;
    let their_ids = needle_product::Entity::find()
        .select_only()
        .column(needle_product::Column::Id)
        .filter(of_attestations());
    let their_ids = sea_orm::QueryTrait::into_query(their_ids);
    let lots = needle_lot::Entity::find()
        .filter(needle_lot::Column::NeedleProductId.in_subquery(their_ids))
        .order_by_asc(needle_lot::Column::NeedleProductId)
        .order_by_asc(needle_lot::Column::Ordinal);
    let mut lots: Groups<ClaimedLot> = row::read(db, lots)
        .await?
        .into_iter()
        .map(|found| Ok((found.needle_product_id, lot_of_row(found)?)))
        .collect::<Result<_, StoreError>>()?;
    products
        .into_iter()
        .map(|found| {
            let (attestation, id) = (found.attestation_id, found.id);
            let line = NeedleLine {
                product: product_of_row(found)?,
                lots: lots.take(id),
            };
            Ok((attestation, line))
        })
        .collect()
}

/// Rows of an attestation's places and needles.
#[derive(Default)]
pub(in crate::store) struct ContentRows {
    pub(in crate::store) locations: Vec<attestation_location::Model>,
    pub(in crate::store) products: Vec<needle_product::Model>,
    pub(in crate::store) lots: Vec<needle_lot::Model>,
}

impl ContentRows {
    pub(super) fn of(
        txn: &WriteTxn,
        attestation: AttestationId,
        content: &Content,
    ) -> Result<Self, StoreError> {
        let mut rows = Self::default();
        for (ordinal, location) in content.locations.iter().enumerate() {
            rows.locations.push(attestation_location::Model {
                attestation_id: attestation.0,
                ordinal: row::ordinal(ordinal),
                practice_location_id: location.0,
            });
        }
        for line in &content.lines {
            rows.add_line(txn, attestation.0, line)?;
        }
        Ok(rows)
    }

    pub(in crate::store) fn add_line(
        &mut self,
        txn: &WriteTxn,
        attestation: i64,
        line: &NeedleLine,
    ) -> Result<(), StoreError> {
        let id = txn.take_id();
        self.products
            .push(product_to_row(id, attestation, &line.product)?);
        let lots = line.lots.iter().enumerate();
        self.lots
            .extend(lots.map(|(ordinal, lot)| lot_to_row(id, ordinal, lot)));
        Ok(())
    }

    pub(in crate::store) async fn insert(
        self,
        db: &impl ConnectionTrait,
    ) -> Result<(), StoreError> {
        row::insert::<attestation_location::Entity>(db, self.locations).await?;
        row::insert::<needle_product::Entity>(db, self.products).await?;
        row::insert::<needle_lot::Entity>(db, self.lots).await
    }
}

/// Deletes the places and needles of a draft, which is being rewritten.
pub(super) async fn delete(
    db: &impl ConnectionTrait,
    attestation: AttestationId,
) -> Result<(), StoreError> {
    let products = needle_product::Entity::find()
        .select_only()
        .column(needle_product::Column::Id)
        .filter(needle_product::Column::AttestationId.eq(attestation.0));
    needle_lot::Entity::delete_many()
        .filter(
            needle_lot::Column::NeedleProductId
                .in_subquery(sea_orm::QueryTrait::into_query(products)),
        )
        .exec(db)
        .await?;
    needle_product::Entity::delete_many()
        .filter(needle_product::Column::AttestationId.eq(attestation.0))
        .exec(db)
        .await?;
    attestation_location::Entity::delete_many()
        .filter(attestation_location::Column::AttestationId.eq(attestation.0))
        .exec(db)
        .await?;
    Ok(())
}

pub(super) fn answers(row: &sterility_attestation::Model) -> Answers {
    let given = [
        row.s1, row.s2, row.s3, row.s4, row.s5, row.s6, row.s7, row.s8,
    ];
    Statement::ALL
        .iter()
        .zip(given)
        .fold(Answers::default(), |answers, (statement, answer)| {
            answers.with(*statement, answer)
        })
}

pub(super) fn set_answers(row: &mut sterility_attestation::Model, answers: Answers) {
    row.s1 = answers.get(Statement::S1);
    row.s2 = answers.get(Statement::S2);
    row.s3 = answers.get(Statement::S3);
    row.s4 = answers.get(Statement::S4);
    row.s5 = answers.get(Statement::S5);
    row.s6 = answers.get(Statement::S6);
    row.s7 = answers.get(Statement::S7);
    row.s8 = answers.get(Statement::S8);
}

fn product_to_row(
    id: i64,
    attestation_id: i64,
    product: &ClaimedNeedle,
) -> Result<needle_product::Model, StoreError> {
    let standards = product.claimed_standards.iter();
    let standards: Vec<_> = standards.map(|standard| standard.code()).collect();
    Ok(needle_product::Model {
        id,
        attestation_id,
        brand: product.brand.to_string(),
        labeler: product.labeler.to_string(),
        catalog_number: product.catalog_number.as_deref().map(Into::into),
        di_issuer: product.di_issuer.code().to_owned(),
        device_identifier: product.device_identifier.as_deref().map(Into::into),
        device_bare: product.device_bare(),
        product_code: product.product_code.code().to_owned(),
        fda_pathway: product.fda_pathway.code().to_owned(),
        k510_number: product.k510_number.as_deref().map(Into::into),
        single_use: product.single_use,
        rx_only: product.rx_only,
        needle_kind: product.needle_kind.code().to_owned(),
        material: product.material.code().to_owned(),
        coating: product.coating.code().to_owned(),
        diameter_um: row::fit(product.diameter_um, PRODUCT, "diameter_um", id)?,
        length_mm: row::fit(product.length_mm, PRODUCT, "length_mm", id)?,
        guide_tube: product.guide_tube,
        sterilization_method: product.sterilization_method.code().to_owned(),
        sterile_as_packaged: product.sterile_as_packaged,
        needs_sterilization_before_use: product.needs_sterilization_before_use,
        claimed_standards: standards.join(","),
        gudid_snapshot_on: product.gudid_snapshot_on,
        source: product.source.code().to_owned(),
    })
}

fn product_of_row(found: needle_product::Model) -> Result<ClaimedNeedle, StoreError> {
    let id = found.id;
    let standards = found
        .claimed_standards
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| row::parse(code, PRODUCT, "claimed_standards", id));
    Ok(ClaimedNeedle {
        claimed_standards: standards.collect::<Result<_, _>>()?,
        di_issuer: row::parse(&found.di_issuer, PRODUCT, "di_issuer", id)?,
        product_code: row::parse(&found.product_code, PRODUCT, "product_code", id)?,
        fda_pathway: row::parse(&found.fda_pathway, PRODUCT, "fda_pathway", id)?,
        needle_kind: row::parse(&found.needle_kind, PRODUCT, "needle_kind", id)?,
        material: row::parse(&found.material, PRODUCT, "material", id)?,
        coating: row::parse(&found.coating, PRODUCT, "coating", id)?,
        sterilization_method: row::parse(
            &found.sterilization_method,
            PRODUCT,
            "sterilization_method",
            id,
        )?,
        source: row::parse(&found.source, PRODUCT, "source", id)?,
        diameter_um: row::fit(found.diameter_um, PRODUCT, "diameter_um", id)?,
        length_mm: row::fit(found.length_mm, PRODUCT, "length_mm", id)?,
        brand: found.brand.into(),
        labeler: found.labeler.into(),
        catalog_number: found.catalog_number.map(Into::into),
        device_identifier: found.device_identifier.map(Into::into),
        k510_number: found.k510_number.map(Into::into),
        single_use: found.single_use,
        rx_only: found.rx_only,
        guide_tube: found.guide_tube,
        sterile_as_packaged: found.sterile_as_packaged,
        needs_sterilization_before_use: found.needs_sterilization_before_use,
        gudid_snapshot_on: found.gudid_snapshot_on,
    })
}

fn lot_to_row(needle_product_id: i64, ordinal: usize, lot: &ClaimedLot) -> needle_lot::Model {
    needle_lot::Model {
        needle_product_id,
        ordinal: row::ordinal(ordinal),
        lot: lot.lot.to_string(),
        expires_on: lot.expires.last_day,
        expiry_precision: lot.expires.precision.code().to_owned(),
        manufactured_on: lot.manufactured_on,
        udi_raw: lot.udi_raw.as_deref().map(Into::into),
        received_on: lot.received_on,
        supplier: lot.supplier.as_deref().map(Into::into),
        label_photo_sha256: lot.label_photo_sha256.as_ref().map(hex),
    }
}

fn lot_of_row(found: needle_lot::Model) -> Result<ClaimedLot, StoreError> {
    let id = found.needle_product_id;
    let photo = found.label_photo_sha256.as_deref();
    Ok(ClaimedLot {
        lot: found.lot.into(),
        expires: ExpiryDate {
            last_day: found.expires_on,
            precision: row::parse(&found.expiry_precision, LOT, "expiry_precision", id)?,
        },
        manufactured_on: found.manufactured_on,
        udi_raw: found.udi_raw.map(Into::into),
        received_on: found.received_on,
        supplier: found.supplier.map(Into::into),
        label_photo_sha256: photo
            .map(|text| sha256(text, LOT, "label_photo_sha256", id))
            .transpose()?,
    })
}
