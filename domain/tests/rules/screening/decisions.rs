//! Every state with every decision (verification.md 3.5).

use std::fmt::Write;

use domain::place::Jurisdiction::{Az, Co};
use domain::screening::decision::{DecisionRefusal, Grounds, MatchDecision, Standing};
use domain::screening::evidence::MatchSubject;
use domain::screening::{MatchState, MatchTier};

const FULL: Grounds = Grounds {
    has_reason: true,
    evidence: 1,
    waived_in: None,
    has_scope: true,
};

fn standing(state: MatchState, tier: MatchTier) -> Standing {
    Standing {
        state,
        tier,
        about: MatchSubject::Person,
        row_waived_in: None,
        is_gone_from_a_later_list: true,
    }
}

fn grounds(decision: MatchDecision) -> Grounds {
    Grounds {
        waived_in: (decision == MatchDecision::Waive).then_some(Co),
        ..FULL
    }
}

#[test]
fn every_decision_in_every_state_is_in_the_table() {
    let mut table = String::new();
    for tier in [MatchTier::T1Npi, MatchTier::T3NameContext] {
        for state in MatchState::ALL {
            for decision in MatchDecision::ALL {
                let at = standing(*state, tier);
                let Ok(next) = at.decide(*decision, grounds(*decision)) else {
                    continue;
                };
                let people = 1 + u32::from(at.needs_two_people(*decision));
                writeln!(table, "{tier} {state} {decision} -> {next} by {people}").unwrap();
            }
        }
    }
    assert_eq!(
        table,
        "T1_NPI NEW START_REVIEW -> UNDER_REVIEW by 1
T1_NPI UNDER_REVIEW CONFIRM -> CONFIRMED by 2
T1_NPI UNDER_REVIEW FALSE_POSITIVE -> FALSE_POSITIVE by 2
T1_NPI UNDER_REVIEW WAIVE -> WAIVED by 2
T1_NPI UNDER_REVIEW INCONCLUSIVE -> INCONCLUSIVE by 1
T1_NPI CONFIRMED FALSE_POSITIVE -> FALSE_POSITIVE by 2
T1_NPI CONFIRMED WAIVE -> WAIVED by 2
T1_NPI CONFIRMED REINSTATE -> REINSTATED by 2
T1_NPI WAIVED CONFIRM -> CONFIRMED by 2
T1_NPI WAIVED REINSTATE -> REINSTATED by 2
T1_NPI INCONCLUSIVE START_REVIEW -> UNDER_REVIEW by 1
T3_NAME_CONTEXT NEW START_REVIEW -> UNDER_REVIEW by 1
T3_NAME_CONTEXT UNDER_REVIEW CONFIRM -> CONFIRMED by 1
T3_NAME_CONTEXT UNDER_REVIEW FALSE_POSITIVE -> FALSE_POSITIVE by 1
T3_NAME_CONTEXT UNDER_REVIEW WAIVE -> WAIVED by 1
T3_NAME_CONTEXT UNDER_REVIEW INCONCLUSIVE -> INCONCLUSIVE by 1
T3_NAME_CONTEXT CONFIRMED FALSE_POSITIVE -> FALSE_POSITIVE by 2
T3_NAME_CONTEXT CONFIRMED WAIVE -> WAIVED by 2
T3_NAME_CONTEXT CONFIRMED REINSTATE -> REINSTATED by 2
T3_NAME_CONTEXT WAIVED CONFIRM -> CONFIRMED by 1
T3_NAME_CONTEXT WAIVED REINSTATE -> REINSTATED by 2
T3_NAME_CONTEXT INCONCLUSIVE START_REVIEW -> UNDER_REVIEW by 1
"
    );
}

#[test]
fn nobody_alone_lifts_what_holds_or_what_is_confirmed() {
    for tier in MatchTier::ALL {
        for state in MatchState::ALL {
            for decision in MatchDecision::ALL {
                let at = standing(*state, *tier);
                let Ok(next) = at.decide(*decision, grounds(*decision)) else {
                    continue;
                };
                let barred = |state| matches!(state, MatchState::Confirmed | MatchState::Waived);
                let blocked = barred(*state) || tier.holds_at_once();
                let lifted = matches!(
                    next,
                    MatchState::FalsePositive | MatchState::Reinstated | MatchState::Waived
                );
                if blocked && lifted {
                    assert!(at.needs_two_people(*decision), "{tier} {state} {decision}");
                }
            }
        }
    }
}

#[test]
fn a_decision_without_its_grounds_is_refused() {
    use DecisionRefusal as R;
    use MatchDecision as D;
    let review = standing(MatchState::UnderReview, MatchTier::T1Npi);
    let confirmed = standing(MatchState::Confirmed, MatchTier::T1Npi);
    let bare = Grounds {
        evidence: 0,
        ..FULL
    };
    let waive = |waived_in| Grounds { waived_in, ..bare };
    for (at, decision, grounds, expected) in [
        (
            review,
            D::Confirm,
            Grounds {
                has_reason: false,
                ..FULL
            },
            R::NoReason,
        ),
        (
            review,
            D::FalsePositive,
            bare,
            R::NoEvidence(D::FalsePositive),
        ),
        (review, D::Waive, waive(None), R::NoWaiver),
        (
            review,
            D::Waive,
            Grounds {
                has_scope: false,
                ..waive(Some(Co))
            },
            R::NoWaiver,
        ),
        (review, D::Waive, waive(Some(Co)), R::WaiverNotShown(Co)),
        (review, D::Confirm, waive(Some(Co)), R::StrayWaiver),
        (confirmed, D::Reinstate, bare, R::NoEvidence(D::Reinstate)),
        (
            Standing {
                is_gone_from_a_later_list: false,
                ..confirmed
            },
            D::Reinstate,
            FULL,
            R::StillListed,
        ),
    ] {
        assert_eq!(at.decide(decision, grounds), Err(expected), "{decision}");
    }
    // What the row itself shows needs no letter, and only for the state that it names.
    let shown = Standing {
        row_waived_in: Some(Co),
        ..review
    };
    assert_eq!(
        shown.decide(D::Waive, waive(Some(Co))),
        Ok(MatchState::Waived)
    );
    assert_eq!(
        shown.decide(D::Waive, waive(Some(Az))),
        Err(R::WaiverNotShown(Az))
    );
    // A weak hit is cleared by a word.
    let weak = standing(MatchState::UnderReview, MatchTier::T3NameContext);
    assert_eq!(
        weak.decide(D::FalsePositive, bare),
        Ok(MatchState::FalsePositive)
    );
}
