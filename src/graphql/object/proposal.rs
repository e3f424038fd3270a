use async_graphql::{Description, ID, Object};

use crate::graphql::codes::{ProposalKind, ProposalState};
use crate::graphql::error::Fault;
use crate::graphql::object::ProposalTerms;
use crate::graphql::scalar::DateTime;
use crate::service;
use crate::service::terms::Terms;

/// An act that needs two people: proposed by one, confirmed by another. Not public.
#[derive(Description)]
pub struct Proposal(pub service::proposal::Proposal);

#[Object(use_type_description)]
impl Proposal {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("proposal_{}", self.0.id.0))
    }

    /// How often it was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.0.version)
    }

    /// What is proposed.
    async fn kind(&self) -> ProposalKind {
        self.0.kind.into()
    }

    /// Where it stands.
    async fn state(&self) -> ProposalState {
        self.0.state.into()
    }

    /// What is done once it is confirmed: read it before you confirm.
    async fn terms(&self) -> Result<ProposalTerms, Fault> {
        Ok(Terms::of(&self.0)?.into())
    }

    /// The id of what it is about; of several, the SHA-256 of their numbers.
    async fn subject_id(&self) -> ID {
        ID(self.0.subject_id.to_string())
    }

    /// Why, as a code.
    async fn reason_code(&self) -> &str {
        &self.0.reason_code
    }

    /// Why, in words.
    async fn reason_text(&self) -> Option<&str> {
        self.0.reason_text.as_deref()
    }

    /// The account that proposed it.
    async fn proposed_by(&self) -> ID {
        ID(format!("account_{}", self.0.proposed_by.0))
    }

    /// When.
    async fn proposed_at(&self) -> DateTime {
        self.0.proposed_at.into()
    }

    /// The account that decided it; null while it waits.
    async fn decided_by(&self) -> Option<ID> {
        let by = self.0.decided_by?;
        Some(ID(format!("account_{}", by.0)))
    }

    /// When; null while it waits.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }
}
