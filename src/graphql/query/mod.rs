//! Everything that can be asked, one subject a file.

mod account;
mod attestation;
mod audit;
pub mod case;
mod chores;
mod claim;
mod compact;
mod evidence;
mod node;
mod place;
mod policy;
mod proposal;
mod provider;
mod scope;
mod screening;
mod search;

use async_graphql::MergedObject;

/// Everything that can be asked without changing anything.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    provider::ProviderQuery,
    search::SearchQuery,
    scope::ScopeQuery,
    compact::CompactQuery,
    place::PlaceQuery,
    attestation::AttestationQuery,
    proposal::ProposalQuery,
    account::AccountQuery,
    evidence::EvidenceQuery,
    chores::ChoresQuery,
    screening::ScreeningQuery,
    case::CaseQuery,
    claim::ClaimQuery,
    audit::AuditQuery,
    policy::PolicyQuery,
);
