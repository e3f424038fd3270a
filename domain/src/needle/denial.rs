//! A statement that was signed as not true: no attestation is accepted with one, and each signature that
//! has one opens a case for cause (verification.md 4.2).

use super::attestation::{Claim, ReviewReason, Signature, UnderReview};
use super::statement::Statement;

/// What a person signed as not true. Only a signature that was settled makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    claim: Claim,
    signature: Signature,
    statements: Vec<Statement>,
}

impl Denial {
    pub(super) fn of(state: &UnderReview) -> Option<Self> {
        let statements: Vec<_> = state
            .reasons
            .iter()
            .filter_map(|reason| match reason {
                ReviewReason::Denied(statement) => Some(*statement),
                ReviewReason::First
                | ReviewReason::Warning(_)
                | ReviewReason::Sampled(_)
                | ReviewReason::CheckedLate => None,
            })
            .collect();
        (!statements.is_empty()).then(|| Self {
            claim: state.signed.claim.clone(),
            signature: state.signed.signature.clone(),
            statements,
        })
    }

    /// In which attestation.
    pub const fn claim(&self) -> &Claim {
        &self.claim
    }

    /// The signature under it.
    pub const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Which; never empty.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}
