//! What people decide about a hit.
//!
//! `NEW → UNDER_REVIEW → CONFIRMED | FALSE_POSITIVE | WAIVED | INCONCLUSIVE`, `CONFIRMED → REINSTATED`;
//! and the ways out of what would otherwise hold for ever or stay wrong: an inconclusive hit is looked
//! at again, a confirmed one is waived later or found to be mistaken, a waiver is taken back or ends
//! with the exclusion.

use super::evidence::MatchSubject;
use super::finding::{MatchState, MatchTier};
use crate::codes::codes;
use crate::place::Jurisdiction;

codes! {
    /// What somebody decides about a hit.
    pub enum MatchDecision("match decision") {
        /// To look at it.
        StartReview = "START_REVIEW",
        /// It is this person.
        Confirm = "CONFIRM",
        /// It is somebody else.
        FalsePositive = "FALSE_POSITIVE",
        /// It is this person, and a waiver lifts it in one state.
        Waive = "WAIVE",
        /// Nobody can tell.
        Inconclusive = "INCONCLUSIVE",
        /// It was this person, and the exclusion has ended.
        Reinstate = "REINSTATE",
    }
}

/// A hit as it stands when somebody decides about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What was decided last.
    pub state: MatchState,
    /// How strong it is.
    pub tier: MatchTier,
    /// Whom it is about.
    pub about: MatchSubject,
    /// Where the row itself says that a waiver lifts the exclusion.
    pub row_waived_in: Option<Jurisdiction>,
    /// Is the exclusion missing from a full list that was taken in after it was confirmed?
    pub is_gone_from_a_later_list: bool,
}

/// What a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grounds {
    /// Is a reason given in words?
    pub has_reason: bool,
    /// How many pieces of evidence are named.
    pub evidence: usize,
    /// Where a waiver lifts the exclusion.
    pub waived_in: Option<Jurisdiction>,
    /// Are the items, services or places named that a waiver is limited to?
    pub has_scope: bool,
}

/// Why a decision cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecisionRefusal {
    /// There is no such way.
    #[error("a match that is {state} cannot be decided {decision}")]
    Illegal {
        /// As it stands.
        state: MatchState,
        /// What was to be decided.
        decision: MatchDecision,
    },
    /// Nobody says why.
    #[error("a decision about a match needs a reason in words")]
    NoReason,
    /// Nothing shows it.
    #[error("{0} needs evidence: name what was seen")]
    NoEvidence(MatchDecision),
    /// A waiver is for one state and for something named.
    #[error(
        "a waiver names its state, and the items, services or places that it is limited to (42 CFR 1001.1801)"
    )]
    NoWaiver,
    /// A waiver that neither the row nor any evidence shows.
    #[error("the row shows no waiver in {0}: attach the Office's letter")]
    WaiverNotShown(Jurisdiction),
    /// The exclusion still stands in the list, or no list was taken in since.
    #[error(
        "the exclusion is not missing from any full list that was taken in after it was confirmed"
    )]
    StillListed,
    /// A state given with another decision than a waiver.
    #[error("only a waiver names a state")]
    StrayWaiver,
}

impl Standing {
    /// What the hit is after a decision.
    ///
    /// # Errors
    /// [`DecisionRefusal`] when there is no such way or the grounds do not carry it.
    pub fn decide(
        self,
        decision: MatchDecision,
        grounds: Grounds,
    ) -> Result<MatchState, DecisionRefusal> {
        let next = self.next(decision)?;
        if decision == MatchDecision::StartReview {
            return Ok(next);
        }
        if !grounds.has_reason {
            return Err(DecisionRefusal::NoReason);
        }
        if decision != MatchDecision::Waive && grounds.waived_in.is_some() {
            return Err(DecisionRefusal::StrayWaiver);
        }
        match decision {
            MatchDecision::Waive => self.waiver(grounds)?,
            // A first and last name alone clears nobody (OIG, exclusions FAQ): neither does a word.
            MatchDecision::FalsePositive if self.holds() && grounds.evidence == 0 => {
                return Err(DecisionRefusal::NoEvidence(decision));
            }
            // 42 CFR 1001.3001–3004: never by itself, and by written notice.
            MatchDecision::Reinstate if grounds.evidence == 0 => {
                return Err(DecisionRefusal::NoEvidence(decision));
            }
            MatchDecision::Reinstate if !self.is_gone_from_a_later_list => {
                return Err(DecisionRefusal::StillListed);
            }
            _ => {}
        }
        Ok(next)
    }

    /// Does the decision need a second person? Confirming and clearing do where the hit is strong;
    /// undoing what was confirmed always does.
    pub fn needs_two_people(self, decision: MatchDecision) -> bool {
        match decision {
            MatchDecision::StartReview | MatchDecision::Inconclusive => false,
            MatchDecision::Reinstate => true,
            MatchDecision::Confirm | MatchDecision::FalsePositive | MatchDecision::Waive => {
                let undoes = matches!(self.state, MatchState::Confirmed | MatchState::Waived);
                self.holds() || (undoes && decision != MatchDecision::Confirm)
            }
        }
    }

    fn next(self, decision: MatchDecision) -> Result<MatchState, DecisionRefusal> {
        use MatchDecision as D;
        use MatchState as S;
        match (self.state, decision) {
            (S::New | S::Inconclusive, D::StartReview) => Ok(S::UnderReview),
            (S::UnderReview | S::Waived, D::Confirm) => Ok(S::Confirmed),
            (S::UnderReview | S::Confirmed, D::FalsePositive) => Ok(S::FalsePositive),
            (S::UnderReview | S::Confirmed, D::Waive) => Ok(S::Waived),
            (S::UnderReview, D::Inconclusive) => Ok(S::Inconclusive),
            (S::Confirmed | S::Waived, D::Reinstate) => Ok(S::Reinstated),
            (state, decision) => Err(DecisionRefusal::Illegal { state, decision }),
        }
    }

    fn waiver(self, grounds: Grounds) -> Result<(), DecisionRefusal> {
        let Some(state) = grounds.waived_in.filter(|_| grounds.has_scope) else {
            return Err(DecisionRefusal::NoWaiver);
        };
        if self.row_waived_in == Some(state) || grounds.evidence > 0 {
            Ok(())
        } else {
            Err(DecisionRefusal::WaiverNotShown(state))
        }
    }

    fn holds(self) -> bool {
        self.about == MatchSubject::Person && self.tier.holds_at_once()
    }
}
