use async_graphql::{ID, SimpleObject, Union};

use crate::graphql::codes::{Jurisdiction, MatchDecision, ReasonCode, Role};
use crate::graphql::scalar::Date;
use crate::service::terms::Terms;

/// What is done once a proposal is confirmed, by its kind. Read it before you confirm.
#[derive(Union)]
pub enum ProposalTerms {
    /// Of `CHANGE_ROLES`.
    Roles(RoleChangeTerms),
    /// Of `TAINT_ISSUER`.
    Taint(TaintTerms),
    /// Of `LIFT_TAINT`.
    Lift(LiftTaintTerms),
    /// Of `CONFIRM_MATCH`, `CLEAR_MATCH` and `REINSTATE_MATCH`.
    Match(MatchTerms),
    /// Of `MARK_IN_ERROR`.
    InError(InErrorTerms),
    /// Of `REINSTATE_IN_BULK`.
    InBulk(BulkReinstatementTerms),
}

/// Other roles for an account.
#[derive(SimpleObject)]
pub struct RoleChangeTerms {
    /// Whose.
    account_id: ID,
    /// All that the account holds from then on; what is not here it holds no more.
    roles: Vec<Role>,
    /// The account's version that the proposer saw: at another nothing is done.
    account_version: i32,
}

/// Which range of an issuer is relied on no longer.
#[derive(SimpleObject)]
pub struct TaintTerms {
    /// Whose.
    issuer_id: ID,
    /// The first day of issue; null for all up to the last.
    from: Option<Date>,
    /// The last day of issue; null for all from the first.
    through: Option<Date>,
    /// Why, as a code.
    reason_code: ReasonCode,
}

/// Which taint is taken back.
#[derive(SimpleObject)]
pub struct LiftTaintTerms {
    /// Which.
    taint_id: ID,
}

/// What is decided about a match with a list of excluded people.
#[derive(SimpleObject)]
pub struct MatchTerms {
    /// Which match.
    match_id: ID,
    /// The match's version that the proposer saw: at another nothing is done.
    match_version: i32,
    /// What is decided.
    decision: MatchDecision,
    /// What was seen.
    evidence_ids: Vec<ID>,
    /// The state in which a waiver lifts the exclusion; null where none does.
    waived_in: Option<Jurisdiction>,
    /// What the waiver is limited to.
    waiver_scope: Option<String>,
}

/// Which record never was.
#[derive(SimpleObject)]
pub struct InErrorTerms {
    /// Which, as `credentialRecord` takes it.
    credential_id: ID,
    /// Why, as a code.
    reason_code: ReasonCode,
}

/// What is put back in force.
#[derive(SimpleObject)]
pub struct BulkReinstatementTerms {
    /// Which, as `credentialRecord` takes them. Those that no longer are suspended by a taint stay as they are.
    credential_ids: Vec<ID>,
}

impl From<Terms> for ProposalTerms {
    fn from(terms: Terms) -> Self {
        let credential = |id: i64| ID(format!("credential_{id}"));
        match terms {
            Terms::Roles(change) => Self::Roles(RoleChangeTerms {
                account_id: ID(format!("account_{}", change.account.0)),
                roles: change.roles.into_iter().map(Into::into).collect(),
                account_version: i32::try_from(change.expected_version).unwrap_or(i32::MAX),
            }),
            Terms::Taint(taint) => Self::Taint(TaintTerms {
                issuer_id: ID(format!("issuer_{}", taint.issuer)),
                from: taint.from.map(Date),
                through: taint.through.map(Date),
                reason_code: taint.reason_code.into(),
            }),
            Terms::Lift(lift) => Self::Lift(LiftTaintTerms {
                taint_id: ID(format!("taint_{}", lift.taint)),
            }),
            Terms::Match(said) => Self::Match(MatchTerms {
                match_id: ID(format!("match_{}", said.match_id.0)),
                match_version: super::version(said.version),
                decision: said.decided.decision.into(),
                evidence_ids: said
                    .decided
                    .evidence_ids
                    .iter()
                    .map(|id| ID(format!("evidence_{id}")))
                    .collect(),
                waived_in: said.decided.waived_in.map(Into::into),
                waiver_scope: said.decided.waiver_scope.map(Into::into),
            }),
            Terms::InError(record) => Self::InError(InErrorTerms {
                credential_id: credential(record.credential),
                reason_code: record.reason.into(),
            }),
            Terms::InBulk(bulk) => Self::InBulk(BulkReinstatementTerms {
                credential_ids: bulk.credentials.into_iter().map(credential).collect(),
            }),
        }
    }
}
