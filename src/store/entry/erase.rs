//! Erasing a person: nothing is left of what they and others said, only that the number was on file.
//!
//! The log stays whole. Its entries hold no value of a person and no words of theirs, only hashes under a
//! key of the person's own; with the key gone they are hashes of nothing that anybody can find. What staff
//! gave as their reasons stays in it (docs/decisions/0116).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::case::CaseState;
use domain::npi::Npi;
use entity::{
    case, case_history, claim, import_stage, license, license_check, location_confirmation,
    mistake_report, notice, npi_status, practice_location, provider, provider_contact,
    provider_language, provider_name, provider_private, provider_taxonomy, registry_lookup,
    registry_record, removal_request, task,
};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::changed;
use super::erase_drafts::erase_drafts;
use crate::store::provider::{BATCH, npi as npi_of, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row, subject};

/// What stands in the place of a name. A person without one cannot be stored.
pub const ERASED: &str = "Erased";

/// Erases what is on file about a person and takes the entry from view.
pub async fn erase(txn: &WriteTxn, npi: Npi, at: DateTime<Utc>) -> Result<(), StoreError> {
    let (db, id) = (txn.db(), number(npi));
    let nothing = || Expr::value(Option::<String>::None);
    let text = || Expr::value(String::new());
    let at = row::instant(at);
    let unknown = || Expr::value(Option::<bool>::None);
    changed(txn, npi)
        .col_expr(provider::Column::Given, nothing())
        .col_expr(provider::Column::Middle, nothing())
        .col_expr(provider::Column::Family, ERASED.into())
        .col_expr(provider::Column::Suffix, nothing())
        .col_expr(provider::Column::Website, nothing())
        .col_expr(provider::Column::OffersDryNeedling, unknown())
        .col_expr(provider::Column::AcceptsNewPatients, unknown())
        .col_expr(provider::Column::Claimed, false.into())
        .col_expr(provider::Column::WithdrawnAt, Expr::value(Some(at)))
        .col_expr(provider::Column::ErasedAt, Expr::value(Some(at)))
        .exec(db)
        .await?;
    macro_rules! delete {
        ($($table:ident),+) => {$(
            $table::Entity::delete_many()
                .filter($table::Column::ProviderNpi.eq(id))
                .exec(db)
                .await?;
        )+};
    }
    location_confirmation::Entity::delete_many()
        .filter(location_confirmation::Column::PracticeLocationId.in_subquery(locations(id)))
        .exec(db)
        .await?;
    delete!(
        provider_name,
        provider_language,
        provider_taxonomy,
        provider_contact,
        provider_private,
        npi_status,
        registry_record,
        registry_lookup
    );
    import_stage::Entity::delete_many()
        .filter(import_stage::Column::Npi.eq(id))
        .exec(db)
        .await?;
    // Attestations and cases refer to places and licences: their rows stay, and say nothing.
    practice_location::Entity::update_many()
        .col_expr(practice_location::Column::Name, nothing())
        .col_expr(practice_location::Column::AddressLines, text())
        .col_expr(practice_location::Column::City, ERASED.into())
        .col_expr(practice_location::Column::PostalCode, "00000".into())
        .col_expr(
            practice_location::Column::Latitude,
            Expr::value(Option::<f64>::None),
        )
        .col_expr(
            practice_location::Column::Longitude,
            Expr::value(Option::<f64>::None),
        )
        .col_expr(practice_location::Column::Precision, nothing())
        .col_expr(practice_location::Column::Phone, nothing())
        .col_expr(practice_location::Column::WheelchairAccess, unknown())
        .col_expr(practice_location::Column::ClosedAt, Expr::value(Some(at)))
        .filter(practice_location::Column::ProviderNpi.eq(id))
        .exec(db)
        .await?;
    license_check::Entity::update_many()
        .col_expr(license_check::Column::BoardStatusRaw, nothing())
        .col_expr(license_check::Column::SourceUrl, nothing())
        .col_expr(license_check::Column::SnapshotSha256, nothing())
        .col_expr(license_check::Column::Note, nothing())
        .filter(license_check::Column::LicenseId.in_subquery(licenses(id)))
        .exec(db)
        .await?;
    license::Entity::update_many()
        .col_expr(license::Column::Number, nothing())
        .filter(license::Column::ProviderNpi.eq(id))
        .exec(db)
        .await?;
    erase_drafts(txn, id).await?;
    erase_words(txn, id).await?;
    erase_notices(txn, id).await?;
    subject::destroy(txn, npi).await
}

/// Erases what others wrote about a person in words of their own.
async fn erase_words(txn: &WriteTxn, id: i64) -> Result<(), StoreError> {
    let db = txn.db();
    let nothing = || Expr::value(Option::<String>::None);
    task::Entity::update_many()
        .col_expr(task::Column::What, ERASED.into())
        .col_expr(task::Column::Held, nothing())
        .col_expr(task::Column::Registry, nothing())
        .col_expr(task::Column::ResolutionText, nothing())
        .filter(task::Column::ProviderNpi.eq(id))
        .exec(db)
        .await?;
    // Why somebody took a case back: nothing was decided by it.
    let cases = case::Entity::find()
        .select_only()
        .column(case::Column::Id)
        .filter(case::Column::ProviderNpi.eq(id))
        .into_query();
    case_history::Entity::update_many()
        .col_expr(case_history::Column::ReasonText, nothing())
        .filter(case_history::Column::State.eq(CaseState::Withdrawn.code()))
        .filter(case_history::Column::CaseId.in_subquery(cases))
        .exec(db)
        .await?;
    claim::Entity::update_many()
        .col_expr(claim::Column::Statement, nothing())
        .col_expr(claim::Column::DecisionNote, nothing())
        .col_expr(claim::Column::CodeHash, nothing())
        .filter(claim::Column::ProviderNpi.eq(id))
        .exec(db)
        .await?;
    removal_request::Entity::update_many()
        .col_expr(removal_request::Column::ReasonText, nothing())
        .col_expr(removal_request::Column::DecisionNote, nothing())
        .filter(removal_request::Column::ProviderNpi.eq(id))
        .exec(db)
        .await?;
    mistake_report::Entity::update_many()
        .col_expr(mistake_report::Column::Message, nothing())
        .col_expr(mistake_report::Column::Answer, nothing())
        .filter(mistake_report::Column::ProviderNpi.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Erases what the person was told, and where. What waits to be sent to them has nobody to go to any more.
async fn erase_notices(txn: &WriteTxn, id: i64) -> Result<(), StoreError> {
    let db = txn.db();
    notice::Entity::delete_many()
        .filter(notice::Column::ProviderNpi.eq(id))
        .filter(notice::Column::SentAt.is_null())
        .exec(db)
        .await?;
    notice::Entity::update_many()
        .col_expr(
            notice::Column::Recipient,
            Expr::value(Option::<String>::None),
        )
        .col_expr(notice::Column::Subject, ERASED.into())
        .col_expr(notice::Column::Body, Expr::value(String::new()))
        .col_expr(
            notice::Column::LastError,
            Expr::value(Option::<String>::None),
        )
        .filter(notice::Column::ProviderNpi.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Which of these people were erased: no import brings them back.
pub(in crate::store) async fn among(
    db: &impl ConnectionTrait,
    npis: &[Npi],
) -> Result<BTreeSet<Npi>, StoreError> {
    let mut erased = BTreeSet::new();
    for some in npis.chunks(BATCH) {
        let numbers: Vec<i64> = provider::Entity::find()
            .select_only()
            .column(provider::Column::Npi)
            .filter(provider::Column::Npi.is_in(some.iter().copied().map(number)))
            .filter(provider::Column::ErasedAt.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        for found in numbers {
            erased.insert(npi_of(found, "npi", found)?);
        }
    }
    Ok(erased)
}

fn locations(id: i64) -> SelectStatement {
    practice_location::Entity::find()
        .select_only()
        .column(practice_location::Column::Id)
        .filter(practice_location::Column::ProviderNpi.eq(id))
        .into_query()
}

fn licenses(id: i64) -> SelectStatement {
    license::Entity::find()
        .select_only()
        .column(license::Column::Id)
        .filter(license::Column::ProviderNpi.eq(id))
        .into_query()
}
