use domain::place::Jurisdiction::{Az, Co};
use domain::provider::Provider;
use domain::screening::{ExclusionList, MatchState, MatchTier, ScreeningFinding};

use crate::support::{a_provider, day, noon};

fn finding(person: &Provider, on: &str) -> ScreeningFinding {
    person.screening.finding(day(on), Co.zone(), Some(Co))
}

#[test]
fn the_latest_screening_up_to_the_day_counts() {
    let person = a_provider()
        .screened("2026-10-01")
        .screened("2026-11-01")
        .build();
    assert_eq!(finding(&person, "2026-09-30"), ScreeningFinding::Never);
    for (on, screened) in [
        ("2026-10-01", "2026-10-01"),
        ("2026-10-31", "2026-10-01"),
        ("2026-11-21", "2026-11-01"),
    ] {
        let screened_on = day(screened);
        assert_eq!(
            finding(&person, on),
            ScreeningFinding::Clear { screened_on }
        );
    }
}

#[test]
fn only_strong_matches_hold_before_anybody_has_looked() {
    for tier in MatchTier::ALL {
        for state in MatchState::ALL {
            let person = a_provider()
                .screened("2026-11-01")
                .matched(*tier, "2026-11-02", *state)
                .build();
            let strong = matches!(tier, MatchTier::T1Npi | MatchTier::T2NameDob);
            let clear = ScreeningFinding::Clear {
                screened_on: day("2026-11-01"),
            };
            let expected = match state {
                MatchState::Confirmed | MatchState::Waived => {
                    ScreeningFinding::Excluded(ExclusionList::OigLeie)
                }
                MatchState::New | MatchState::UnderReview | MatchState::Inconclusive if strong => {
                    ScreeningFinding::Held
                }
                _ => clear,
            };
            assert_eq!(finding(&person, "2026-11-21"), expected, "{tier} {state}");
            assert_eq!(finding(&person, "2026-11-01"), clear, "{tier} {state}");
        }
    }
}

#[test]
fn a_waiver_lifts_an_exclusion_in_its_own_state_only() {
    let person = a_provider()
        .screened("2026-11-01")
        .matched(MatchTier::T1Npi, "2026-11-02", MatchState::Waived)
        .with(|provider| provider.screening.matches[0].history[0].waived_in = Some(Az))
        .build();
    let at = |place| {
        person
            .screening
            .finding(day("2026-11-21"), Co.zone(), place)
    };
    assert!(matches!(at(Some(Az)), ScreeningFinding::Clear { .. }));
    for place in [Some(Co), None] {
        assert_eq!(
            at(place),
            ScreeningFinding::Excluded(ExclusionList::OigLeie)
        );
    }
}

#[test]
fn a_confirmed_match_outweighs_one_that_waits() {
    let person = a_provider()
        .matched(MatchTier::T1Npi, "2026-11-02", MatchState::New)
        .matched(MatchTier::T2NameDob, "2026-11-02", MatchState::Confirmed)
        .with(|provider| provider.screening.screened_at = vec![noon("2026-11-01")])
        .build();
    assert!(matches!(
        finding(&person, "2026-11-21"),
        ScreeningFinding::Excluded(_)
    ));
}
