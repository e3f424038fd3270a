//! What clients ask with.

mod attestation;
mod audit;
mod content;
mod search;

pub use attestation::{
    DraftAttestationInput, InvalidateAttestationInput, ReviewAttestationInput,
    ReviseAttestationInput, SignAttestationInput, WithdrawAttestationInput, attestation_order,
};
pub use audit::AuditEventFilter;
pub use content::{
    ApprovalInput, CredentialContentInput, DurationInput, InstructorInput, IssuerInput,
    TrainingHoursInput, TrainingInput,
};
pub use search::{NearInput, PointInput, ProviderSearchInput};
