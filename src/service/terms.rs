//! What a proposal says, by its kind: what a second person reads before they confirm it, and what the log
//! keeps of it.

use domain::access::{ProposalKind, Role};
use sha2::{Digest, Sha256};

use super::Trouble;
use super::account::manage::RoleChange;
use super::case::{InBulk, InError};
use super::issuer::{LiftRequest, TaintRequest};
use super::proposal::Proposal;
use super::screening::adjudicate::Proposed;
use crate::store::StoreError;
use crate::store::log::NewEvent;

/// What is done once a proposal is confirmed.
#[derive(Debug, Clone)]
pub enum Terms {
    /// An account has other roles.
    Roles(RoleChange),
    /// What an issuer gave in a range of days is worth nothing.
    Taint(TaintRequest),
    /// A taint is taken back.
    Lift(LiftRequest),
    /// A match with an exclusion list is confirmed, waived, cleared or ended.
    Match(Proposed),
    /// A record never was.
    InError(InError),
    /// What a taint had suspended is in force again.
    InBulk(InBulk),
}

impl Terms {
    /// What a proposal says.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`] where the stored text is not what the kind writes.
    pub fn of(proposal: &Proposal) -> Result<Self, Trouble> {
        Self::read(proposal.kind, &proposal.payload).map_err(|error| {
            StoreError::inconsistent("proposal", "payload", proposal.id.0, error).into()
        })
    }

    fn read(kind: ProposalKind, payload: &serde_json::Value) -> serde_json::Result<Self> {
        let payload = payload.clone();
        match kind {
            ProposalKind::ChangeRoles => serde_json::from_value(payload).map(Self::Roles),
            ProposalKind::TaintIssuer => serde_json::from_value(payload).map(Self::Taint),
            ProposalKind::LiftTaint => serde_json::from_value(payload).map(Self::Lift),
            ProposalKind::ConfirmMatch
            | ProposalKind::ClearMatch
            | ProposalKind::ReinstateMatch => serde_json::from_value(payload).map(Self::Match),
            ProposalKind::MarkInError => serde_json::from_value(payload).map(Self::InError),
            ProposalKind::ReinstateInBulk => serde_json::from_value(payload).map(Self::InBulk),
        }
    }

    /// In codes, days and numbers: nobody's words and nothing about a person. No comma, which parts them.
    fn facts(&self) -> Vec<String> {
        match self {
            Self::Roles(change) => {
                let codes: Vec<_> = change.roles.iter().copied().map(Role::code).collect();
                vec![format!("roles: {}", codes.join(" "))]
            }
            Self::Taint(taint) => [("from", taint.from), ("through", taint.through)]
                .into_iter()
                .filter_map(|(name, day)| Some(format!("{name}: {}", day?)))
                .collect(),
            Self::Lift(lift) => vec![format!("taint: taint_{}", lift.taint)],
            Self::Match(said) => {
                let mut facts = vec![format!("decision: {}", said.decided.decision)];
                let waived_in = said.decided.waived_in;
                facts.extend(waived_in.map(|state| format!("waivedIn: {state}")));
                facts
            }
            Self::InError(record) => vec![format!("credential: credential_{}", record.credential)],
            Self::InBulk(bulk) => vec![format!("credentials: {}", bulk.credentials.len())],
        }
    }
}

/// What both entries of the log, of the proposing and of the confirming, say of a proposal: so that they can
/// be held against each other and against what was done.
#[derive(Debug, Clone)]
pub struct Told {
    sha256: String,
    facts: Vec<String>,
}

impl Told {
    /// Of what is proposed: the SHA-256 of its canonical JSON (RFC 8785), and its codes, days and numbers.
    pub fn of(kind: ProposalKind, payload: &serde_json::Value) -> Self {
        let canonical = serde_json_canonicalizer::to_vec(payload).unwrap_or_default();
        Self {
            sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(canonical)),
            facts: Terms::read(kind, payload)
                .map(|terms| terms.facts())
                .unwrap_or_default(),
        }
    }

    /// Written into an entry.
    pub fn write(self, event: &mut NewEvent) {
        event.after_hash = Some(self.sha256);
        event.changed_fields = self.facts;
    }
}
