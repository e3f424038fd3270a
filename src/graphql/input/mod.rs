//! What clients ask with.

mod attestation;
mod search;

pub use attestation::{
    DraftAttestationInput, InvalidateAttestationInput, ReviewAttestationInput,
    ReviseAttestationInput, SignAttestationInput, WithdrawAttestationInput,
};
pub use search::{NearInput, PointInput, ProviderSearchInput};
