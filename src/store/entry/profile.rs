//! What a person says of themselves.

use domain::contact::{Email, LanguageTag, Phone, Website};
use domain::name::PersonName;
use domain::npi::Npi;
use entity::{provider, provider_contact, provider_language, provider_name};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::changed;
use crate::store::provider::number;
use crate::store::provider::person::{name_row, parts};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// What changes; `None` is left as it is, `Some(None)` is emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// The current name.
    pub name: Option<PersonName>,
    /// Earlier and other names, all of them.
    pub former_names: Option<Vec<PersonName>>,
    /// Languages spoken with patients, all of them.
    pub languages: Option<Vec<LanguageTag>>,
    /// The person's own page.
    pub website: Option<Option<Website>>,
    /// Does the person do dry needling?
    pub offers_dry_needling: Option<Option<bool>>,
    /// Does the person take patients?
    pub accepts_new_patients: Option<Option<bool>>,
}

/// How the directory reaches a person; nobody else is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// By telephone.
    pub phone: Option<Phone>,
    /// By e-mail.
    pub email: Option<Email>,
}

/// Changes a profile.
pub async fn update(txn: &WriteTxn, npi: Npi, change: &ProfileChange) -> Result<(), StoreError> {
    let mut update = changed(txn, npi);
    if let Some(name) = &change.name {
        let columns = [
            provider::Column::Given,
            provider::Column::Middle,
            provider::Column::Family,
            provider::Column::Suffix,
        ];
        for (column, part) in columns.into_iter().zip(parts(name)) {
            update = update.col_expr(column, Expr::value(part));
        }
    }
    if let Some(website) = &change.website {
        let website = website.as_ref().map(ToString::to_string);
        update = update.col_expr(provider::Column::Website, Expr::value(website));
    }
    for (column, said) in [
        (
            provider::Column::OffersDryNeedling,
            change.offers_dry_needling,
        ),
        (
            provider::Column::AcceptsNewPatients,
            change.accepts_new_patients,
        ),
    ] {
        if let Some(said) = said {
            update = update.col_expr(column, Expr::value(said));
        }
    }
    update.exec(txn.db()).await?;
    if let Some(names) = &change.former_names {
        provider_name::Entity::delete_many()
            .filter(provider_name::Column::ProviderNpi.eq(number(npi)))
            .exec(txn.db())
            .await?;
        let rows = names.iter().enumerate();
        let rows = rows.map(|(at, name)| name_row(npi, at, name)).collect();
        row::insert::<provider_name::Entity>(txn.db(), rows).await?;
    }
    if let Some(languages) = &change.languages {
        provider_language::Entity::delete_many()
            .filter(provider_language::Column::ProviderNpi.eq(number(npi)))
            .exec(txn.db())
            .await?;
        let rows = languages.iter().enumerate();
        let rows = rows
            .map(|(at, tag)| provider_language::Model {
                provider_npi: number(npi),
                ordinal: row::ordinal(at),
                tag: tag.to_string(),
            })
            .collect();
        row::insert::<provider_language::Entity>(txn.db(), rows).await?;
    }
    Ok(())
}

/// How a person is reached.
pub async fn contact(db: &impl ConnectionTrait, npi: Npi) -> Result<Contact, StoreError> {
    let table = "provider_contact";
    let id = number(npi);
    let select = provider_contact::Entity::find_by_id(id);
    let Some(found) = row::read(db, select).await?.pop() else {
        return Ok(Contact::default());
    };
    Ok(Contact {
        phone: found
            .phone
            .map(|text| row::parse(&text, table, "phone", id))
            .transpose()?,
        email: found
            .email
            .map(|text| row::parse(&text, table, "email", id))
            .transpose()?,
    })
}

/// Changes how a person is reached.
pub async fn set_contact(txn: &WriteTxn, npi: Npi, contact: &Contact) -> Result<(), StoreError> {
    let row = provider_contact::Model {
        provider_npi: number(npi),
        phone: contact.phone.as_ref().map(ToString::to_string),
        email: contact.email.as_ref().map(ToString::to_string),
    };
    row::upsert::<provider_contact::Entity>(txn.db(), vec![row]).await
}
