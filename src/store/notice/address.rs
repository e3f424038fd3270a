//! Where people are reached.

use std::collections::{BTreeSet, HashMap};

use domain::notice::Addressee;
use domain::npi::Npi;
use entity::{account, account_entry};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::store::provider::number;
use crate::store::{StoreError, row};

/// The e-mail addresses of each addressee, in their order; none of those who cannot be reached by mail:
/// an account that is disabled or has no address, an entry that nobody acts for. Two statements.
pub async fn addresses(
    db: &impl ConnectionTrait,
    to: &[Addressee],
) -> Result<Vec<Vec<String>>, StoreError> {
    let entries = to.iter().filter_map(|to| match to {
        Addressee::Entry(npi) => Some(number(*npi)),
        Addressee::Account(_) | Addressee::Address(_) => None,
    });
    let acting = account_entry::Entity::find()
        .filter(account_entry::Column::ProviderNpi.is_in(entries))
        .filter(account_entry::Column::Until.is_null())
        .order_by_asc(account_entry::Column::Id);
    let acting = row::read(db, acting).await?;
    let wanted = to.iter().filter_map(|to| match to {
        Addressee::Account(account) => Some(account.0),
        Addressee::Entry(_) | Addressee::Address(_) => None,
    });
    let wanted: BTreeSet<i64> = wanted
        .chain(acting.iter().map(|entry| entry.account_id))
        .collect();
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(wanted))
        .filter(account::Column::DisabledAt.is_null());
    let email: HashMap<i64, String> = row::read(db, accounts)
        .await?
        .into_iter()
        .filter_map(|found| Some((found.id, found.email?)))
        .collect();
    let of = |to: &Addressee| -> Vec<String> {
        let mut found: Vec<String> = match to {
            Addressee::Account(account) => email.get(&account.0).cloned().into_iter().collect(),
            Addressee::Entry(npi) => acting
                .iter()
                .filter(|entry| entry.provider_npi == number(*npi))
                .filter_map(|entry| email.get(&entry.account_id).cloned())
                .collect(),
            Addressee::Address(address) => vec![address.to_string()],
        };
        let mut seen = BTreeSet::new();
        found.retain(|address| seen.insert(address.clone()));
        found
    };
    Ok(to.iter().map(of).collect())
}

/// The entries whose people can be reached by mail.
pub async fn reachable(db: &impl ConnectionTrait) -> Result<BTreeSet<Npi>, StoreError> {
    let with_address = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::DisabledAt.is_null())
        .filter(account::Column::Email.is_not_null())
        .into_query();
    let select = account_entry::Entity::find()
        .filter(account_entry::Column::Until.is_null())
        .filter(account_entry::Column::AccountId.in_subquery(with_address));
    row::read(db, select)
        .await?
        .into_iter()
        .map(|entry| {
            let npi = entry.provider_npi;
            row::parse(
                &format!("{npi:010}"),
                "account_entry",
                "provider_npi",
                entry.id,
            )
        })
        .collect()
}
