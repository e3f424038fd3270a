//! Every reason and every outcome it can have, as a file to be read.
//!
//! A scenario is a person of whom everything is proved, but for one thing. What comes of it is
//! written here by hand; what is said of it is in `golden/reasons.txt`.

mod law;
mod license;
mod paper;
mod person;
mod privilege;

use std::collections::BTreeSet;
use std::fmt::Write;

use domain::eligibility::ListingOutcome::{self, NotListed, Unverified, Verified};
use domain::eligibility::ListingReasonCode::{self, LocationConfirmed, Sterility, Training};
use domain::eligibility::ReasonOutcome::{self, Fail, Pass, Unknown};
use domain::place::Jurisdiction::Co;
use domain::taxonomy::Discipline::PhysicalTherapist;

use crate::support::{Person, a_verified, golden, listing, of};

/// The day of the scenarios.
const TODAY: &str = "2026-11-21";

/// One thing that is so of a person, and what comes of it.
struct Scenario {
    code: ListingReasonCode,
    so: &'static str,
    person: Person,
    reason: ReasonOutcome,
    listing: ListingOutcome,
}

/// A scenario in which a PASS shows the person as verified, a FAIL hides and an UNKNOWN withholds.
fn scenario(
    code: ListingReasonCode,
    reason: ReasonOutcome,
    so: &'static str,
    person: Person,
) -> Scenario {
    Scenario {
        code,
        so,
        person,
        reason,
        listing: match reason {
            Pass => Verified,
            Fail => NotListed,
            Unknown => Unverified,
        },
    }
}

/// A physical therapist of Colorado of whom everything is proved.
fn proved() -> Person {
    a_verified(PhysicalTherapist, Co)
}

fn scenarios() -> Vec<Scenario> {
    let mut all = person::scenarios();
    all.extend(law::scenarios());
    all.extend(license::scenarios());
    all.extend(privilege::scenarios());
    all.extend(paper::scenarios());
    all.sort_by_key(|scenario| (scenario.code, scenario.reason));
    all
}

#[test]
fn every_reason_says_why() {
    let mut text = format!("Judged on {TODAY}.\n");
    for scenario in scenarios() {
        let listing = listing(&scenario.person.build(), TODAY);
        let reason = of(&listing, scenario.code);
        assert_eq!(reason.outcome, scenario.reason, "{}", scenario.so);
        assert_eq!(listing.outcome, scenario.listing, "{}", scenario.so);
        write!(
            text,
            "\n{} {}: {} -> {}\n    {}\n",
            reason.code, reason.outcome, scenario.so, listing.outcome, reason.message
        )
        .expect("text grows");
        if let Some(citation) = &reason.citation {
            writeln!(text, "    [{citation}]").expect("text grows");
        }
        if let Some(due) = reason.due_on {
            writeln!(text, "    until {due}").expect("text grows");
        }
    }
    golden::check("reasons.txt", &text);
}

#[test]
fn every_reason_has_every_outcome_but_those_that_never_fail() {
    let found: BTreeSet<_> = scenarios()
        .iter()
        .map(|scenario| (scenario.code, scenario.reason))
        .collect();
    for code in ListingReasonCode::ALL {
        for outcome in ReasonOutcome::ALL {
            let never =
                *outcome == Fail && matches!(code, Training | Sterility | LocationConfirmed);
            // A standing that is not known to be bad is good.
            let always_known = (*code, *outcome) == (ListingReasonCode::Standing, Unknown);
            assert_eq!(
                found.contains(&(*code, *outcome)),
                !never && !always_known,
                "{code} {outcome}"
            );
        }
    }
}

#[test]
fn public_sentences_keep_their_words() {
    for scenario in scenarios() {
        for reason in listing(&scenario.person.build(), TODAY).reasons {
            let message = reason.message.to_lowercase();
            for banned in [
                "illegal",
                "fda approved",
                "fda registered",
                "approved needle",
            ] {
                assert!(!message.contains(banned), "{message}");
            }
            assert!(message.ends_with('.'), "{message}");
            assert!(
                reason
                    .message
                    .starts_with(|first: char| first.is_uppercase()),
                "{}",
                reason.message
            );
        }
    }
}
