use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};

use super::{
    Credential, License, LocationListing, PersonName, PracticeLocation, SterilityAttestation,
    TrainingCredential, reading,
};
use crate::graphql::codes::{Discipline, NpiStatus};
use crate::graphql::node::NodeId;
use crate::graphql::scalar::{Date, Npi};
use crate::service;

/// A person who may do dry needling: what is claimed, and what is known about it.
#[derive(Description)]
pub struct Provider(pub Arc<domain::provider::Provider>);

#[Object(use_type_description)]
impl Provider {
    /// Its id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::Provider(self.0.npi).into()
    }

    /// How often the person's own entry was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.0.version)
    }

    /// The one number by which the person is known.
    async fn npi(&self) -> Npi {
        self.0.npi.into()
    }

    /// What the federal registry says of that number today; null when it was never seen there.
    async fn npi_status(&self, ctx: &Context<'_>) -> Option<NpiStatus> {
        let today = reading(ctx).today(service::provider::home_zone(&self.0));
        self.0.npi_status(today).map(|change| change.status.into())
    }

    /// The number that replaced this one.
    async fn replaced_by(&self) -> Option<Npi> {
        self.0.replaced_by.map(Into::into)
    }

    /// The person's name.
    async fn name(&self) -> PersonName {
        PersonName(self.0.name.clone())
    }

    /// The disciplines of the licences on file, or those that the taxonomy codes hint at.
    async fn disciplines(&self) -> Vec<Discipline> {
        self.0.disciplines().into_iter().map(Into::into).collect()
    }

    /// Self-reported specialities as NUCC taxonomy codes, the primary one first. Not a licence. Code
    /// set © American Medical Association.
    async fn taxonomy_codes(&self) -> Vec<String> {
        self.0.taxonomies.iter().map(ToString::to_string).collect()
    }

    /// Licences on file.
    async fn licenses(&self) -> Vec<License> {
        all(&self.0, 0..self.0.licenses.len(), |of, at| License {
            of,
            at,
        })
    }

    /// Places at which the person practises.
    async fn locations(&self) -> Vec<PracticeLocation> {
        all(&self.0, 0..self.0.locations.len(), |of, at| {
            PracticeLocation { of, at }
        })
    }

    /// Dry-needling trainings, each with its standing today.
    async fn training(&self, ctx: &Context<'_>) -> Vec<TrainingCredential> {
        let public = service::provider::public_training(reading(ctx), &self.0);
        all(&self.0, public, |of, at| TrainingCredential { of, at })
    }

    /// Every other credential: endorsements, permits, certifications, examinations, degrees.
    async fn credentials(&self, ctx: &Context<'_>) -> Vec<Credential> {
        let public = service::provider::public_credentials(reading(ctx), &self.0);
        all(&self.0, public, |of, at| Credential { of, at })
    }

    /// What the person signed about needles. Only what was accepted once is shown.
    async fn attestations(&self, ctx: &Context<'_>) -> Vec<SterilityAttestation> {
        let public = service::provider::public_attestations(reading(ctx), &self.0);
        all(&self.0, public, |of, at| SterilityAttestation { of, at })
    }

    /// Languages spoken with patients, as BCP 47 tags.
    async fn languages(&self) -> &[Box<str>] {
        &self.0.languages
    }

    /// What the person says; null when they never said.
    async fn accepts_new_patients(&self) -> Option<bool> {
        self.0.accepts_new_patients
    }

    /// The person's own page.
    async fn website(&self) -> Option<&str> {
        self.0.website.as_deref()
    }

    /// Has the person claimed this entry?
    async fn claimed(&self) -> bool {
        self.0.claimed
    }

    /// What the person says; null when they never told us. Registry rows never say it.
    async fn offers_dry_needling(&self) -> Option<bool> {
        self.0.offers_dry_needling
    }

    /// What decides whether this person is shown, at each of their locations, for each licence.
    async fn listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day, in the zone of each place; today when absent.")] on: Option<
            Date,
        >,
    ) -> Vec<LocationListing> {
        let judged = service::listing::of(reading(ctx), &self.0, on.map(|on| on.0));
        judged.into_iter().map(LocationListing::from).collect()
    }
}

fn all<T>(
    of: &Arc<domain::provider::Provider>,
    which: impl IntoIterator<Item = usize>,
    wrap: impl Fn(Arc<domain::provider::Provider>, usize) -> T,
) -> Vec<T> {
    let which = which.into_iter();
    which.map(|at| wrap(Arc::clone(of), at)).collect()
}
