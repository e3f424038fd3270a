//! What the registry last said of each person, beside the entry.

use std::collections::HashMap;

use domain::npi::Npi;
use domain::registry::RegistryRecord;
use entity::registry_record;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::run::RunId;
use super::{Held, sha256};
use crate::store::provider::{self, number};
use crate::store::{StoreError, row};

/// The people with these NPIs who are on file.
pub(super) async fn held(
    db: &impl ConnectionTrait,
    npis: &[Npi],
) -> Result<HashMap<Npi, Held>, StoreError> {
    let mut bases = bases(db, npis).await?;
    let people = provider::by_npis_withdrawn_or_not(db, npis).await?;
    Ok(people
        .into_iter()
        .map(|provider| {
            let npi = provider.npi;
            let base = bases.remove(&number(npi));
            (npi, Held { provider, base })
        })
        .collect())
}

/// Keeps what the registry says now.
pub(super) async fn save(
    db: &impl ConnectionTrait,
    run: RunId,
    records: &[&RegistryRecord],
) -> Result<(), StoreError> {
    let rows = records
        .iter()
        .map(|record| {
            let document = canonical(record)?;
            Ok(registry_record::Model {
                provider_npi: number(record.npi),
                digest: sha256(document.as_bytes()),
                document,
                import_run_id: run.0,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    row::upsert::<registry_record::Entity>(db, rows).await
}

/// The record as canonical JSON (RFC 8785): records that say the same have one form.
pub(super) fn canonical(record: &RegistryRecord) -> Result<String, StoreError> {
    serde_json_canonicalizer::to_string(record)
        .map_err(|error| StoreError::inconsistent("registry_record", "document", record.npi, error))
}

async fn bases(
    db: &impl ConnectionTrait,
    npis: &[Npi],
) -> Result<HashMap<i64, RegistryRecord>, StoreError> {
    let table = "registry_record";
    let mut bases = HashMap::with_capacity(npis.len());
    for some in npis.chunks(provider::BATCH) {
        let select = registry_record::Entity::find()
            .filter(registry_record::Column::ProviderNpi.is_in(some.iter().copied().map(number)));
        for found in row::read(db, select).await? {
            let id = found.provider_npi;
            if sha256(found.document.as_bytes()) != found.digest {
                return Err(StoreError::inconsistent(
                    table,
                    "digest",
                    id,
                    "it is not the document's",
                ));
            }
            let record = serde_json::from_str(&found.document)
                .map_err(|error| StoreError::inconsistent(table, "document", id, error))?;
            bases.insert(id, record);
        }
    }
    Ok(bases)
}
