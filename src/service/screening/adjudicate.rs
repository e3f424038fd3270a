//! What people decide about a match: some of it alone, what confirms or clears a strong one together.

use domain::access::{AccountId, ProposalKind};
use domain::evidence::EvidenceId;
use domain::place::Jurisdiction;
use domain::screening::MatchState;
use domain::screening::decision::{DecisionRefusal, Grounds, MatchDecision, Standing};
use domain::screening::evidence::MatchSubject;
use serde::{Deserialize, Serialize};

use super::judge::{person_fingerprint, subject};
use super::{MatchId, StoredMatch};
use crate::app::App;
use crate::service::proposal::{NewProposal, Proposal, ProposalId, payload, propose};
use crate::service::terms::Told;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store;
use crate::store::exclusion::{hit, private};

/// What log entries and proposals call a match.
const MATCH: &str = "exclusion_match";

/// A decision about a match, as somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjudication {
    /// About which.
    pub id: MatchId,
    /// What is decided.
    pub grounds: Decided,
    /// The match's version as it was read.
    pub expected_version: i64,
}

/// What is decided, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decided {
    /// What.
    pub decision: MatchDecision,
    /// Why, in words.
    pub reason: Option<Box<str>>,
    /// The numbers of what was seen.
    pub evidence_ids: Vec<i64>,
    /// Where a waiver lifts the exclusion.
    pub waived_in: Option<Jurisdiction>,
    /// What the waiver is limited to.
    pub waiver_scope: Option<Box<str>>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Adjudicated {
    /// The match.
    pub match_id: MatchId,
    /// What waits for a second person; nothing where it is done.
    pub proposal: Option<ProposalId>,
}

/// What a proposal about a match says. It binds to the match as it was: a row or a person that changed
/// since is another question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proposed {
    /// Which match.
    pub match_id: MatchId,
    /// The version of it that the proposer saw.
    pub version: u32,
    /// What is decided.
    pub decided: Decided,
}

/// Decides about a match, or proposes it where it takes two people.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, `REASON_REQUIRED`, `EVIDENCE_MISSING` and `GUARD_FAILED` after
/// [`DecisionRefusal`]; `SEPARATION_OF_DUTIES` for whoever the match is about.
///
/// # Panics
/// Never: a decision is plain data.
pub async fn adjudicate(
    app: &App,
    who: &Requester,
    order: &Order,
    asked: &Adjudication,
) -> Result<Adjudicated, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let stored = find(change, asked.id).await?;
        change.about(format!("match_{}", asked.id.0));
        change.check_version(asked.expected_version, i64::from(stored.version))?;
        let decided = &asked.grounds;
        let standing = standing(change, &stored, decided.decision).await?;
        may(change, &stored, decided, standing).await?;
        if !standing.needs_two_people(decided.decision) {
            carry_out(change, stored, decided, None).await?;
            return Ok(Adjudicated {
                match_id: asked.id,
                proposal: None,
            });
        }
        let said = Proposed {
            match_id: asked.id,
            version: stored.version,
            decided: decided.clone(),
        };
        let new = NewProposal {
            kind: kind(decided.decision),
            subject_type: MATCH,
            subject_id: format!("match_{}", asked.id.0).into(),
            payload: serde_json::to_value(&said).expect("a decision is plain data"),
            reason_code: decided.decision.code().into(),
            reason_text: decided.reason.clone(),
        };
        let told = Told::of(new.kind, &new.payload);
        let proposal = propose(change, new).await?;
        let mut event = change.event("proposal", format!("proposal_{}", proposal.0));
        event.reason_code = Some(decided.decision.code().to_owned());
        event.reason_text = decided.reason.as_deref().map(Into::into);
        told.write(&mut event);
        change.log(event).await?;
        Ok(Adjudicated {
            match_id: asked.id,
            proposal: Some(proposal),
        })
    })
    .await
}

/// Does what two people decided: it is this person, with or without a waiver.
pub async fn apply_confirm_match(change: &Change<'_>, proposal: &Proposal) -> Result<(), Trouble> {
    apply(change, proposal).await
}

/// Does what two people decided: it is somebody else.
pub async fn apply_clear_match(change: &Change<'_>, proposal: &Proposal) -> Result<(), Trouble> {
    apply(change, proposal).await
}

/// Does what two people decided: the exclusion has ended.
pub async fn apply_reinstate_match(
    change: &Change<'_>,
    proposal: &Proposal,
) -> Result<(), Trouble> {
    apply(change, proposal).await
}

/// Everything is judged again at the moment of the second word.
async fn apply(change: &Change<'_>, proposal: &Proposal) -> Result<(), Trouble> {
    let said: Proposed = payload(proposal)?;
    let stored = find(change, said.match_id).await?;
    if stored.version != said.version {
        return Err(Trouble::guard(
            "the match changed since this was proposed: decline it, look again and propose anew",
        ));
    }
    let standing = standing(change, &stored, said.decided.decision).await?;
    may(change, &stored, &said.decided, standing).await?;
    carry_out(change, stored, &said.decided, Some(proposal.proposed_by)).await
}

async fn find(change: &Change<'_>, id: MatchId) -> Result<StoredMatch, Trouble> {
    hit::by_ids(change.txn.db(), &[id])
        .await?
        .pop()
        .ok_or(Trouble::NotFound("match"))
}

/// May it be decided so, by this person?
async fn may(
    change: &Change<'_>,
    stored: &StoredMatch,
    decided: &Decided,
    standing: Standing,
) -> Result<(), Trouble> {
    if change.who.owns(stored.npi) {
        return Err(Trouble::duties(
            "nobody decides about a match with themselves or with whom they act for",
        ));
    }
    let is_said =
        |text: &Option<Box<str>>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let grounds = Grounds {
        has_reason: is_said(&decided.reason),
        evidence: decided.evidence_ids.len(),
        waived_in: decided.waived_in,
        has_scope: is_said(&decided.waiver_scope),
    };
    standing
        .decide(decided.decision, grounds)
        .map_err(refused)?;
    let ids: Vec<EvidenceId> = decided
        .evidence_ids
        .iter()
        .copied()
        .map(EvidenceId)
        .collect();
    let known = store::evidence::by_ids(change.txn.db(), &ids).await?;
    // What was handed in for somebody else shows nothing about this person.
    let unknown = ids.iter().find(|id| {
        !known
            .iter()
            .any(|found| found.id == **id && found.provider == stored.npi)
    });
    match unknown {
        None => Ok(()),
        Some(id) => Err(Trouble::field(
            UserErrorCode::EvidenceMissing,
            "evidenceIds",
            format!("there is no evidence_{} of this person", id.0),
        )),
    }
}

/// The match as a decision sees it.
async fn standing(
    change: &Change<'_>,
    stored: &StoredMatch,
    decision: MatchDecision,
) -> Result<Standing, Trouble> {
    let is_gone = decision == MatchDecision::Reinstate && is_gone(change, stored).await?;
    Ok(Standing {
        state: stored.state,
        tier: stored.facts.tier,
        about: stored.facts.about,
        row_waived_in: stored
            .facts
            .row
            .as_ref()
            .and_then(domain::screening::row::ExclusionRow::waived_in),
        is_gone_from_a_later_list: is_gone,
    })
}

/// Is the exclusion missing from a full list that was taken in after it was confirmed? Not only the very
/// row: one with another address, or another row that is surely the person, is not missing.
async fn is_gone(change: &Change<'_>, stored: &StoredMatch) -> Result<bool, Trouble> {
    let Some(list) = change.app.exclusion_list().await? else {
        return Ok(false);
    };
    let confirmed = stored
        .history
        .iter()
        .find(|change| matches!(change.state, MatchState::Confirmed | MatchState::Waived));
    if confirmed.is_none_or(|confirmed| list.snapshot.imported_at <= confirmed.at) {
        return Ok(false);
    }
    let key = stored.facts.exclusion_key.as_deref();
    let stands = (0..list.index.len()).any(|at| {
        key.is_some_and(|key| list.index.row(at).exclusion_key() == key)
            || stored.facts.row_fingerprint.as_deref() == Some(&*list.fingerprints[at])
    });
    if stands {
        return Ok(false);
    }
    let db = change.txn.db();
    let people = store::provider::by_npis_hidden_or_not(db, &[stored.npi]).await?;
    let births = private::birth_dates(db, &[stored.npi]).await?;
    for person in &people {
        let subject = subject(&change.app.secret, person, births.get(&stored.npi))?;
        let is_hit = list.index.find(&subject).iter().any(|hit| {
            hit.about == MatchSubject::Person && hit.evidence.rule.tier().holds_at_once()
        });
        if is_hit {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes what was decided, with an entry in the log.
async fn carry_out(
    change: &Change<'_>,
    mut stored: StoredMatch,
    decided: &Decided,
    proposed_by: Option<AccountId>,
) -> Result<(), Trouble> {
    let standing = standing(change, &stored, decided.decision).await?;
    let state = standing.decide(
        decided.decision,
        Grounds {
            has_reason: true,
            evidence: decided.evidence_ids.len(),
            waived_in: decided.waived_in,
            has_scope: decided.waiver_scope.is_some(),
        },
    );
    let state = state.map_err(refused)?;
    if state == MatchState::FalsePositive {
        // What is remembered is the person as they were when somebody said that it is not them.
        stored.facts.person_fingerprint = now_known_as(change, &stored).await?;
    }
    let (npi, id, version) = (stored.npi, stored.id, u64::from(stored.version) + 1);
    let before = stored.state;
    let what = hit::Change {
        at: change.now,
        state,
        waived_in: decided.waived_in,
        waiver_scope: decided.waiver_scope.clone(),
        reason: decided.reason.clone(),
        evidence_ids: decided.evidence_ids.clone(),
        proposed_by: proposed_by.map(|account| account.0),
        decided_by: change.who.account.map(|account| account.0),
    };
    hit::update_many(&change.txn, &[(stored, Some(what))]).await?;
    store::provider::touch(&change.txn, &[npi]).await?;
    let mut event = change.event(MATCH, format!("match_{}", id.0));
    event.entity_version = Some(version);
    event.reason_code = Some(decided.decision.code().to_owned());
    event.reason_text = decided.reason.as_deref().map(Into::into);
    event.changed_fields = vec![format!("state: {before} to {state}")];
    change.log(event).await?;
    Ok(())
}

async fn now_known_as(
    change: &Change<'_>,
    stored: &StoredMatch,
) -> Result<Option<Box<str>>, Trouble> {
    let db = change.txn.db();
    let people = store::provider::by_npis_hidden_or_not(db, &[stored.npi]).await?;
    let births = private::birth_dates(db, &[stored.npi]).await?;
    let Some(person) = people.first() else {
        return Ok(stored.facts.person_fingerprint.clone());
    };
    let birth = births.get(&stored.npi);
    let subject = subject(&change.app.secret, person, birth)?;
    Ok(Some(person_fingerprint(&subject, birth).into()))
}

const fn kind(decision: MatchDecision) -> ProposalKind {
    match decision {
        MatchDecision::FalsePositive => ProposalKind::ClearMatch,
        MatchDecision::Reinstate => ProposalKind::ReinstateMatch,
        MatchDecision::Confirm
        | MatchDecision::Waive
        | MatchDecision::StartReview
        | MatchDecision::Inconclusive => ProposalKind::ConfirmMatch,
    }
}

fn refused(refusal: DecisionRefusal) -> Trouble {
    let (code, field) = match refusal {
        DecisionRefusal::Illegal { .. } => (UserErrorCode::IllegalTransition, "decision"),
        DecisionRefusal::NoReason => (UserErrorCode::ReasonRequired, "reason"),
        DecisionRefusal::NoEvidence(_) | DecisionRefusal::WaiverNotShown(_) => {
            (UserErrorCode::EvidenceMissing, "evidenceIds")
        }
        DecisionRefusal::NoWaiver | DecisionRefusal::StrayWaiver => {
            (UserErrorCode::GuardFailed, "waiver")
        }
        DecisionRefusal::StillListed => (UserErrorCode::GuardFailed, "decision"),
    };
    Trouble::field(code, field, refusal.to_string())
}
