//! Everything that can be changed, one subject a file: one mutation a transition, each with one `input`
//! that carries `idempotencyKey`, and `expectedVersion` where something that exists is changed.

pub mod attestation;
pub mod case;
pub mod claim;
pub mod compact;
pub mod entry;
pub mod evidence;
pub mod issuer;
pub mod law;
pub mod proposal;
pub mod screening;
pub mod task;

pub(in crate::graphql) use case::credential_number;

use async_graphql::MergedObject;

/// Everything that can be changed. Each field takes a key by which asking again is known: the same
/// request again gives the same answer and changes nothing.
#[derive(MergedObject, Default)]
pub struct Mutation(
    attestation::AttestationMutation,
    issuer::IssuerMutation,
    task::TaskMutation,
    proposal::ProposalMutation,
    evidence::EvidenceMutation,
    screening::ScreeningMutation,
    case::AuthorMutation,
    case::ReviewMutation,
    case::DecideMutation,
    case::FlagMutation,
    case::CredentialMutation,
    entry::EntryMutation,
    claim::ClaimMutation,
    law::LawMutation,
    compact::CompactMutation,
);
