//! What is proved about a person, as far as conditional rules ask for it.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::credential::{Credential, CredentialKind, EffectiveStatus};
use crate::license::compact::Compacts;
use crate::place::Jurisdiction;
use crate::policy::Policy;
use crate::provider::{Provider, RegistryLookup};
use crate::taxonomy::Discipline;
use crate::time::{Day, happened_by, local_day};
use crate::training::TrainingCredential;

/// A person before the law of a jurisdiction, as one discipline, on a day.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// Who.
    pub provider: &'a Provider,
    /// As what.
    pub discipline: Discipline,
    /// Whose law asks.
    pub jurisdiction: Jurisdiction,
    /// On which day.
    pub day: Day,
    /// The zone in which its days are told.
    pub zone: Tz,
    /// How long verifications and checks count.
    pub policy: &'a Policy,
    /// Which state takes part how in which compact.
    pub compacts: &'a Compacts,
}

/// Something verified, and the last day on which its verification counts.
#[derive(Debug)]
pub(crate) struct Verified<'a, T> {
    pub(crate) it: &'a T,
    pub(crate) until: Option<NaiveDate>,
}

// Derived, these would ask for a `T: Copy`, though only a reference is copied.
impl<T> Clone for Verified<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Verified<'_, T> {}

impl<'a> Evidence<'a> {
    /// The trainings that are verified.
    pub(crate) fn training(&self) -> impl Iterator<Item = Verified<'a, TrainingCredential>> {
        let evidence = *self;
        self.provider
            .training
            .iter()
            .filter_map(move |training| evidence.verified(training, &training.credential))
    }

    /// The verified credentials of a kind, other than those given for another profession or by
    /// another state.
    pub(crate) fn credentials(
        &self,
        kind: CredentialKind,
    ) -> impl Iterator<Item = Verified<'a, Credential>> {
        let evidence = *self;
        self.provider
            .credentials
            .iter()
            .filter(move |credential| {
                credential.kind == kind
                    && credential
                        .discipline
                        .is_none_or(|given_for| given_for == evidence.discipline)
                    && credential
                        .jurisdiction
                        .is_none_or(|given_by| given_by == evidence.jurisdiction)
            })
            .filter_map(move |credential| evidence.verified(credential, credential))
    }

    /// The first days of the discipline's licences that a source confirmed; `None` is any
    /// jurisdiction.
    pub(crate) fn licensed_since(
        &self,
        jurisdiction: Option<Jurisdiction>,
    ) -> impl Iterator<Item = NaiveDate> {
        let evidence = *self;
        self.provider
            .licenses
            .iter()
            .filter(move |license| {
                license.discipline == evidence.discipline
                    && jurisdiction.is_none_or(|wanted| license.jurisdiction == wanted)
            })
            .filter_map(move |license| {
                license.confirmed_since(evidence.day.evidence_on(), evidence.zone)
            })
    }

    /// The day on which a register last answered that there is no such credential; `None` when it
    /// was never asked, or knows of one. A look-up without a name asked for the whole kind.
    pub(crate) fn looked_up_in_vain(
        &self,
        kind: CredentialKind,
        name: Option<&str>,
    ) -> Option<NaiveDate> {
        self.vain_lookup(kind, name)
            .map(|lookup| local_day(lookup.looked_up_at, self.zone))
    }

    /// The day on which a register answered that there is no such credential after this one was
    /// verified: then it holds no longer.
    pub(crate) fn contradicted(
        &self,
        credential: &Credential,
        name: Option<&str>,
    ) -> Option<NaiveDate> {
        let verified_at = credential.verified_at(self.day.evidence_on(), self.zone)?;
        let name = credential.names.as_deref().or(name);
        self.vain_lookup(credential.kind, name)
            .filter(|lookup| lookup.looked_up_at > verified_at)
            .map(|lookup| local_day(lookup.looked_up_at, self.zone))
    }

    fn vain_lookup(&self, kind: CredentialKind, name: Option<&str>) -> Option<&'a RegistryLookup> {
        self.provider
            .lookups
            .iter()
            .filter(|lookup| {
                lookup.kind == kind
                    && lookup
                        .jurisdiction
                        .is_none_or(|asked| asked == self.jurisdiction)
                    && lookup.names.as_deref().is_none_or(|asked| {
                        name.is_some_and(|name| asked.eq_ignore_ascii_case(name))
                    })
            })
            .filter(|lookup| happened_by(lookup.looked_up_at, self.zone, self.day.evidence_on()))
            .max_by_key(|lookup| lookup.looked_up_at)
            .filter(|lookup| !lookup.found)
    }

    /// Something with the end of its credential's verification, when that is in force.
    fn verified<T>(&self, it: &'a T, credential: &Credential) -> Option<Verified<'a, T>> {
        let months = self.policy.revalidation_months;
        let status = credential.effective_status(self.day, self.zone, months);
        (status == Some(EffectiveStatus::Verified)).then(|| Verified {
            it,
            until: credential.verified_through(self.day.evidence_on(), self.zone, months),
        })
    }
}
