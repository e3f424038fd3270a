//! Everybody at one version of the data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::attestation::AttestationId;
use domain::credential::CredentialId;
use domain::eligibility::Rulebook;
use domain::license::LicenseId;
use domain::npi::Npi;
use domain::policy::Policy;
use domain::provider::{LocationId, Provider};

use crate::bits::Bits;
use crate::gazetteer::Gazetteer;
use crate::segment::IdKind;
use crate::segment::Segment;

/// A layer at least so many times as large as the change above it is left alone.
const GROWTH: usize = 4;

/// The directory at one version: people, law and places. Immutable; clones share everything.
///
/// People lie in layers. A change adds a small layer of the changed people and hides their older
/// records beneath; layers that have become of similar size are made one, so that there are few and
/// a change costs little more than the people it names.
#[derive(Debug, Clone)]
pub struct Snapshot {
    version: u64,
    rules: Arc<Rulebook>,
    places: Arc<Gazetteer>,
    announced: Arc<[(Policy, DateTime<Utc>)]>,
    layers: Vec<Layer>,
}

/// A segment, and which of its persons no longer count.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) segment: Arc<Segment>,
    hidden: Arc<Bits>,
    hidden_count: usize,
}

impl Snapshot {
    /// Judges and arranges people, who may come in any order; of two with one NPI the later counts.
    pub fn build(
        version: u64,
        rules: Arc<Rulebook>,
        places: Arc<Gazetteer>,
        people: impl IntoIterator<Item = Provider>,
    ) -> Self {
        let mut people: Vec<Arc<Provider>> = people.into_iter().map(Arc::new).collect();
        // Sorted backwards and stably, the later of two is the first that `dedup` sees.
        people.reverse();
        people.sort_by_key(|provider| provider.npi);
        people.dedup_by_key(|provider| provider.npi);
        let layers = Vec::from_iter(Layer::of(people, &rules));
        Self {
            version,
            rules,
            places,
            announced: Arc::default(),
            layers,
        }
    }

    /// The same, telling of versions of the policy that will hold, each from its instant on. Nothing is
    /// judged by them.
    #[must_use]
    pub fn announcing(self, versions: Vec<(Policy, DateTime<Utc>)>) -> Self {
        Self {
            announced: versions.into(),
            ..self
        }
    }

    /// The next version: `changed` people as they are now, `removed` ones gone, all others as before.
    ///
    /// Answers as a snapshot built anew would. Costs about as much as building one of the changed
    /// people alone; now and then, as changes add up, also of the layers that they outgrow.
    #[must_use]
    pub fn with_changes(&self, version: u64, changed: Vec<Provider>, removed: &[Npi]) -> Self {
        let changed: BTreeMap<Npi, Arc<Provider>> = changed
            .into_iter()
            .map(|provider| (provider.npi, Arc::new(provider)))
            .collect();
        let touched: BTreeSet<Npi> = changed.keys().chain(removed).copied().collect();
        let mut layers: Vec<Layer> = self
            .layers
            .iter()
            .map(|layer| layer.without(&touched))
            .filter(|layer| layer.len() > 0)
            .collect();
        let mut people: Vec<Arc<Provider>> = changed
            .into_iter()
            .filter(|(npi, _)| !removed.contains(npi))
            .map(|(_, provider)| provider)
            .collect();
        while let Some(top) = layers.pop_if(|top| top.len() < GROWTH * people.len()) {
            people.extend(top.people().cloned());
        }
        layers.extend(Layer::of(people, &self.rules));
        Self {
            version,
            rules: Arc::clone(&self.rules),
            places: Arc::clone(&self.places),
            announced: Arc::clone(&self.announced),
            layers,
        }
    }

    /// The log entry up to which this is true.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The law and the policy by which people were judged.
    pub fn rules(&self) -> &Arc<Rulebook> {
        &self.rules
    }

    /// The versions of the policy that will hold, in the order in which they come.
    pub fn announced(&self) -> &[(Policy, DateTime<Utc>)] {
        &self.announced
    }

    /// The places people may ask for.
    pub fn places(&self) -> &Arc<Gazetteer> {
        &self.places
    }

    /// How many people are on file, shown or not.
    pub fn len(&self) -> usize {
        self.layers.iter().map(Layer::len).sum()
    }

    /// Is nobody on file?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everybody on file, shown or not, in no order.
    pub fn people(&self) -> impl Iterator<Item = &Arc<Provider>> {
        self.layers.iter().flat_map(Layer::people)
    }

    /// The person with an NPI, shown or not.
    pub fn provider(&self, npi: Npi) -> Option<&Arc<Provider>> {
        self.find(|segment| segment.ids.person(npi))
    }

    /// The person who practises at a location.
    pub fn provider_of_location(&self, id: LocationId) -> Option<&Arc<Provider>> {
        self.find(|segment| segment.ids.owner(IdKind::Location, id.0))
    }

    /// The person who holds a licence.
    pub fn provider_of_license(&self, id: LicenseId) -> Option<&Arc<Provider>> {
        self.find(|segment| segment.ids.owner(IdKind::License, id.0))
    }

    /// The person who took a dry-needling training.
    pub fn provider_of_training(&self, id: CredentialId) -> Option<&Arc<Provider>> {
        self.find(|segment| segment.ids.owner(IdKind::Training, id.0))
    }

    /// The person who made a sterility attestation.
    pub fn provider_of_attestation(&self, id: AttestationId) -> Option<&Arc<Provider>> {
        self.find(|segment| segment.ids.owner(IdKind::Attestation, id.0))
    }

    pub(crate) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    fn find(&self, person: impl Fn(&Segment) -> Option<u32>) -> Option<&Arc<Provider>> {
        self.layers.iter().find_map(|layer| {
            let person = person(&layer.segment).filter(|person| !layer.hides(*person))?;
            Some(layer.segment.provider(person))
        })
    }
}

impl Layer {
    /// None of nobody.
    fn of(people: Vec<Arc<Provider>>, rules: &Rulebook) -> Option<Self> {
        if people.is_empty() {
            return None;
        }
        let segment = Segment::build(people, rules);
        Some(Self {
            hidden: Arc::new(Bits::none(segment.len())),
            hidden_count: 0,
            segment: Arc::new(segment),
        })
    }

    fn without(&self, npis: &BTreeSet<Npi>) -> Self {
        let mut layer = self.clone();
        for person in npis.iter().filter_map(|npi| self.segment.ids.person(*npi)) {
            if !layer.hides(person) {
                Arc::make_mut(&mut layer.hidden).insert(person);
                layer.hidden_count += 1;
            }
        }
        layer
    }

    fn len(&self) -> usize {
        self.segment.len() - self.hidden_count
    }

    fn people(&self) -> impl Iterator<Item = &Arc<Provider>> {
        (0..)
            .zip(self.segment.providers())
            .filter(|(person, _)| !self.hides(*person))
            .map(|(_, provider)| provider)
    }

    /// Does a person of the segment no longer count?
    pub(crate) fn hides(&self, person: u32) -> bool {
        self.hidden_count > 0 && self.hidden.contains(person)
    }
}
