//! Case 12: every (state, act, role) is in the table, or is refused as illegal or as not theirs.

use std::fmt::Write;

use domain::case::{ActionKind, Case, CaseState, Purpose};
use domain::check::{Check, CheckId, CheckOutcome};
use domain::duty::RefusalCode;
use domain::license::MismatchField;
use domain::standing;

use super::desk::{Desk, PEOPLE, a_check, an_act};
use super::standing as records;
use crate::support::golden;

const OPEN: [CaseState; 5] = [
    CaseState::Draft,
    CaseState::Submitted,
    CaseState::InReview,
    CaseState::InfoRequested,
    CaseState::PendingDecision,
];

/// Everybody of the desk but the stranger, who is nobody's provider here, and the system.
fn columns() -> impl Iterator<Item = &'static str> {
    PEOPLE.iter().map(|(name, ..)| *name).chain(["SYSTEM"])
}

/// What came of it, in a word: where it moved to, or the refusal.
const fn short(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::Forbidden => "forbidden",
        RefusalCode::SeparationOfDuties => "duties",
        RefusalCode::IllegalTransition => "illegal",
        RefusalCode::GuardFailed => "guard",
        RefusalCode::StaleVersion => "stale",
        RefusalCode::EvidenceMissing => "evidence",
        RefusalCode::PsvStale => "psv",
        RefusalCode::ScreeningStale => "screening",
        RefusalCode::ReasonRequired => "reason",
        RefusalCode::IdempotencyConflict => "idempotency",
    }
}

/// One row: an act, and per outcome those who get it. Rows that are illegal for everybody are left out.
fn row(
    table: &mut String,
    state: &str,
    act: &str,
    outcome: impl Fn(&str) -> Result<String, RefusalCode>,
) {
    let mut outcomes: Vec<(String, Vec<&str>)> = Vec::new();
    let mut is_legal = false;
    for who in columns() {
        let found = match outcome(who) {
            Ok(to) => format!("-> {to}"),
            Err(code) => short(code).to_owned(),
        };
        is_legal |= found != "illegal";
        match outcomes.iter_mut().find(|(known, _)| *known == found) {
            Some((_, people)) => people.push(who),
            None => outcomes.push((found, vec![who])),
        }
    }
    if !is_legal {
        return;
    }
    outcomes.sort_by_key(|(found, _)| (found == "forbidden", !found.starts_with("->")));
    writeln!(table, "{state} {act}").unwrap();
    for (found, people) in outcomes {
        let people = if found == "forbidden" {
            "everybody else".to_owned()
        } else {
            people.join(" ")
        };
        writeln!(table, "    {found:<20} {people}").unwrap();
    }
}

/// A check of the case that somebody has to look at.
fn an_unclear_check(case: &Case) -> Check {
    Check {
        original_outcome: CheckOutcome::Mismatch,
        mismatches: vec![MismatchField::Name],
        field: "holderName".parse().unwrap(),
        ..a_check(case.file().id, CheckId(60), 1)
    }
}

fn cases(table: &mut String, desk: &Desk, purpose: Purpose, heading: &str) {
    writeln!(table, "\n== {heading} ==").unwrap();
    let closed = [
        CaseState::Approved,
        CaseState::Rejected,
        CaseState::Withdrawn,
    ];
    for state in OPEN.into_iter().chain(closed) {
        let is_reachable = match state {
            CaseState::Draft => purpose != Purpose::Appeal,
            CaseState::Withdrawn => matches!(purpose, Purpose::Initial | Purpose::Correction),
            _ => true,
        };
        if !is_reachable {
            continue;
        }
        let case = desk.case(purpose, state);
        for kind in ActionKind::ALL {
            // Told, so that what may be appealed can be.
            let case = match state {
                CaseState::Approved | CaseState::Rejected => case.clone().notice_sent(desk.now),
                _ => case.clone(),
            };
            let mut desk = desk.clone();
            if *kind == ActionKind::ResolveCheck {
                desk.checks.push(an_unclear_check(&case));
            }
            row(table, state.code(), kind.code(), |who| {
                let moved = desk.take(case.clone(), who, an_act(*kind, &case));
                moved
                    .map(|moved| moved.state().code().to_owned())
                    .map_err(|refusal| refusal.code())
            });
        }
    }
    // What the calendar has made of them is judged as what it reads.
    let lease_over = desk.clone().later(1);
    let held = desk.case(purpose, CaseState::InReview);
    let lapsed = desk.clone().later(100);
    let asked = desk.case(purpose, CaseState::InfoRequested);
    for (later, case, heading) in [
        (lease_over, held, "IN_REVIEW (lease over)"),
        (lapsed, asked, "INFO_REQUESTED (lapsed)"),
    ] {
        for kind in ActionKind::ALL {
            row(table, heading, kind.code(), |who| {
                let moved = later.take(case.clone(), who, an_act(*kind, &case));
                moved
                    .map(|moved| moved.state().code().to_owned())
                    .map_err(|refusal| refusal.code())
            });
        }
    }
}

#[test]
fn case_12_every_triple_of_state_act_and_role_is_in_the_table_or_refused() {
    let mut table = String::from(
        "Who may do what to a case in which state, and what comes of it. Whatever is not here is an\n\
         ILLEGAL_TRANSITION for everybody. VERIFIER reviews, and for cause OTHER_VERIFIER accuses;\n\
         on appeal APPEALS reviews and OTHER_APPEALS decides. Written with UPDATE_GOLDEN=1.\n",
    );
    let four = Desk::new();
    cases(&mut table, &four, Purpose::Initial, "INITIAL, four eyes");
    cases(
        &mut table,
        &Desk::of_one_reviewer(),
        Purpose::Initial,
        "INITIAL, single reviewer",
    );
    for purpose in [
        Purpose::Revalidation,
        Purpose::Correction,
        Purpose::Reinstatement,
        Purpose::ForCause,
        Purpose::Appeal,
    ] {
        cases(&mut table, &four, purpose, purpose.code());
    }
    golden::check("cases.txt", &table);
}

#[test]
fn every_triple_of_standing_act_and_role_is_in_the_table_or_refused() {
    let mut table = String::from(
        "Who may do what to a credential of which standing, and what comes of it. Whatever is not\n\
         here is an ILLEGAL_TRANSITION for everybody. FOLLOW is what an approved case decided, by\n\
         whoever approved it. Written with UPDATE_GOLDEN=1.\n",
    );
    for record in records::every_standing() {
        for act in records::Act::ALL {
            row(&mut table, record.standing().code(), act.name(), |who| {
                let moved: Result<standing::Moved, standing::Refusal> =
                    records::take(record.clone(), who, *act);
                moved
                    .map(|moved| moved.record.standing().code().to_owned())
                    .map_err(|refusal| refusal.code())
            });
        }
    }
    golden::check("standings.txt", &table);
}
