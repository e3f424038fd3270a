//! Global ids: readable, and opaque by contract.

use async_graphql::{ID, Interface};
use domain::attestation::AttestationId;
use domain::credential::CredentialId;
use domain::license::LicenseId;
use domain::npi::Npi;
use domain::provider::LocationId;
use domain::scope::RuleId;

use super::error::Fault;
use super::object::{
    License, Place, PracticeLocation, Provider, ScopeRule, SterilityAttestation, TrainingCredential,
};
use crate::service::{self, Reading};

/// Anything with an id of its own, which `node(id:)` finds again.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its id, for `node(id:)`."))]
pub enum Node {
    /// A person.
    Provider(Provider),
    /// A place at which a person practises.
    PracticeLocation(PracticeLocation),
    /// A licence.
    License(License),
    /// A dry-needling training.
    TrainingCredential(TrainingCredential),
    /// A sterility attestation.
    SterilityAttestation(SterilityAttestation),
    /// A ZIP, city or state.
    Place(Place),
    /// A rule of the law.
    ScopeRule(ScopeRule),
}

/// The number in the id of a row that is no node: `case_7`, `proposal_3`.
///
/// # Errors
/// `BAD_INPUT` that names the field, for an id of another kind or spelling.
pub(super) fn row_id(kind: &'static str, field: &'static str, id: &ID) -> Result<i64, Fault> {
    let number = id
        .strip_prefix(kind)
        .and_then(|rest| rest.strip_prefix('_'))
        .and_then(|digits| digits.parse::<i64>().ok())
        .filter(|number| *number > 0 && **id == format!("{kind}_{number}"));
    number.ok_or_else(|| {
        Fault::bad_input(
            field,
            format!("{field} is the id of a {kind}, like {kind}_7"),
        )
    })
}

/// An id, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeId {
    /// `provider_1234567893`.
    Provider(Npi),
    /// `location_42`.
    Location(LocationId),
    /// `license_7`.
    License(LicenseId),
    /// `training_9`.
    Training(CredentialId),
    /// `attestation_3`.
    Attestation(AttestationId),
    /// `place_zip-80205`.
    Place(Box<str>),
    /// `rule_FL-PHYSICAL_THERAPIST-2021-04-19`, or `…-open` where the beginning is not known.
    Rule(RuleId),
}

impl NodeId {
    /// `None` where the text is not an id that this server gives. Every value has one spelling only.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, key) = text.split_once('_')?;
        let id = match kind {
            "provider" => Self::Provider(key.parse().ok()?),
            "location" => Self::Location(LocationId(key.parse().ok()?)),
            "license" => Self::License(LicenseId(key.parse().ok()?)),
            "training" => Self::Training(CredentialId(key.parse().ok()?)),
            "attestation" => Self::Attestation(AttestationId(key.parse().ok()?)),
            "place" => {
                let kind = key.split('-').next()?;
                (matches!(kind, "zip" | "city" | "state") && key.len() > kind.len() + 1)
                    .then(|| Self::Place(key.into()))?
            }
            "rule" => Self::Rule(key.parse().ok()?),
            _ => return None,
        };
        // Numbers and days have other spellings (`+7`, `07`) that would make two ids of one thing.
        (id.text() == text).then_some(id)
    }

    fn text(&self) -> String {
        match self {
            Self::Provider(npi) => format!("provider_{npi}"),
            Self::Location(id) => format!("location_{}", id.0),
            Self::License(id) => format!("license_{}", id.0),
            Self::Training(id) => format!("training_{}", id.0),
            Self::Attestation(id) => format!("attestation_{}", id.0),
            Self::Place(id) => format!("place_{id}"),
            Self::Rule(id) => format!("rule_{id}"),
        }
    }

    /// What it names; `None` where that does not exist or is not public.
    pub fn load(&self, reading: &Reading) -> Option<Node> {
        use service::provider;

        Some(match self {
            Self::Provider(npi) => Provider(provider::by_npi(reading, *npi)?).into(),
            Self::Location(id) => {
                let (of, at) = provider::by_location(reading, *id)?;
                PracticeLocation { of, at }.into()
            }
            Self::License(id) => {
                let (of, at) = provider::by_license(reading, *id)?;
                License { of, at }.into()
            }
            Self::Training(id) => {
                let (of, at) = provider::by_training(reading, *id)?;
                TrainingCredential { of, at }.into()
            }
            Self::Attestation(id) => {
                let (of, at) = provider::by_attestation(reading, *id)?;
                SterilityAttestation { of, at }.into()
            }
            Self::Place(id) => Place(service::place::by_id(reading, id)?).into(),
            Self::Rule(id) => ScopeRule(service::scope::rule(reading, *id)?).into(),
        })
    }
}

impl From<NodeId> for ID {
    fn from(id: NodeId) -> Self {
        Self(id.text())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_is_read_as_it_was_written() {
        for text in [
            "provider_1234567893",
            "location_42",
            "license_7",
            "training_9",
            "attestation_3",
            "place_zip-80205",
            "place_city-CO-denver",
            "place_state-CO",
            "rule_FL-PHYSICAL_THERAPIST-2021-04-19",
            "rule_CA-CHIROPRACTOR-open",
        ] {
            let id = NodeId::parse(text).map(|id| id.text());
            assert_eq!(id.as_deref(), Some(text));
        }
    }

    #[test]
    fn what_this_server_never_gives_is_no_id() {
        for text in [
            "",
            "provider",
            "provider_",
            "provider_1234567890",
            "Provider_1234567893",
            "location_+42",
            "location_042",
            "location_9223372036854775808",
            "location_4 2",
            "place_",
            "place_zip-",
            "place_planet-mars",
            "rule_FL-PHYSICAL_THERAPIST",
            "rule_FL-PHYSICAL_THERAPIST-2021-4-19",
            "rule_XX-PHYSICAL_THERAPIST-open",
            "rule_FL-MASSEUR-open",
        ] {
            assert_eq!(NodeId::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_has_two_readings(text in "(provider|location|license|place|rule)_.{0,40}") {
            if let Some(id) = NodeId::parse(&text) {
                prop_assert_eq!(id.text(), text);
            }
        }
    }
}
