//! What clients ask with.

mod attestation;
mod content;
mod search;

pub use attestation::{
    DraftAttestationInput, InvalidateAttestationInput, ReviewAttestationInput,
    ReviseAttestationInput, SignAttestationInput, WithdrawAttestationInput,
};
pub use content::{
    ApprovalInput, CredentialContentInput, DurationInput, InstructorInput, IssuerInput,
    TrainingHoursInput, TrainingInput,
};
pub use search::{NearInput, PointInput, ProviderSearchInput};
