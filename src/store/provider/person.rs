//! The person alone: names, specialities, languages and the registry's word on the NPI.

use domain::name::PersonName;
use domain::npi::Npi;
use domain::provider::{NpiStatusChange, Provider};
use domain::screening::Screening;
use domain::taxonomy::TaxonomyCode;
use entity::{npi_status, provider, provider_language, provider_name, provider_taxonomy};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::group::Groups;
use super::selection::Selection;
use super::{npi, number};
use crate::store::txn::seq_value;
use crate::store::{StoreError, row};

/// What hangs on people directly, waiting to be put together.
pub(super) struct Parts {
    former_names: Groups<PersonName>,
    taxonomies: Groups<TaxonomyCode>,
    languages: Groups<Box<str>>,
    npi_history: Groups<NpiStatusChange>,
}

impl Parts {
    pub(super) async fn read(
        db: &impl ConnectionTrait,
        whom: &Selection,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            former_names: former_names(db, whom).await?,
            taxonomies: taxonomies(db, whom).await?,
            languages: languages(db, whom).await?,
            npi_history: npi_history(db, whom).await?,
        })
    }

    /// The person without what other tables hold.
    pub(super) fn person(&mut self, found: provider::Model) -> Result<Provider, StoreError> {
        let id = found.npi;
        let name = [found.given, found.middle, found.family, found.suffix];
        Ok(Provider {
            version: row::fit(found.row_version, "provider", "row_version", id)?,
            npi: npi(id, "npi", id)?,
            name: person_name("provider", id, name)?,
            former_names: self.former_names.take(id),
            claimed: found.claimed,
            offers_dry_needling: found.offers_dry_needling,
            accepts_new_patients: found.accepts_new_patients,
            languages: self.languages.take(id),
            website: found.website.map(Into::into),
            taxonomies: self.taxonomies.take(id),
            npi_history: self.npi_history.take(id),
            replaced_by: found
                .replaced_by_npi
                .map(|other| npi(other, "replaced_by_npi", id))
                .transpose()?,
            licenses: Vec::new(),
            locations: Vec::new(),
            training: Vec::new(),
            credentials: Vec::new(),
            attestations: Vec::new(),
            lookups: Vec::new(),
            screening: Screening::default(),
            changed_seq: row::fit(found.changed_seq, "provider", "changed_seq", id)?,
        })
    }
}

pub(super) async fn insert(
    db: &DatabaseTransaction,
    people: &[Provider],
    seq: u64,
) -> Result<(), StoreError> {
    let rows = people.iter().map(|person| row_of(person, seq)).collect();
    row::insert::<provider::Entity>(db, rows).await?;
    row::insert::<provider_name::Entity>(db, each(people, |person| &person.former_names, name_row))
        .await?;
    row::insert::<provider_taxonomy::Entity>(
        db,
        each(people, |person| &person.taxonomies, taxonomy_row),
    )
    .await?;
    row::insert::<provider_language::Entity>(
        db,
        each(
            people,
            |person| &person.languages,
            |npi, at, tag| language_row(npi, at, tag),
        ),
    )
    .await?;
    row::insert::<npi_status::Entity>(
        db,
        each(
            people,
            |person| &person.npi_history,
            |npi, at, change| status_row(npi, at, *change),
        ),
    )
    .await
}

/// One row for each of a person's values of a kind.
fn each<T, R>(
    people: &[Provider],
    values: impl Fn(&Provider) -> &[T],
    row: impl Fn(Npi, usize, &T) -> R,
) -> Vec<R> {
    people
        .iter()
        .flat_map(|person| {
            let row = &row;
            values(person)
                .iter()
                .enumerate()
                .map(move |(ordinal, value)| row(person.npi, ordinal, value))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn row_of(person: &Provider, seq: u64) -> provider::Model {
    let [given, middle, family, suffix] = parts(&person.name);
    provider::Model {
        npi: number(person.npi),
        given,
        middle,
        family,
        suffix,
        claimed: person.claimed,
        offers_dry_needling: person.offers_dry_needling,
        accepts_new_patients: person.accepts_new_patients,
        website: person.website.as_deref().map(Into::into),
        replaced_by_npi: person.replaced_by.map(number),
        withdrawn_at: None,
        erased_at: None,
        changed_seq: seq_value(seq),
        row_version: row::version(person.version),
    }
}

pub(in crate::store) fn parts(name: &PersonName) -> [Option<String>; 4] {
    [&name.given, &name.middle, &name.family, &name.suffix]
        .map(|part| part.as_deref().map(Into::into))
}

pub(in crate::store) fn name_row(
    npi: Npi,
    ordinal: usize,
    name: &PersonName,
) -> provider_name::Model {
    let [given, middle, family, suffix] = parts(name);
    provider_name::Model {
        provider_npi: number(npi),
        ordinal: row::ordinal(ordinal),
        given,
        middle,
        family,
        suffix,
    }
}

pub(in crate::store) fn taxonomy_row(
    npi: Npi,
    ordinal: usize,
    code: &TaxonomyCode,
) -> provider_taxonomy::Model {
    provider_taxonomy::Model {
        provider_npi: number(npi),
        ordinal: row::ordinal(ordinal),
        code: code.to_string(),
    }
}

fn language_row(npi: Npi, ordinal: usize, tag: &str) -> provider_language::Model {
    provider_language::Model {
        provider_npi: number(npi),
        ordinal: row::ordinal(ordinal),
        tag: tag.to_string(),
    }
}

pub(in crate::store) fn status_row(
    npi: Npi,
    ordinal: usize,
    change: NpiStatusChange,
) -> npi_status::Model {
    npi_status::Model {
        provider_npi: number(npi),
        ordinal: row::ordinal(ordinal),
        starts_on: change.from,
        status: change.status.code().to_owned(),
    }
}

async fn former_names(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<PersonName>, StoreError> {
    let select = provider_name::Entity::find()
        .filter(whom.covers(provider_name::Column::ProviderNpi))
        .order_by_asc(provider_name::Column::ProviderNpi)
        .order_by_asc(provider_name::Column::Ordinal);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.provider_npi;
            let name = [found.given, found.middle, found.family, found.suffix];
            Ok((id, person_name("provider_name", id, name)?))
        })
        .collect()
}

async fn taxonomies(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<TaxonomyCode>, StoreError> {
    let select = provider_taxonomy::Entity::find()
        .filter(whom.covers(provider_taxonomy::Column::ProviderNpi))
        .order_by_asc(provider_taxonomy::Column::ProviderNpi)
        .order_by_asc(provider_taxonomy::Column::Ordinal);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.provider_npi;
            Ok((
                id,
                row::parse(&found.code, "provider_taxonomy", "code", id)?,
            ))
        })
        .collect()
}

async fn languages(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<Box<str>>, StoreError> {
    let select = provider_language::Entity::find()
        .filter(whom.covers(provider_language::Column::ProviderNpi))
        .order_by_asc(provider_language::Column::ProviderNpi)
        .order_by_asc(provider_language::Column::Ordinal);
    let rows = row::read(db, select).await?;
    Ok(rows
        .into_iter()
        .map(|found| (found.provider_npi, found.tag.into()))
        .collect())
}

async fn npi_history(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<NpiStatusChange>, StoreError> {
    let select = npi_status::Entity::find()
        .filter(whom.covers(npi_status::Column::ProviderNpi))
        .order_by_asc(npi_status::Column::ProviderNpi)
        .order_by_asc(npi_status::Column::Ordinal);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.provider_npi;
            let change = NpiStatusChange {
                from: found.starts_on,
                status: row::parse(&found.status, "npi_status", "status", id)?,
            };
            Ok((id, change))
        })
        .collect()
}

fn person_name(
    table: &'static str,
    row: i64,
    [given, middle, family, suffix]: [Option<String>; 4],
) -> Result<PersonName, StoreError> {
    let name = PersonName {
        given: given.map(Into::into),
        middle: middle.map(Into::into),
        family: family.map(Into::into),
        suffix: suffix.map(Into::into),
    };
    if name.given.is_none() && name.family.is_none() {
        return Err(StoreError::inconsistent(
            table,
            "family",
            row,
            domain::name::EmptyName,
        ));
    }
    Ok(name)
}
