//! Whose are a location, a licence, a training, an attestation?

use std::sync::Arc;

use domain::npi::Npi;
use domain::provider::Provider;

use crate::row;

/// Sorted lists of stored numbers with their persons.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    npis: Vec<Npi>,
    locations: Vec<(i64, u32)>,
    licenses: Vec<(i64, u32)>,
    trainings: Vec<(i64, u32)>,
    attestations: Vec<(i64, u32)>,
}

/// A kind of stored number.
#[derive(Debug, Clone, Copy)]
pub(crate) enum IdKind {
    Location,
    License,
    Training,
    Attestation,
}

impl Ids {
    /// Of persons sorted by NPI.
    pub(crate) fn new(providers: &[Arc<Provider>]) -> Self {
        let list = |ids: fn(&Provider) -> Box<dyn Iterator<Item = i64> + '_>| {
            let mut list: Vec<(i64, u32)> = providers
                .iter()
                .enumerate()
                .flat_map(|(person, provider)| ids(provider).map(move |id| (id, row(person))))
                .collect();
            list.sort_unstable();
            list.shrink_to_fit();
            list
        };
        Self {
            npis: providers.iter().map(|provider| provider.npi).collect(),
            locations: list(|provider| Box::new(provider.locations.iter().map(|it| it.id.0))),
            licenses: list(|provider| Box::new(provider.licenses.iter().map(|it| it.id.0))),
            trainings: list(|provider| {
                Box::new(provider.training.iter().map(|it| it.credential.id.0))
            }),
            attestations: list(|provider| Box::new(provider.attestations.iter().map(|it| it.id.0))),
        }
    }

    /// The person with an NPI.
    pub(crate) fn person(&self, npi: Npi) -> Option<u32> {
        self.npis.binary_search(&npi).ok().map(row)
    }

    /// The person to whom something belongs.
    pub(crate) fn owner(&self, kind: IdKind, id: i64) -> Option<u32> {
        let list = match kind {
            IdKind::Location => &self.locations,
            IdKind::License => &self.licenses,
            IdKind::Training => &self.trainings,
            IdKind::Attestation => &self.attestations,
        };
        let at = list.partition_point(|(other, _)| *other < id);
        list.get(at)
            .filter(|(other, _)| *other == id)
            .map(|(_, person)| *person)
    }
}
