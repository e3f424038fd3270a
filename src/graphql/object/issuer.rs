//! Issuers as those who decide about trust see them.

use async_graphql::{Context, Description, ID, Object, SimpleObject};
use domain::credential::CredentialId;

use crate::graphql::acting::acting;
use crate::graphql::codes::{IssuerKind, TrustLevel};
use crate::graphql::connection::{RowCursor, TaintedCredentialConnection, page_size};
use crate::graphql::error::Fault;
use crate::graphql::scalar::{Date, DateTime, Npi};
use crate::service;
use crate::service::case::read::credential_id;
use crate::service::issuer::{IssuerRecord, TrustPeriod};

/// An issuer with everything on file about it. Not public.
#[derive(Description)]
pub struct AdminIssuer(pub IssuerRecord);

/// A name that an issuer bore or bears beside its own.
#[derive(SimpleObject)]
pub struct IssuerAlias {
    /// The name.
    name: String,
    /// The first day on which it bore it; null where nobody knows, or always.
    from: Option<Date>,
    /// The first day on which it no longer did; null where it does.
    to: Option<Date>,
}

/// Two people's decision on how far an issuer is trusted for what it issued in a range of days. Not
/// public.
#[derive(Description)]
pub struct IssuerTrust(pub TrustPeriod);

/// A credential that an issuer's taint suspended. Not public.
#[derive(SimpleObject)]
pub struct TaintedCredential {
    /// Its id.
    credential_id: ID,
    /// Whose.
    npi: Npi,
    /// Its title as printed.
    title: String,
    /// Its version.
    version: i32,
    /// The day by which it falls into the range; null where it bears none.
    issued_on: Option<Date>,
}

#[Object(use_type_description)]
impl AdminIssuer {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("issuer_{}", self.0.id.0))
    }

    /// How often it was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.0.version)
    }

    /// Its legal name today.
    async fn name(&self) -> &str {
        &self.0.facts.name
    }

    /// What it is.
    async fn kind(&self) -> IssuerKind {
        self.0.facts.kind.into()
    }

    /// Its domain on the internet, from which mail of its own comes.
    async fn domain(&self) -> Option<&str> {
        self.0.facts.domain.as_deref()
    }

    /// How it is asked whether a certificate is its own.
    async fn contact(&self) -> Option<&str> {
        self.0.facts.contact.as_deref()
    }

    /// Where what is known of it was found.
    async fn source(&self) -> Option<&str> {
        self.0.facts.source.as_deref()
    }

    /// Its other names, each with its days.
    async fn aliases(&self) -> Vec<IssuerAlias> {
        let aliases = self.0.facts.aliases.iter();
        aliases
            .map(|alias| IssuerAlias {
                name: alias.name.to_string(),
                from: alias.from.map(Into::into),
                to: alias.to.map(Into::into),
            })
            .collect()
    }

    /// What was decided about its trust, oldest first. Without any decision it is UNKNOWN.
    async fn trust(&self) -> Vec<IssuerTrust> {
        self.0.trust.iter().cloned().map(IssuerTrust).collect()
    }
}

#[Object(use_type_description)]
impl IssuerTrust {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("taint_{}", self.0.id.0))
    }

    /// How far it is trusted.
    async fn level(&self) -> TrustLevel {
        self.0.level.into()
    }

    /// The first day of issue; null for all up to the last.
    async fn from(&self) -> Option<Date> {
        self.0.from.map(Into::into)
    }

    /// The last day of issue; null for all from the first.
    async fn through(&self) -> Option<Date> {
        self.0.through.map(Into::into)
    }

    /// Why, as a code.
    async fn reason_code(&self) -> &str {
        &self.0.reason_code
    }

    /// Why, in words.
    async fn reason_text(&self) -> &str {
        &self.0.reason_text
    }

    /// The account that proposed it.
    async fn proposed_by(&self) -> ID {
        ID(format!("account_{}", self.0.people[0].0))
    }

    /// The account that confirmed it.
    async fn decided_by(&self) -> ID {
        ID(format!("account_{}", self.0.people[1].0))
    }

    /// When.
    async fn decided_at(&self) -> DateTime {
        self.0.decided_at.into()
    }

    /// When two people took it back; null while it holds.
    async fn lifted_at(&self) -> Option<DateTime> {
        self.0.lifted_at.map(Into::into)
    }

    /// What it suspended and nobody has decided about since. Taking it back changes none of them: each
    /// needs a decision of its own.
    async fn still_suspended(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<TaintedCredentialConnection, Fault> {
        let (app, _) = acting(ctx)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let from = after.map(|cursor| CredentialId(cursor.0));
        let found = service::issuer::suspended_by(app, self.0.id, from, size).await?;
        Ok(TaintedCredentialConnection::of(
            found,
            after.is_some(),
            size,
            |one| RowCursor(one.id.0),
            |one| TaintedCredential {
                credential_id: ID(credential_id(one.id, one.kind)),
                npi: one.npi.into(),
                title: one.title.into(),
                version: super::version(one.version),
                issued_on: one.issued_on.map(Into::into),
            },
        ))
    }
}
