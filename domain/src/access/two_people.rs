//! Acts that are no case and need two people: proposed by one, confirmed by another.

use crate::codes::codes;

use super::Role;

codes! {
    /// What is proposed.
    pub enum ProposalKind("proposal kind") {
        /// A record never was: wrong person, or there twice.
        MarkInError = "MARK_IN_ERROR",
        /// A certain match with an exclusion list is the person.
        ConfirmMatch = "CONFIRM_MATCH",
        /// A certain match with an exclusion list is somebody else.
        ClearMatch = "CLEAR_MATCH",
        /// An excluded person was reinstated by the list's keeper.
        ReinstateMatch = "REINSTATE_MATCH",
        /// An account's roles change.
        ChangeRoles = "CHANGE_ROLES",
        /// An issuer was not to be trusted for a range of days.
        TaintIssuer = "TAINT_ISSUER",
        /// It was to be trusted after all.
        LiftTaint = "LIFT_TAINT",
        /// What a taint suspended is in force again.
        ReinstateInBulk = "REINSTATE_IN_BULK",
    }
}

codes! {
    /// Where a proposal stands.
    pub enum ProposalState("proposal state") {
        /// It waits for a second person.
        Open = "OPEN",
        /// A second person agreed, and it was done.
        Confirmed = "CONFIRMED",
        /// A second person did not.
        Declined = "DECLINED",
        /// Its proposer took it back.
        Withdrawn = "WITHDRAWN",
    }
}

impl ProposalKind {
    /// In which roles it is proposed and confirmed.
    pub const fn decided_by(self) -> &'static [Role] {
        match self {
            Self::MarkInError => &[Role::Verifier, Role::Approver, Role::Compliance],
            Self::ConfirmMatch
            | Self::ClearMatch
            | Self::ReinstateMatch
            | Self::TaintIssuer
            | Self::LiftTaint => &[Role::Compliance],
            Self::ChangeRoles => &[Role::Admin],
            Self::ReinstateInBulk => &[Role::Approver, Role::Compliance],
        }
    }
}
