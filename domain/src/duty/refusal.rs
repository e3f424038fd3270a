use crate::codes::codes;

codes! {
    /// The code under which the API tells a refusal (verification.md 7).
    pub enum RefusalCode("refusal") {
        /// Not in this capacity.
        Forbidden = "FORBIDDEN",
        /// Not by this person.
        SeparationOfDuties = "SEPARATION_OF_DUTIES",
        /// Something else was changed meanwhile.
        StaleVersion = "STALE_VERSION",
        /// Not from this state.
        IllegalTransition = "ILLEGAL_TRANSITION",
        /// A condition is not met.
        GuardFailed = "GUARD_FAILED",
        /// The key was used for something else.
        IdempotencyConflict = "IDEMPOTENCY_CONFLICT",
        /// Nothing was seen that would prove it.
        EvidenceMissing = "EVIDENCE_MISSING",
        /// What proved it is too old.
        PsvStale = "PSV_STALE",
        /// The lists of excluded people were searched too long ago, or a match is open.
        ScreeningStale = "SCREENING_STALE",
        /// No reason was given.
        ReasonRequired = "REASON_REQUIRED",
    }
}

/// Why a person may not act, whatever is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Bar {
    /// Not in this capacity.
    #[error("this is not yours to do")]
    Forbidden,
    /// Not by this person.
    #[error("somebody else has to decide this")]
    SeparationOfDuties,
}
