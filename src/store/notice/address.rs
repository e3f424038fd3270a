//! Where people are reached.

use std::collections::{BTreeSet, HashMap};

use domain::access::Role;
use domain::notice::Addressee;
use domain::npi::Npi;
use entity::{account, account_entry, provider_contact};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

use crate::store::provider::{npi, number};
use crate::store::{StoreError, row};

/// The e-mail addresses of each addressee, in their order; none of those who cannot be reached by mail.
///
/// An account is reached at its own address, else at the one that the person told for the entry that is its
/// own; an entry at the addresses of the accounts that act for it, else at the one that was told. Nobody is
/// reached by an account that is disabled, and an entry for which only such accounts act not at all. Three
/// statements.
pub async fn addresses(
    db: &impl ConnectionTrait,
    to: &[Addressee],
) -> Result<Vec<Vec<String>>, StoreError> {
    let entries = to.iter().filter_map(|to| match to {
        Addressee::Entry(npi) => Some(number(*npi)),
        Addressee::Account(_) | Addressee::Address(_) => None,
    });
    let named = to.iter().filter_map(|to| match to {
        Addressee::Account(account) => Some(account.0),
        Addressee::Entry(_) | Addressee::Address(_) => None,
    });
    let acting = account_entry::Entity::find()
        .filter(
            account_entry::Column::ProviderNpi
                .is_in(entries.clone())
                .or(account_entry::Column::AccountId.is_in(named.clone())),
        )
        .filter(account_entry::Column::Until.is_null())
        .order_by_asc(account_entry::Column::Id);
    let acting = row::read(db, acting).await?;
    let told = provider_contact::Entity::find()
        .filter(
            provider_contact::Column::ProviderNpi
                .is_in(entries.chain(acting.iter().map(|entry| entry.provider_npi))),
        )
        .filter(provider_contact::Column::Email.is_not_null());
    let told: HashMap<i64, String> = row::read(db, told)
        .await?
        .into_iter()
        .filter_map(|found| Some((found.provider_npi, found.email?)))
        .collect();
    let wanted: BTreeSet<i64> = named
        .chain(acting.iter().map(|entry| entry.account_id))
        .collect();
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(wanted))
        .filter(account::Column::DisabledAt.is_null());
    // Of those that are not disabled alone.
    let email: HashMap<i64, Option<String>> = row::read(db, accounts)
        .await?
        .into_iter()
        .map(|found| (found.id, found.email))
        .collect();
    let of_account = |account: i64| -> Option<String> {
        let own = email.get(&account)?;
        own.clone().or_else(|| {
            acting
                .iter()
                .filter(|entry| entry.account_id == account)
                .filter(|entry| entry.role == Role::Provider.code())
                .find_map(|entry| told.get(&entry.provider_npi).cloned())
        })
    };
    let of_entry = |npi: i64| -> Vec<String> {
        let mut by = acting.iter().filter(|entry| entry.provider_npi == npi);
        let found: Vec<String> = by
            .clone()
            .filter_map(|entry| email.get(&entry.account_id)?.clone())
            .collect();
        let is_anybodys =
            by.clone().next().is_none() || by.any(|it| email.contains_key(&it.account_id));
        if found.is_empty() && is_anybodys {
            return told.get(&npi).cloned().into_iter().collect();
        }
        found
    };
    let of = |to: &Addressee| -> Vec<String> {
        let mut found: Vec<String> = match to {
            Addressee::Account(account) => of_account(account.0).into_iter().collect(),
            Addressee::Entry(npi) => of_entry(number(*npi)),
            Addressee::Address(address) => vec![address.to_string()],
        };
        let mut seen = BTreeSet::new();
        found.retain(|address| seen.insert(address.clone()));
        found
    };
    Ok(to.iter().map(of).collect())
}

/// The entries whose people can be reached by mail, as [`addresses`] reaches them. Two statements.
pub async fn reachable(db: &impl ConnectionTrait) -> Result<BTreeSet<Npi>, StoreError> {
    let with_address = accounts_in_use()
        .filter(account::Column::Email.is_not_null())
        .into_query();
    let in_use = accounts_in_use().into_query();
    let acting = || {
        account_entry::Entity::find()
            .select_only()
            .column(account_entry::Column::ProviderNpi)
            .filter(account_entry::Column::Until.is_null())
    };
    let by_account = acting().filter(account_entry::Column::AccountId.in_subquery(with_address));
    let mut found: BTreeSet<i64> = numbers(db, by_account).await?;
    let by_word = provider_contact::Entity::find()
        .select_only()
        .column(provider_contact::Column::ProviderNpi)
        .filter(provider_contact::Column::Email.is_not_null())
        .filter(
            provider_contact::Column::ProviderNpi
                .not_in_subquery(acting().into_query())
                .or(provider_contact::Column::ProviderNpi.in_subquery(
                    acting()
                        .filter(account_entry::Column::AccountId.in_subquery(in_use))
                        .into_query(),
                )),
        );
    found.extend(numbers(db, by_word).await?);
    found
        .into_iter()
        .map(|number| npi(number, "account_entry.provider_npi", number))
        .collect()
}

fn accounts_in_use() -> Select<account::Entity> {
    account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::DisabledAt.is_null())
}

async fn numbers<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: Select<E>,
) -> Result<BTreeSet<i64>, StoreError> {
    let found: Vec<i64> = select.into_tuple().all(db).await?;
    Ok(found.into_iter().collect())
}
