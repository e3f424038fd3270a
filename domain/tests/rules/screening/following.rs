//! Hits from list to list: what people decided stays until the row or the person changes.

use domain::npi::Npi;
use domain::place::Jurisdiction::{Az, Co};
use domain::screening::evidence::MatchSubject;
use domain::screening::follow::{Known, Seen, Step, follow};
use domain::screening::list::ExclusionListIndex;
use domain::screening::row::{Column, ExclusionRow};
use domain::screening::subject::Subject;
use domain::screening::{MatchState, MatchTier};

use super::{a_person, a_row};
use crate::support::day;

const PERSON: &str = "person";

/// The hits of a person on a list, with the rows' own texts for digests.
fn seen(rows: Vec<ExclusionRow>, born_on: Option<&str>) -> Vec<Seen> {
    let index = ExclusionListIndex::new(rows);
    let subject = Subject::of(&a_person("Needham", "Ada"), born_on.map(day));
    let hits = index.find(&subject);
    hits.into_iter()
        .map(|hit| {
            let row = index.row(hit.row);
            Seen {
                row_fingerprint: row.canonical().into(),
                exclusion_key: row.exclusion_key().into(),
                row_waived_in: row.waived_in(),
                hit,
            }
        })
        .collect()
}

fn ada(columns: &[(Column, &str)]) -> ExclusionRow {
    let name = [(Column::LastName, "NEEDHAM"), (Column::FirstName, "ADA")];
    a_row(&[&name[..], columns].concat())
}

/// The hit as it would be on file after that decision.
fn known(seen: &Seen, state: MatchState) -> Known {
    Known {
        state,
        tier: seen.hit.evidence.rule.tier(),
        about: seen.hit.about,
        location_id: seen.hit.evidence.location_id,
        row_fingerprint: Some(seen.row_fingerprint.clone()),
        exclusion_key: Some(seen.exclusion_key.clone()),
        person_fingerprint: Some(PERSON.into()),
        waived_in: None,
        row_waived_in: seen.row_waived_in,
    }
}

#[test]
fn case_32_what_was_cleared_stays_cleared_until_the_row_changes() {
    let month_one = seen(vec![ada(&[(Column::Address, "1 ELM")])], None);
    assert_eq!(
        follow(&[], &month_one, PERSON),
        [Step::Raise {
            seen: 0,
            cleared: false
        }]
    );
    let cleared = [known(&month_one[0], MatchState::FalsePositive)];
    assert_eq!(follow(&cleared, &month_one, PERSON), []);
    let month_two = seen(vec![ada(&[(Column::Address, "2 OAK")])], None);
    let anew = Step::Update {
        known: 0,
        seen: 0,
        tier: MatchTier::T4NameOnly,
        state: Some(MatchState::New),
    };
    assert_eq!(follow(&cleared, &month_two, PERSON), [anew]);
    assert_eq!(follow(&cleared, &month_one, "another name"), [anew]);
}

#[test]
fn case_33_a_row_that_is_gone_ends_nothing() {
    for state in MatchState::ALL {
        let on_file = known(&seen(vec![ada(&[])], None)[0], *state);
        assert_eq!(follow(&[on_file], &[], PERSON), [], "{state}");
    }
}

#[test]
fn only_a_cleared_hit_is_asked_about_again_when_its_row_changes() {
    let before = seen(vec![ada(&[(Column::Address, "1 ELM")])], None);
    let after = seen(vec![ada(&[(Column::Address, "2 OAK")])], None);
    for state in MatchState::ALL {
        let steps = follow(&[known(&before[0], *state)], &after, PERSON);
        let expected = match state {
            // What ended by reinstatement is over: a row that stands again is another exclusion.
            MatchState::Reinstated => Step::Raise {
                seen: 0,
                cleared: false,
            },
            _ => Step::Update {
                known: 0,
                seen: 0,
                tier: MatchTier::T4NameOnly,
                state: (*state == MatchState::FalsePositive).then_some(MatchState::New),
            },
        };
        assert_eq!(steps, [expected], "{state}");
    }
}

#[test]
fn another_birth_date_clears_what_never_held_and_nothing_that_holds() {
    let row = || vec![ada(&[(Column::Dob, "19700301")])];
    let unknown = seen(row(), None);
    let equal = seen(row(), Some("1970-03-01"));
    let other = seen(row(), Some("1964-07-12"));
    assert_eq!(
        follow(&[], &other, PERSON),
        [Step::Raise {
            seen: 0,
            cleared: true
        }]
    );
    let update = |tier, state| Step::Update {
        known: 0,
        seen: 0,
        tier,
        state,
    };
    // The date becomes known, and is another.
    assert_eq!(
        follow(&[known(&unknown[0], MatchState::New)], &other, "told"),
        [update(
            MatchTier::T4NameOnly,
            Some(MatchState::FalsePositive)
        )]
    );
    // It was equal and the person says that it was another: the hold stays.
    assert_eq!(
        follow(&[known(&equal[0], MatchState::New)], &other, "retold"),
        [update(MatchTier::T2NameDob, None)]
    );
    // It was cleared for its other date, and now the date is equal.
    assert_eq!(
        follow(
            &[known(&other[0], MatchState::FalsePositive)],
            &equal,
            "retold"
        ),
        [update(MatchTier::T2NameDob, Some(MatchState::New))]
    );
    // It was cleared, and is cleared again when the list corrects the address.
    let moved = vec![ada(&[
        (Column::Dob, "19700301"),
        (Column::Address, "2 OAK"),
    ])];
    assert_eq!(
        follow(
            &[known(&other[0], MatchState::FalsePositive)],
            &seen(moved, Some("1964-07-12")),
            PERSON
        ),
        [update(MatchTier::T4NameOnly, None)]
    );
}

#[test]
fn a_hit_grows_stronger_with_what_becomes_known_and_never_weaker() {
    let npi = Npi::sample(1).to_string();
    let weak = seen(vec![ada(&[])], None);
    let strong = seen(vec![ada(&[(Column::Npi, &npi)])], None);
    assert_eq!(strong[0].hit.evidence.rule.tier(), MatchTier::T1Npi);
    for (before, after) in [(&weak, &strong), (&strong, &weak)] {
        let steps = follow(&[known(&before[0], MatchState::New)], after, PERSON);
        let expected = Step::Update {
            known: 0,
            seen: 0,
            tier: MatchTier::T1Npi,
            state: None,
        };
        assert_eq!(steps, [expected]);
    }
}

#[test]
fn a_waiver_that_the_list_no_longer_shows_is_over() {
    let row = |waived: &[(Column, &str)]| vec![ada(waived)];
    let waived = [(Column::WaiverDate, "20210401"), (Column::WvrState, "CO")];
    let before = seen(row(&waived), None);
    let in_force = Known {
        waived_in: Some(Co),
        ..known(&before[0], MatchState::Waived)
    };
    assert_eq!(follow(std::slice::from_ref(&in_force), &before, PERSON), []);
    let after = seen(row(&[]), None);
    let over = |on_file: &Known| follow(std::slice::from_ref(on_file), &after, PERSON);
    assert!(matches!(
        over(&in_force)[..],
        [Step::Update {
            state: Some(MatchState::Confirmed),
            ..
        }]
    ));
    // One that rests on a letter and never stood in the list does not end with it.
    let by_letter = Known {
        waived_in: Some(Az),
        ..in_force
    };
    assert!(matches!(
        over(&by_letter)[..],
        [Step::Update { state: None, .. }]
    ));
}

#[test]
fn two_rows_of_one_name_keep_to_their_own_hits() {
    let elm = || ada(&[(Column::Address, "1 ELM")]);
    let oak = || ada(&[(Column::Address, "2 OAK")]);
    let both = seen(vec![elm(), oak()], None);
    let on_file = [
        known(&both[0], MatchState::FalsePositive),
        known(&both[1], MatchState::Confirmed),
    ];
    // In whatever order the list has them.
    assert_eq!(
        follow(&on_file, &seen(vec![oak(), elm()], None), PERSON),
        []
    );
    // One more of that name is one more hit.
    let third = seen(vec![oak(), elm(), ada(&[(Column::Address, "3 ASH")])], None);
    assert_eq!(
        follow(&on_file, &third, PERSON),
        [Step::Raise {
            seen: 2,
            cleared: false
        }]
    );
    // A hit about a clinic is never continued by one about the person.
    let mut clinic = known(&both[0], MatchState::FalsePositive);
    clinic.about = MatchSubject::Organisation;
    let steps = follow(&[clinic], &both[..1], PERSON);
    assert_eq!(
        steps,
        [Step::Raise {
            seen: 0,
            cleared: false
        }]
    );
}
