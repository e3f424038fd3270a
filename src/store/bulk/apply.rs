//! What a batch changes, gathered by table and then written table by table.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::license::License;
use domain::name::PersonName;
use domain::npi::Npi;
use domain::provider::{PracticeLocation, Provider};
use domain::registry::{Difference, Edit, RegistryRecord};
use entity::{license, npi_status, practice_location, provider, provider_name, provider_taxonomy};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::run::RunId;
use super::{Decision, Held, Merged, record, sha256, task};
use crate::store::provider::license as licenses;
use crate::store::provider::location as locations;
use crate::store::provider::person;
use crate::store::provider::{insert_many, number};
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row};

/// Everything that the decisions of a batch come to.
#[derive(Default)]
pub(super) struct Work {
    entries: Vec<Provider>,
    records: Vec<RegistryRecord>,
    differences: Vec<(i64, Difference)>,
    changed: Vec<i64>,
    names: HashMap<i64, PersonName>,
    replaced_by: HashMap<i64, Option<Npi>>,
    former_names: Vec<provider_name::Model>,
    taxonomies_of: Vec<i64>,
    taxonomies: Vec<provider_taxonomy::Model>,
    history_of: Vec<i64>,
    history: Vec<npi_status::Model>,
    new_licenses: Vec<(i64, License)>,
    licenses: Vec<license::Model>,
    licenses_gone: Vec<i64>,
    new_locations: Vec<(i64, PracticeLocation)>,
    locations: Vec<practice_location::Model>,
    locations_gone: Vec<i64>,
    unchanged: u64,
    ignored: u64,
}

impl Work {
    pub(super) fn add(
        &mut self,
        decision: Decision,
        held: Option<&Held>,
    ) -> Result<(), StoreError> {
        match (decision, held) {
            (Decision::Ignore, _) => self.ignored += 1,
            (Decision::Unchanged, _) => self.unchanged += 1,
            (
                Decision::New {
                    entry,
                    record,
                    differences,
                },
                _,
            ) => {
                let npi = number(entry.npi);
                self.differ(npi, differences);
                self.entries.push(*entry);
                self.records.push(*record);
            }
            (Decision::Changed { record, .. }, None) => {
                return Err(StoreError::inconsistent(
                    "provider",
                    "npi",
                    record.npi,
                    "a person who is not on file was to be changed",
                ));
            }
            (Decision::Changed { record, reconciled }, Some(held)) => {
                let npi = number(record.npi);
                self.changed.push(npi);
                self.differ(npi, reconciled.differences);
                let mut former = held.provider.former_names.len();
                for edit in reconciled.edits {
                    self.edit(&held.provider, edit, &mut former)?;
                }
                self.records.push(*record);
            }
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub(super) fn counts(&self, last: Npi) -> Merged {
        let count = |len: usize| u64::try_from(len).unwrap_or(u64::MAX);
        Merged {
            last,
            new: count(self.entries.len()),
            changed: count(self.changed.len()),
            unchanged: self.unchanged,
            ignored: self.ignored,
            tasks_opened: 0,
            seq: None,
        }
    }

    /// SHA-256 of the records that are new or changed, in the order of their NPIs.
    pub(super) fn digest(&self) -> Result<String, StoreError> {
        let mut all = String::new();
        for record in &self.records {
            all.push_str(&record::canonical(record)?);
            all.push('\n');
        }
        Ok(sha256(all.as_bytes()))
    }

    /// Writes it all, stamped with the entry `seq` of the log; tells how many tasks were opened.
    pub(super) async fn carry_out(
        &mut self,
        txn: &WriteTxn,
        run: RunId,
        at: DateTime<Utc>,
        seq: u64,
    ) -> Result<u64, StoreError> {
        insert_many(txn, &self.entries, seq).await?;
        self.write_people(txn, seq).await?;
        self.write_facts(txn).await?;
        self.write_licenses(txn).await?;
        self.write_locations(txn).await?;
        let records: Vec<_> = self.records.iter().collect();
        record::save(txn.db(), run, &records).await?;
        let differences: Vec<_> = self
            .differences
            .iter()
            .map(|(npi, difference)| (*npi, difference))
            .collect();
        task::open(txn, run, &differences, at, seq).await
    }

    fn differ(&mut self, npi: i64, differences: Vec<Difference>) {
        self.differences
            .extend(differences.into_iter().map(|difference| (npi, difference)));
    }

    fn edit(&mut self, held: &Provider, edit: Edit, former: &mut usize) -> Result<(), StoreError> {
        let npi = number(held.npi);
        match edit {
            Edit::Name(name) => {
                self.names.insert(npi, name);
            }
            Edit::AddFormerName(name) => {
                self.former_names
                    .push(person::name_row(held.npi, *former, &name));
                *former += 1;
            }
            Edit::Taxonomies(codes) => {
                self.taxonomies_of.push(npi);
                let rows = codes.iter().enumerate();
                self.taxonomies
                    .extend(rows.map(|(at, code)| person::taxonomy_row(held.npi, at, code)));
            }
            Edit::NpiHistory(changes) => {
                self.history_of.push(npi);
                let rows = changes.iter().enumerate();
                self.history
                    .extend(rows.map(|(at, change)| person::status_row(held.npi, at, *change)));
            }
            Edit::ReplacedBy(other) => {
                self.replaced_by.insert(npi, other);
            }
            Edit::AddLicense(license) => self.new_licenses.push((npi, license)),
            Edit::LicenseNumber(id, number) => {
                let license = held
                    .licenses
                    .iter()
                    .find(|license| license.id == id)
                    .ok_or_else(|| not_theirs("license", id.0))?;
                let license = License {
                    number: Some(number),
                    ..license.clone()
                };
                self.licenses.push(licenses::to_row(id.0, npi, &license));
            }
            Edit::RemoveLicense(id) => self.licenses_gone.push(id.0),
            Edit::AddLocation(location) => self.new_locations.push((npi, location)),
            Edit::ReplaceLocation(location) => {
                if held.locations.iter().all(|other| other.id != location.id) {
                    return Err(not_theirs("practice_location", location.id.0));
                }
                let row = locations::to_row(location.id.0, npi, &location);
                self.locations.push(row);
            }
            Edit::RemoveLocation(id) => self.locations_gone.push(id.0),
        }
        Ok(())
    }

    async fn write_people(&mut self, txn: &WriteTxn, seq: u64) -> Result<(), StoreError> {
        if self.changed.is_empty() {
            return Ok(());
        }
        let select = provider::Entity::find()
            .filter(provider::Column::Npi.is_in(self.changed.iter().copied()));
        let mut rows = row::read(txn.db(), select).await?;
        for row in &mut rows {
            row.changed_seq = seq_value(seq);
            if let Some(name) = self.names.get(&row.npi) {
                [row.given, row.middle, row.family, row.suffix] = person::parts(name);
            }
            if let Some(other) = self.replaced_by.get(&row.npi) {
                row.replaced_by_npi = other.map(number);
            }
        }
        row::upsert::<provider::Entity>(txn.db(), rows).await?;
        row::insert::<provider_name::Entity>(txn.db(), std::mem::take(&mut self.former_names)).await
    }

    async fn write_facts(&mut self, txn: &WriteTxn) -> Result<(), StoreError> {
        let db = txn.db();
        if !self.taxonomies_of.is_empty() {
            let whose = provider_taxonomy::Column::ProviderNpi;
            provider_taxonomy::Entity::delete_many()
                .filter(whose.is_in(self.taxonomies_of.iter().copied()))
                .exec(db)
                .await?;
        }
        row::insert::<provider_taxonomy::Entity>(db, std::mem::take(&mut self.taxonomies)).await?;
        if !self.history_of.is_empty() {
            let whose = npi_status::Column::ProviderNpi;
            npi_status::Entity::delete_many()
                .filter(whose.is_in(self.history_of.iter().copied()))
                .exec(db)
                .await?;
        }
        row::insert::<npi_status::Entity>(db, std::mem::take(&mut self.history)).await
    }

    async fn write_licenses(&mut self, txn: &WriteTxn) -> Result<(), StoreError> {
        let db = txn.db();
        for some in self.licenses_gone.chunks(row::bound_values(db)) {
            license::Entity::delete_many()
                .filter(license::Column::Id.is_in(some.iter().copied()))
                .exec(db)
                .await?;
        }
        row::upsert::<license::Entity>(db, std::mem::take(&mut self.licenses)).await?;
        let new = self.new_licenses.drain(..);
        let rows = new
            .map(|(npi, license)| licenses::to_row(txn.take_id(), npi, &license))
            .collect();
        row::insert::<license::Entity>(db, rows).await
    }

    async fn write_locations(&mut self, txn: &WriteTxn) -> Result<(), StoreError> {
        let db = txn.db();
        for some in self.locations_gone.chunks(row::bound_values(db)) {
            practice_location::Entity::delete_many()
                .filter(practice_location::Column::Id.is_in(some.iter().copied()))
                .exec(db)
                .await?;
        }
        row::upsert::<practice_location::Entity>(db, std::mem::take(&mut self.locations)).await?;
        let new = self.new_locations.drain(..);
        let rows = new
            .map(|(npi, location)| locations::to_row(txn.take_id(), npi, &location))
            .collect();
        row::insert::<practice_location::Entity>(db, rows).await
    }
}

fn not_theirs(table: &'static str, id: i64) -> StoreError {
    StoreError::inconsistent(table, "id", id, "the person has no such row")
}
