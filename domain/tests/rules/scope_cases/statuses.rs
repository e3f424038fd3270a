//! What the law says on which day.

use domain::place::Jurisdiction::{self, *};
use domain::scope::load;
use domain::scope::{
    Confidence, Flag, LawError, ScopeInstrument, ScopeLaw, ScopeStatus, SourceAge,
};
use domain::taxonomy::Discipline::{
    self, Acupuncturist, AthleticTrainer, Chiropractor, OccupationalTherapist, PhysicalTherapist,
};

use crate::support::{day, decide, law, policy, today};

const TODAY: &str = "2026-11-21";

#[track_caller]
fn check(discipline: Discipline, jurisdiction: Jurisdiction, on: &str, expected: char) {
    let expected = match expected {
        'P' => ScopeStatus::Permitted,
        'C' => ScopeStatus::Conditional,
        'X' => ScopeStatus::Prohibited,
        'S' => ScopeStatus::Silent,
        'U' => ScopeStatus::Unknown,
        other => panic!("{other} is no status"),
    };
    assert_eq!(
        decide(discipline, jurisdiction, on),
        expected,
        "{discipline} {jurisdiction} {on}"
    );
}

#[track_caller]
fn confidence(discipline: Discipline, jurisdiction: Jurisdiction, on: &str) -> Confidence {
    law()
        .decide(discipline, jurisdiction, day(on))
        .rule
        .expect("a rule")
        .confidence
}

#[test]
fn case_01_four_states_bar_physical_therapists() {
    for jurisdiction in [Ca, Hi, Ny, Or] {
        check(PhysicalTherapist, jurisdiction, TODAY, 'X');
    }
}

#[test]
fn case_02_an_estimate_does_not_activate_oregon() {
    check(PhysicalTherapist, Or, "2027-07-01", 'X');
    check(PhysicalTherapist, Or, "2030-01-01", 'X');
}

#[test]
fn case_04_florida_went_from_silence_by_a_court_and_an_act_to_a_rule() {
    check(PhysicalTherapist, Fl, "2018-06-01", 'S');
    check(PhysicalTherapist, Fl, "2019-06-01", 'X');
    check(PhysicalTherapist, Fl, "2020-12-01", 'C');
    check(PhysicalTherapist, Fl, "2021-04-18", 'C');
    check(PhysicalTherapist, Fl, "2021-04-19", 'C');
    let instrument = |on| {
        law()
            .decide(PhysicalTherapist, Fl, day(on))
            .rule
            .map(|rule| rule.instrument)
    };
    assert_eq!(instrument("2020-12-01"), Some(ScopeInstrument::Statute));
    assert_eq!(instrument("2021-04-18"), Some(ScopeInstrument::Statute));
    assert_eq!(instrument("2021-04-19"), Some(ScopeInstrument::Regulation));
}

#[test]
fn case_11_idaho_waited_for_its_rules() {
    check(PhysicalTherapist, Id, "2018-06-30", 'S');
    check(PhysicalTherapist, Id, "2018-09-01", 'X');
    check(PhysicalTherapist, Id, "2019-03-01", 'C');
}

#[test]
fn case_12_tennessee_went_back_and_forth() {
    check(PhysicalTherapist, Tn, "2010-06-01", 'X');
    check(PhysicalTherapist, Tn, "2012-06-01", 'P');
    check(PhysicalTherapist, Tn, "2014-12-01", 'X');
    check(PhysicalTherapist, Tn, "2016-06-01", 'C');
}

#[test]
fn case_13_georgia_went_back_and_forth() {
    check(PhysicalTherapist, Ga, "2008-06-01", 'P');
    check(PhysicalTherapist, Ga, "2010-06-01", 'X');
    check(PhysicalTherapist, Ga, "2011-07-01", 'C');
}

#[test]
fn case_15_utah_and_montana_lifted_their_bars() {
    check(PhysicalTherapist, Ut, "2012-06-01", 'X');
    check(PhysicalTherapist, Ut, "2014-04-01", 'C');
    check(PhysicalTherapist, Mt, "2010-06-01", 'X');
    check(PhysicalTherapist, Mt, "2012-06-01", 'P');
}

#[test]
fn case_18_the_old_sunset_of_illinois_was_extended() {
    check(PhysicalTherapist, Il, "2016-06-01", 'X');
    check(PhysicalTherapist, Il, "2026-01-02", 'C');
}

#[test]
fn case_22_eight_jurisdictions_are_silent_on_physical_therapists() {
    for jurisdiction in [Ct, Ma, Mi, Mn, Mo, Ok, Pa, Pr] {
        check(PhysicalTherapist, jurisdiction, TODAY, 'S');
    }
}

#[test]
fn case_23_the_contested_bar_of_pennsylvania_is_of_low_confidence() {
    check(PhysicalTherapist, Pa, "2015-01-01", 'X');
    assert_eq!(
        confidence(PhysicalTherapist, Pa, "2015-01-01"),
        Confidence::Low
    );
}

#[test]
fn case_24_what_nobody_recorded_is_unknown_and_has_no_rule() {
    for (jurisdiction, on) in [(Gu, TODAY), (Vi, TODAY), (Md, "1980-01-01")] {
        let decision = law().decide(PhysicalTherapist, jurisdiction, day(on));
        assert_eq!(
            (decision.status, decision.rule),
            (ScopeStatus::Unknown, None),
            "{jurisdiction} {on}"
        );
    }
}

#[test]
fn case_27_the_attorney_general_of_nebraska_split_the_professions() {
    check(PhysicalTherapist, Ne, "2020-01-01", 'P');
    check(OccupationalTherapist, Ne, "2020-01-01", 'X');
    check(AthleticTrainer, Ne, "2020-01-01", 'X');
}

#[test]
fn case_28_three_states_are_silent_on_acupuncturists() {
    for jurisdiction in [Al, Ok, Sd] {
        check(Acupuncturist, jurisdiction, TODAY, 'S');
    }
}

#[test]
fn case_29_acupuncturists_needle() {
    for jurisdiction in [Ct, Wa, Ny] {
        check(Acupuncturist, jurisdiction, TODAY, 'P');
    }
}

#[test]
fn case_30_mississippi_loosened_the_referral_to_acupuncturists() {
    let referral = |on| {
        law()
            .decide(Acupuncturist, Ms, day(on))
            .rule
            .and_then(|rule| rule.referral_required)
    };
    check(Acupuncturist, Ms, "2016-06-01", 'C');
    assert_eq!(referral("2016-06-01"), Some(Flag::Yes));
    check(Acupuncturist, Ms, "2018-06-01", 'C');
    assert_eq!(referral("2018-06-01"), Some(Flag::Partial));
}

#[test]
fn case_32_new_york_bars_chiropractors() {
    check(Chiropractor, Ny, TODAY, 'X');
}

#[test]
fn case_34_indiana_lifted_its_bar_on_chiropractors() {
    check(Chiropractor, In, "2018-06-01", 'X');
    check(Chiropractor, In, TODAY, 'C');
}

#[test]
fn case_36_what_is_known_of_chiropractors_is_known_with_different_confidence() {
    for (jurisdiction, status, expected) in [
        (Ca, 'X', Confidence::High),
        (Ga, 'X', Confidence::High),
        (Hi, 'X', Confidence::Medium),
        (Mi, 'X', Confidence::Medium),
        (Pa, 'X', Confidence::Medium),
        (Wa, 'S', Confidence::Low),
    ] {
        check(Chiropractor, jurisdiction, TODAY, status);
        assert_eq!(confidence(Chiropractor, jurisdiction, TODAY), expected);
    }
}

#[test]
fn case_39_six_states_are_not_researched_for_chiropractors() {
    for jurisdiction in [Ar, Az, Dc, Nj, Ut] {
        check(Chiropractor, jurisdiction, TODAY, 'U');
    }
    check(Chiropractor, Ms, "2026-06-30", 'X');
    check(Chiropractor, Ms, "2026-07-01", 'U');
}

#[test]
fn case_40_montana_ruled_on_chiropractors_from_one_day_to_the_next() {
    check(Chiropractor, Mt, "2020-09-25", 'S');
    check(Chiropractor, Mt, "2020-09-26", 'C');
}

#[test]
fn case_43_alaska_and_tennessee_on_other_professions() {
    check(OccupationalTherapist, Ak, TODAY, 'X');
    check(AthleticTrainer, Tn, "2024-06-01", 'X');
    check(AthleticTrainer, Tn, TODAY, 'U');
}

#[test]
fn case_44_california_is_silent_on_athletic_trainers() {
    check(AthleticTrainer, Ca, TODAY, 'S');
}

#[test]
fn case_46_what_is_not_a_discipline_or_a_state_is_refused_at_the_door() {
    assert!("MASSAGE_THERAPIST".parse::<Discipline>().is_err());
    assert!("XX".parse::<Jurisdiction>().is_err());
}

#[test]
fn case_48_overlapping_rules_and_gaps_are_rejected() {
    let florida: Vec<_> = law().periods(PhysicalTherapist, Fl).to_vec();

    let mut overlapping = florida.clone();
    overlapping[1].effective_to = Some(day("2020-07-02"));
    assert_eq!(
        ScopeLaw::new(overlapping),
        Err(vec![LawError::Overlap {
            jurisdiction: Fl,
            discipline: PhysicalTherapist,
            on: day("2020-07-01"),
        }])
    );

    let mut with_a_gap = florida;
    with_a_gap.remove(1);
    assert_eq!(
        ScopeLaw::new(with_a_gap),
        Err(vec![LawError::Gap {
            jurisdiction: Fl,
            discipline: PhysicalTherapist,
            from: day("2019-02-25"),
            to: day("2020-07-01"),
        }])
    );
}

#[test]
fn case_49_a_rule_without_any_source_is_rejected_unless_it_says_nothing() {
    let unsourced = |status: &str| {
        let rule = load::RuleFields {
            jurisdiction: "GU".to_owned(),
            discipline: "PHYSICAL_THERAPIST".to_owned(),
            status: status.to_owned(),
            instrument: "OTHER".to_owned(),
            confidence: "LOW".to_owned(),
            summary: "Heard from somebody.".to_owned(),
            ..load::RuleFields::default()
        };
        load::law([(2, rule)], []).is_ok()
    };
    for status in ["PERMITTED", "CONDITIONAL", "PROHIBITED", "SILENT"] {
        assert!(!unsourced(status), "{status}");
    }
    assert!(unsourced("UNKNOWN"));
}

#[test]
fn case_50_a_rule_past_its_staleness_limit_keeps_its_status_and_is_flagged() {
    // The source of Florida's chiropractor rule and others were read long before today.
    let rule = law()
        .decide(PhysicalTherapist, Fl, today())
        .rule
        .expect("a rule");
    assert_eq!(rule.source_as_of, Some(day("2021-04-19")));
    assert_eq!(
        rule.source_age(today(), policy().scope_source_days),
        SourceAge::Stale {
            as_of: day("2021-04-19")
        }
    );
    assert_eq!(
        rule.source_age(day("2022-04-19"), policy().scope_source_days),
        SourceAge::Fresh
    );
    check(PhysicalTherapist, Fl, TODAY, 'C');
}

#[test]
fn case_52_pending_bills_do_not_change_pennsylvania() {
    let decision = law().decide(PhysicalTherapist, Pa, today());
    assert_eq!(decision.status, ScopeStatus::Silent);
    let rule = decision.rule.expect("a rule");
    assert!(
        rule.citation
            .as_deref()
            .is_some_and(|text| text.contains("HB 2070 (2025-26) pending"))
    );
    check(PhysicalTherapist, Pa, "2030-01-01", 'S');
}

#[test]
fn a_fixed_day_of_the_law_switches_itself_on() {
    check(OccupationalTherapist, Co, "2027-08-31", 'S');
    check(OccupationalTherapist, Co, "2027-09-01", 'C');
}
