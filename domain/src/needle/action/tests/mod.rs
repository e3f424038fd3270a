//! One attestation in every state, and acts that meet every guard.

mod appeals;
mod privilege;
mod review;
mod signing;
mod triples;
mod walk;

use super::*;
use crate::attestation::AttestationId;
use crate::case::{
    About, Appealed, Approved, CaseFile, CaseId, Content as CaseContent, Decision, Notice,
    PendingDecision, Purpose, Recommendation, Recommended, Submission, Submitted,
};
use crate::needle::actor::{AccountId, Person, Role};
use crate::needle::attestation::{Draft, ReviewReason, SignatureMeaning};
use crate::needle::finding::{Finding, FindingCode};
use crate::needle::refusal::{Guard, RefusalCode};
use crate::needle::sentence::AttestationAssurance;
use crate::needle::statement::Statement;
use crate::needle::test_support::*;
use crate::npi::Npi;

const EVIDENCE: [Sha256; 1] = [[9; 32]];

/// Acts that meet every guard, made for one world.
struct Acts {
    world: World,
    no_recalls: RecallTable,
    successor: Accepted,
    for_cause: Approved,
    appeal: Approved,
}

impl Acts {
    fn new() -> Self {
        Self {
            world: World::calm(),
            no_recalls: RecallTable::default(),
            successor: successor(),
            for_cause: approved(Purpose::ForCause, Role::Approver),
            appeal: approved(Purpose::Appeal, Role::Appeals),
        }
    }

    fn make(&self, kind: ActionKind) -> Action<'_> {
        match kind {
            ActionKind::Edit => Action::Edit(content()),
            ActionKind::Sign => Action::Sign {
                signature: signature(),
                on_file_sha256: HASH,
                settling: Some(self.world.settling()),
            },
            ActionKind::Recheck => Action::Recheck(self.world.settling()),
            ActionKind::Accept => Action::Accept(self.review()),
            ActionKind::Reject => Action::Reject {
                review: self.review(),
                reason: Some(ReasonCode::DocIllegible),
            },
            ActionKind::Revise => Action::Revise,
            ActionKind::Invalidate => Action::Invalidate {
                reason: Some(ReasonCode::FalseStatement),
            },
            ActionKind::Recall => Action::Recall {
                recalls: &self.world.recalls,
                on: today(),
            },
            ActionKind::Supersede => Action::Supersede {
                successor: &self.successor,
            },
            ActionKind::Withdraw => Action::Withdraw,
            ActionKind::Appeal => Action::Appeal(in_time()),
            ActionKind::RefuseForCause => Action::RefuseForCause(&self.for_cause),
            ActionKind::Overturn => Action::Overturn {
                approved: &self.appeal,
                restoring: self.restoring(),
            },
        }
    }

    fn restoring(&self) -> Restoring<'_> {
        Restoring {
            recalls: &self.no_recalls,
            replaced: false,
            on: today(),
        }
    }

    fn review(&self) -> Review<'_> {
        Review {
            evidence: &EVIDENCE,
            uploaded_by: &[SUBJECT_ACCOUNT],
            recalls: &self.no_recalls,
            at: now(),
            on: today(),
        }
    }
}

fn in_time() -> AppealDays {
    AppealDays {
        notified_on: Some(today()),
        on: today(),
        days: 30,
    }
}

/// A case about the first attestation, approved now by whoever has that role.
fn approved(purpose: Purpose, role: Role) -> Approved {
    let decider = person(role);
    let appeals = (purpose == Purpose::Appeal).then(|| Appealed {
        case: None,
        purpose: None,
        barred: Vec::new(),
    });
    let file = CaseFile {
        id: CaseId(1),
        about: About::Attestation(AttestationId(1)),
        subject: subject(),
        purpose,
        opened_at: now(),
        opened_by: SUBJECT_ACCOUNT,
        content: CaseContent::first(HASH),
        evidence: Vec::new(),
        reviewers: vec![person(Role::Verifier).account],
        conflicts: Vec::new(),
        fraud_flag: false,
        reopens: None,
        appeals,
        policy_version: 1,
    };
    let submission = Submission {
        by: SUBJECT_ACCOUNT,
        printed_name: "Ada Sample".into(),
        meaning: SignatureMeaning::Authorship,
        at: now(),
    };
    let recommended = Recommended {
        recommendation: Recommendation::Approve,
        reason: None,
        note: None,
        by: person(Role::Verifier).account,
        at: now(),
    };
    let decision = Decision {
        by: decider.account,
        role,
        printed_name: "Somebody".into(),
        meaning: SignatureMeaning::Approval,
        at: now(),
        content_version: 1,
        content_sha256: HASH,
        reason: Some(ReasonCode::Other),
        note: None,
        policy_version: 1,
        single_reviewer: false,
        psv_as_of: Some(today()),
    };
    Approved {
        pending: PendingDecision {
            submitted: Submitted { file, submission },
            recommended,
        },
        decision,
        notice: Notice {
            due_on: in_days(30),
            sent_at: None,
        },
        appealed: false,
    }
}

fn a_draft(id: i64) -> Attestation {
    let draft = Draft::start(
        &person(Role::Provider),
        AttestationId(id),
        subject(),
        content(),
    );
    Attestation::Draft(draft.unwrap())
}

#[track_caller]
fn moved(from: Attestation, by: &Actor, action: Action<'_>) -> Attestation {
    take(from, by, action, now()).unwrap().attestation
}

#[track_caller]
fn refused(from: Attestation, by: &Actor, action: Action<'_>, expected: &Refusal) {
    assert_eq!(take(from, by, action, now()).as_ref(), Err(expected));
}

fn successor() -> Accepted {
    let world = World::calm();
    let signed = moved(
        a_draft(2),
        &actor(Role::Provider),
        Action::Sign {
            signature: signature(),
            on_file_sha256: HASH,
            settling: Some(world.settling()),
        },
    );
    match signed {
        Attestation::Accepted(accepted) => accepted,
        other => panic!("{:?}", other.state()),
    }
}

/// One attestation in every stored state, reached by steps.
fn every_state() -> Vec<Attestation> {
    let acts = Acts::new();
    let provider = actor(Role::Provider);
    let sign = |world: Option<&World>| {
        moved(
            a_draft(1),
            &provider,
            Action::Sign {
                signature: signature(),
                on_file_sha256: HASH,
                settling: world.map(World::settling),
            },
        )
    };
    let mut recalled = World::calm();
    recalled.recalls = RecallTable::new([recall(None, today())]);
    let mut first = World::calm();
    first.is_first = true;
    let accepted = sign(Some(&acts.world));
    let under_review = sign(Some(&first));
    let states = vec![
        a_draft(1),
        sign(None),
        sign(Some(&recalled)),
        under_review.clone(),
        accepted.clone(),
        moved(
            under_review,
            &actor(Role::Verifier),
            acts.make(ActionKind::Reject),
        ),
        moved(
            accepted.clone(),
            &actor(Role::Compliance),
            acts.make(ActionKind::Invalidate),
        ),
        moved(accepted.clone(), &provider, Action::Withdraw),
        moved(accepted, &Actor::System, acts.make(ActionKind::Supersede)),
    ];
    let stored = AttestationState::ALL
        .iter()
        .filter(|state| state.is_stored())
        .count();
    assert_eq!(states.len(), stored);
    states
}

fn every_actor() -> Vec<(&'static str, Actor)> {
    let people = Role::ALL.iter().filter(|role| **role != Role::System);
    let people = people.map(|role| (role.code(), actor(*role)));
    people.chain([("SYSTEM", Actor::System)]).collect()
}

/// Who may do what in which state, when every guard is met. Whatever is not here is refused.
const TABLE: &str = "\
DRAFT EDIT by PROVIDER PROVIDER_DELEGATE -> DRAFT
DRAFT SIGN by PROVIDER -> SIGNED ACCEPTED
SIGNED RECHECK by SYSTEM -> UNDER_REVIEW
SIGNED WITHDRAW by PROVIDER -> WITHDRAWN
NEEDS_FIX REVISE by PROVIDER -> DRAFT
UNDER_REVIEW ACCEPT by VERIFIER -> ACCEPTED
UNDER_REVIEW REJECT by VERIFIER -> REJECTED
UNDER_REVIEW REFUSE_FOR_CAUSE by APPROVER -> REJECTED
ACCEPTED INVALIDATE by COMPLIANCE -> INVALIDATED
ACCEPTED RECALL by SYSTEM -> ACCEPTED
ACCEPTED SUPERSEDE by SYSTEM -> SUPERSEDED
ACCEPTED WITHDRAW by PROVIDER -> WITHDRAWN
REJECTED APPEAL by PROVIDER -> REJECTED
REJECTED OVERTURN by APPEALS -> ACCEPTED
INVALIDATED APPEAL by PROVIDER -> INVALIDATED
INVALIDATED OVERTURN by APPEALS -> ACCEPTED
";
