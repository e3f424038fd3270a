use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};

use super::{NeedleProduct, PracticeLocation, WhyNot, reading};
use crate::graphql::codes::AttestationState;
use crate::graphql::node::NodeId;
use crate::graphql::scalar::{Date, DateTime};
use crate::service;

/// What a person signed about the needles used at some places.
#[derive(Description)]
pub struct SterilityAttestation {
    /// Whose.
    pub of: Arc<domain::provider::Provider>,
    /// Which of theirs.
    pub at: usize,
}

impl SterilityAttestation {
    fn get(&self) -> &domain::attestation::SterilityAttestation {
        &self.of.attestations[self.at]
    }
}

#[Object(use_type_description)]
impl SterilityAttestation {
    /// Why it is not verified today; empty where it is.
    async fn why_not_verified(&self, ctx: &Context<'_>) -> Vec<WhyNot> {
        let why = domain::why::attestation(
            self.get(),
            reading(ctx).today(service::provider::attestation_zone(&self.of, self.get())),
            service::provider::attestation_zone(&self.of, self.get()),
        );
        why.into_iter().map(Into::into).collect()
    }

    /// Its id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::Attestation(self.get().id).into()
    }

    /// How often the attestation was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.get().version)
    }

    /// Where it stands today. Only ACCEPTED counts.
    async fn state(&self, ctx: &Context<'_>) -> AttestationState {
        service::provider::attestation_state(reading(ctx), &self.of, self.get()).into()
    }

    /// The places for which it holds.
    async fn locations(&self) -> Vec<PracticeLocation> {
        let covered = &self.get().locations;
        (0..self.of.locations.len())
            .filter(|at| covered.contains(&self.of.locations[*at].id))
            .map(|at| PracticeLocation {
                of: Arc::clone(&self.of),
                at,
            })
            .collect()
    }

    /// When it was signed.
    async fn signed_at(&self) -> Option<DateTime> {
        self.get().signed_at.map(Into::into)
    }

    /// The last day on which it holds: its own, or that of the last lot to expire if that is sooner.
    async fn valid_until(&self) -> Option<Date> {
        self.get().holds_through().map(Into::into)
    }

    /// The whole of it in words for patients, as it stands today. What is not in force begins with
    /// `Not in force` and says nothing of needles.
    async fn statement(&self, ctx: &Context<'_>) -> String {
        service::provider::attestation_statement(reading(ctx), &self.of, self.get())
    }

    /// The needles that it speaks of.
    async fn products(&self) -> Vec<NeedleProduct> {
        (0..self.get().products.len())
            .map(|product| NeedleProduct {
                of: Arc::clone(&self.of),
                attestation: self.at,
                product,
            })
            .collect()
    }
}
