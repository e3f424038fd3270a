//! Issuers: their names in time ([`resolve()`]), what is known of them, and for which days they are
//! trusted ([`trust`], [`suspend`]).

mod resolve;
pub mod suspend;
pub mod trust;

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::codes::UnknownCode;
use entity::{credential, issuer, issuer_alias, provider};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

/// A name that an issuer bore or bears beside its own.
pub use domain::issuer::NamePeriod as Alias;
pub use resolve::{Resolved, resolve};
pub use trust::TrustPeriod;

use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};

/// The stored number of an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssuerId(pub i64);

/// What an issuer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IssuerKind {
    /// Teaches.
    TrainingOrganisation,
    /// Certifies people.
    CertificationBody,
    /// Examines.
    ExaminationBody,
    /// A college or university.
    AcademicInstitution,
    /// A state's board.
    StateBoard,
    /// Anything else, and what nobody has looked at.
    #[default]
    Other,
}

impl IssuerKind {
    /// Every value, in the order of its declaration.
    pub const ALL: &'static [Self] = &[
        Self::TrainingOrganisation,
        Self::CertificationBody,
        Self::ExaminationBody,
        Self::AcademicInstitution,
        Self::StateBoard,
        Self::Other,
    ];

    /// Its one spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TrainingOrganisation => "TRAINING_ORGANISATION",
            Self::CertificationBody => "CERTIFICATION_BODY",
            Self::ExaminationBody => "EXAMINATION_BODY",
            Self::AcademicInstitution => "ACADEMIC_INSTITUTION",
            Self::StateBoard => "STATE_BOARD",
            Self::Other => "OTHER",
        }
    }
}

impl std::str::FromStr for IssuerKind {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let found = Self::ALL.iter().find(|kind| kind.code() == text);
        found.copied().ok_or_else(|| UnknownCode {
            list: "issuer kind",
            text: text.to_owned(),
        })
    }
}

/// What is said of an issuer, without its number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IssuerFacts {
    /// Its legal name today.
    pub name: Box<str>,
    /// What it is.
    pub kind: IssuerKind,
    /// Its domain on the internet, from which mail of its own comes.
    pub domain: Option<Box<str>>,
    /// How it is asked whether a certificate is its own.
    pub contact: Option<Box<str>>,
    /// Where all this was found.
    pub source: Option<Box<str>>,
    /// Other names, each with its period.
    pub aliases: Vec<Alias>,
}

/// An issuer on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerRecord {
    /// Its number.
    pub id: IssuerId,
    /// Counts its changes.
    pub version: u32,
    /// What is said of it.
    pub facts: IssuerFacts,
    /// How far it is trusted for what it issued when, in the order of the decisions.
    pub trust: Vec<TrustPeriod>,
}

impl IssuerRecord {
    /// Every name it bore, its own included: on all days, unless an alias of the same words says from
    /// when to when.
    pub fn names(&self) -> Vec<Alias> {
        let mut names = self.facts.aliases.clone();
        let own = &self.facts.name;
        if !names
            .iter()
            .any(|alias| alias.name.eq_ignore_ascii_case(own))
        {
            names.push(Alias {
                name: own.clone(),
                from: None,
                to: None,
            });
        }
        names
    }

    /// The name that it bore on a day, its own before others; its own of today where nobody knows better.
    pub fn name_on(&self, day: Option<NaiveDate>) -> Box<str> {
        let own = &self.facts.name;
        let names = self.names();
        let mut then = names
            .iter()
            .filter(|name| day.is_some_and(|day| name.holds_on(day)));
        let is_own = |name: &&Alias| name.name.eq_ignore_ascii_case(own);
        let found = then.clone().find(is_own).or_else(|| then.next());
        found.map_or_else(|| own.clone(), |name| name.name.clone())
    }

    /// The decisions on its trust that were not taken back.
    pub fn trust_in_force(&self) -> Vec<domain::issuer::TrustPeriod> {
        let in_force = self
            .trust
            .iter()
            .filter(|period| period.lifted_at.is_none());
        in_force.map(TrustPeriod::range).collect()
    }
}

/// The issuer with a number.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: IssuerId,
) -> Result<Option<IssuerRecord>, StoreError> {
    Ok(by_ids(db, &[id]).await?.pop())
}

/// The issuers with these numbers, as far as there are any, in the order of their numbers.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[IssuerId],
) -> Result<Vec<IssuerRecord>, StoreError> {
    let select = issuer::Entity::find()
        .filter(issuer::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(issuer::Column::Id);
    assemble(db, row::read(db, select).await?).await
}

/// Issuers in the order of their numbers, those after one; a fixed number of statements.
pub async fn page(
    db: &impl ConnectionTrait,
    after: Option<IssuerId>,
    limit: u64,
) -> Result<Vec<IssuerRecord>, StoreError> {
    let select = issuer::Entity::find()
        .filter(issuer::Column::Id.gt(after.map_or(0, |id| id.0)))
        .order_by_asc(issuer::Column::Id)
        .limit(limit);
    assemble(db, row::read(db, select).await?).await
}

/// Has nobody said yet what any issuer is? So it is where the seeds were not read.
pub async fn lacks_seeds(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let known = issuer::Entity::find().filter(issuer::Column::Source.is_not_null());
    Ok(known.count(db).await? == 0)
}

/// The number of the issuer with that very name.
pub async fn named(db: &impl ConnectionTrait, name: &str) -> Result<Option<IssuerId>, StoreError> {
    let select = issuer::Entity::find().filter(issuer::Column::Name.eq(name));
    Ok(row::read(db, select)
        .await?
        .pop()
        .map(|found| IssuerId(found.id)))
}

/// Puts issuers on file that are not there by their name; one that is there, because somebody's
/// credential names it, is told what it is. Tells the numbers, in the order given.
pub async fn put(txn: &WriteTxn, issuers: &[IssuerFacts]) -> Result<Vec<IssuerId>, StoreError> {
    let mut ids = Vec::with_capacity(issuers.len());
    for facts in issuers {
        let id = match named(txn.db(), &facts.name).await? {
            Some(id) => {
                update(txn, id, facts).await?;
                id
            }
            None => insert(txn, facts).await?,
        };
        ids.push(id);
    }
    Ok(ids)
}

/// Puts an issuer on file. Its name must be nobody's yet.
pub async fn insert(txn: &WriteTxn, facts: &IssuerFacts) -> Result<IssuerId, StoreError> {
    let id = IssuerId(txn.take_id());
    let model = issuer::Model {
        id: id.0,
        name: facts.name.to_string(),
        row_version: 1,
        kind: facts.kind.code().to_owned(),
        domain: facts.domain.as_deref().map(Into::into),
        contact: facts.contact.as_deref().map(Into::into),
        source: facts.source.as_deref().map(Into::into),
    };
    row::insert::<issuer::Entity>(txn.db(), vec![model]).await?;
    insert_aliases(txn, id, &facts.aliases).await?;
    Ok(id)
}

/// Says anew what an issuer is, its other names included, which counts as a change of it.
pub async fn update(txn: &WriteTxn, id: IssuerId, facts: &IssuerFacts) -> Result<(), StoreError> {
    issuer::Entity::update_many()
        .col_expr(issuer::Column::Name, Expr::value(&*facts.name))
        .col_expr(issuer::Column::Kind, Expr::value(facts.kind.code()))
        .col_expr(issuer::Column::Domain, Expr::value(facts.domain.as_deref()))
        .col_expr(
            issuer::Column::Contact,
            Expr::value(facts.contact.as_deref()),
        )
        .col_expr(issuer::Column::Source, Expr::value(facts.source.as_deref()))
        .filter(issuer::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    issuer_alias::Entity::delete_many()
        .filter(issuer_alias::Column::IssuerId.eq(id.0))
        .exec(txn.db())
        .await?;
    insert_aliases(txn, id, &facts.aliases).await?;
    bump(txn, id).await
}

/// Counts a change of an issuer.
pub async fn bump(txn: &WriteTxn, id: IssuerId) -> Result<(), StoreError> {
    issuer::Entity::update_many()
        .col_expr(
            issuer::Column::RowVersion,
            Expr::col(issuer::Column::RowVersion).add(1),
        )
        .filter(issuer::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Stamps everybody who holds something of an issuer's with the next entry of the log, because their
/// records name it.
pub async fn touch_holders(txn: &WriteTxn, id: IssuerId) -> Result<(), StoreError> {
    let holders = credential::Entity::find()
        .select_only()
        .column(credential::Column::ProviderNpi)
        .filter(credential::Column::IssuerId.eq(id.0))
        .into_query();
    provider::Entity::update_many()
        .col_expr(
            provider::Column::ChangedSeq,
            seq_value(txn.next_seq()).into(),
        )
        .filter(provider::Column::Npi.in_subquery(holders))
        .exec(txn.db())
        .await?;
    Ok(())
}

async fn insert_aliases(txn: &WriteTxn, id: IssuerId, aliases: &[Alias]) -> Result<(), StoreError> {
    let rows = aliases
        .iter()
        .enumerate()
        .map(|(ordinal, alias)| issuer_alias::Model {
            issuer_id: id.0,
            ordinal: row::ordinal(ordinal),
            alias: alias.name.to_string(),
            starts_on: alias.from,
            ends_on: alias.to,
        })
        .collect();
    row::insert::<issuer_alias::Entity>(txn.db(), rows).await
}

async fn assemble(
    db: &impl ConnectionTrait,
    issuers: Vec<issuer::Model>,
) -> Result<Vec<IssuerRecord>, StoreError> {
    if issuers.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = issuers.iter().map(|found| found.id).collect();
    let mut aliases: HashMap<i64, Vec<Alias>> = HashMap::new();
    let select = issuer_alias::Entity::find()
        .filter(issuer_alias::Column::IssuerId.is_in(ids.iter().copied()))
        .order_by_asc(issuer_alias::Column::IssuerId)
        .order_by_asc(issuer_alias::Column::Ordinal);
    for found in row::read(db, select).await? {
        aliases
            .entry(found.issuer_id)
            .or_default()
            .push(alias_of_row(found));
    }
    let mut trust = trust::of_issuers(db, &ids).await?;
    issuers
        .into_iter()
        .map(|found| {
            let (table, id) = ("issuer", found.id);
            Ok(IssuerRecord {
                id: IssuerId(id),
                version: row::fit(found.row_version, table, "row_version", id)?,
                facts: IssuerFacts {
                    name: found.name.into(),
                    kind: row::parse(&found.kind, table, "kind", id)?,
                    domain: found.domain.map(Into::into),
                    contact: found.contact.map(Into::into),
                    source: found.source.map(Into::into),
                    aliases: aliases.remove(&id).unwrap_or_default(),
                },
                trust: trust.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

fn alias_of_row(found: issuer_alias::Model) -> Alias {
    Alias {
        name: found.alias.into(),
        from: found.starts_on,
        to: found.ends_on,
    }
}
