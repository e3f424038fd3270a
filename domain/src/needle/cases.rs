//! The acceptance cases about needles of verification.md 9, under their numbers. Case 38 is with the
//! UDIs it is about.

use super::action::{Action, Effect, take};
use super::actor::{Actor, Role};
use super::attestation::{Attestation, Content, Draft};
use super::check::check;
use super::finding::{FindingCode, Severity};
use super::k_number::{InvalidKNumber, KNumber};
use super::product::{ClaimedNeedle, DiIssuer, InvalidProductCode, NeedleKind, ProductCode};
use super::recall::{LotStatus, RecallTable};
use super::sentence;
use super::size::{SizeQuestion, diameter_um};
use super::test_support::*;
use super::validity::{LapseReason, statuses};
use crate::attestation::{AttestationId, AttestationState, FdaPathway};
use crate::udi::{InvalidUdi, Udi};

/// The hard findings of a needle that is otherwise well.
fn hard(spoil: impl FnOnce(&mut ClaimedNeedle)) -> Vec<FindingCode> {
    let mut needle = a_needle();
    spoil(&mut needle);
    let found = check(&needle, &[a_lot("LOT1", in_days(400))], today());
    found
        .into_iter()
        .filter(|finding| finding.severity == Severity::Hard)
        .map(|finding| finding.code)
        .collect()
}

/// An attestation accepted in its signer's own act.
fn accepted(content: Content) -> Attestation {
    let world = World::calm();
    let draft = Draft::start(
        &person(Role::Provider),
        AttestationId(1),
        subject(),
        content,
    );
    let sign = Action::Sign {
        signature: signature(),
        on_file_sha256: HASH,
        settling: Some(world.settling()),
    };
    let moved = take(
        Attestation::Draft(draft.unwrap()),
        &actor(Role::Provider),
        sign,
        now(),
    )
    .unwrap();
    assert_eq!(
        moved.passed,
        [AttestationState::Signed, AttestationState::Accepted]
    );
    moved.attestation
}

fn with_lots(lots: &[(&str, chrono::NaiveDate)]) -> Content {
    Content {
        lines: vec![a_line(lots)],
        ..content()
    }
}

#[test]
fn case_36_an_exempt_needle_needs_no_k_number() {
    let mut needle = a_needle();
    needle.fda_pathway = FdaPathway::Exempt510k;
    needle.k510_number = None;
    assert_eq!(check(&needle, &[a_lot("LOT1", in_days(400))], today()), []);
    accepted(content());
}

#[test]
fn case_37_k_numbers_are_exact_and_forgiven_only_case_and_space() {
    assert_eq!(
        KNumber::parse("K96133", today()),
        Err(InvalidKNumber::Format)
    );
    assert_eq!(
        KNumber::parse("K9613399", today()),
        Err(InvalidKNumber::Format)
    );
    assert_eq!(
        KNumber::parse("k961339 ", today()).unwrap().to_string(),
        "K961339"
    );
    for number in ["K96133", "K9613399"] {
        assert_eq!(
            hard(|needle| {
                needle.fda_pathway = FdaPathway::Cleared510k;
                needle.k510_number = Some(number.into());
            }),
            [FindingCode::K510Invalid]
        );
    }
    let wrong = ProductCode::parse("MOX").unwrap_err();
    assert_eq!(wrong, InvalidProductCode::DidYouMeanMqx("MOX".into()));
    assert!(wrong.to_string().contains("did you mean MQX"));
    assert_eq!(ProductCode::parse(" mqx"), Ok(ProductCode::Mqx));
}

#[test]
fn case_38_a_needle_whose_hibc_was_trimmed_is_refused_with_a_hint() {
    // The primary bar code of this device happens to end with a space.
    let device = (0..10_000)
        .map(|number| format!("+A123DN{number}1"))
        .find(|device| crate::check_digit::hibc(device) == Some(' '))
        .unwrap();
    let of = |text: String| {
        hard(|needle| {
            needle.di_issuer = DiIssuer::Hibcc;
            needle.device_identifier = Some(text.into());
        })
    };
    assert_eq!(of(format!("{device} ")), []);
    assert_eq!(of(format!("{device}_")), []);
    assert_eq!(of(device.clone()), [FindingCode::DiInvalid]);
    let why = Udi::parse(&device, today()).unwrap_err();
    assert_eq!(why, InvalidUdi::HibcCheckTrimmed);
    assert!(why.to_string().contains("printed _ on the label"));
}

#[test]
fn case_39_a_lot_is_used_through_its_last_day() {
    let lots = [("LOT1", today()), ("LOT2", in_days(60))];
    // A lot in its last month is a warning, so the clock starts before that.
    let lines = with_lots(&lots).lines;
    let none = RecallTable::default();
    let on = |day| {
        statuses(&lines, &none, day)
            .map(|lot| lot.status)
            .collect::<Vec<_>>()
    };
    assert_eq!(on(today()), [LotStatus::InDate, LotStatus::InDate]);
    assert_eq!(on(in_days(1)), [LotStatus::Expired, LotStatus::InDate]);

    let Attestation::Accepted(both) =
        accepted(with_lots(&[("LOT1", in_days(40)), ("LOT2", in_days(60))]))
    else {
        panic!("it was accepted");
    };
    assert_eq!(both.read(in_days(41)), (AttestationState::Accepted, None));
    let Attestation::Accepted(only) = accepted(with_lots(&[("LOT1", in_days(40))])) else {
        panic!("it was accepted");
    };
    assert_eq!(only.read(in_days(40)), (AttestationState::Accepted, None));
    assert_eq!(
        only.read(in_days(41)),
        (AttestationState::Lapsed, Some(LapseReason::LotExpired))
    );
}

#[test]
fn case_40_a_recall_takes_its_lot_and_with_the_last_one_the_attestation() {
    let recalls = RecallTable::new([recall(Some("LOT2"), in_days(5))]);
    let arrives = || Action::Recall {
        recalls: &recalls,
        on: in_days(5),
    };

    let two = accepted(with_lots(&[("LOT1", in_days(40)), ("LOT2", in_days(60))]));
    let moved = take(two, &Actor::System, arrives(), now()).unwrap();
    assert_eq!(moved.effects, [Effect::LotsDropped(vec!["LOT2".into()])]);
    let Attestation::Accepted(left) = moved.attestation else {
        panic!("one lot is left");
    };
    assert_eq!(left.valid_until, in_days(40));
    let lines = &left.signed.claim.content.lines;
    let now_are = statuses(lines, &recalls, in_days(5)).map(|lot| lot.status);
    assert_eq!(
        now_are.collect::<Vec<_>>(),
        [LotStatus::InDate, LotStatus::Recalled]
    );

    let one = accepted(with_lots(&[("LOT2", in_days(60))]));
    let moved = take(one, &Actor::System, arrives(), now()).unwrap();
    assert_eq!(moved.passed, [AttestationState::Invalidated]);
}

#[test]
fn case_41_no_tick_makes_another_needle_of_it() {
    assert_eq!(
        hard(|needle| needle.needle_kind = NeedleKind::Hypodermic),
        [FindingCode::NeedleKind]
    );
    assert_eq!(
        hard(|needle| needle.needle_kind = NeedleKind::Intradermal),
        [FindingCode::NeedleKind]
    );
    assert_eq!(
        hard(|needle| needle.single_use = false),
        [FindingCode::NotSingleUse]
    );
    assert_eq!(
        hard(|needle| needle.sterile_as_packaged = false),
        [FindingCode::NotSterile]
    );
    assert_eq!(
        hard(|needle| needle.needs_sterilization_before_use = true),
        [FindingCode::NeedsSterilization]
    );
}

#[test]
fn case_42_a_size_is_taken_as_printed_or_asked_about() {
    assert_eq!(diameter_um("0.30"), Ok(300));
    assert_eq!(diameter_um("30"), Err(SizeQuestion::WhichUnit("30".into())));
    let too_thick = diameter_um("0.9 mm").unwrap();
    assert_eq!(
        hard(|needle| needle.diameter_um = too_thick),
        [FindingCode::DiameterRange]
    );
}

#[test]
fn case_43_a_cleared_needle_is_called_cleared_and_nothing_more() {
    let mut line = a_line(&[("LOT1", in_days(400))]);
    line.product.fda_pathway = FdaPathway::Cleared510k;
    line.product.k510_number = Some("K961339".into());
    let text = sentence::sentence(&sentence::InForce {
        name: "Ada Sample",
        signed_on: today(),
        products: &[line.shown()],
        assurance: sentence::AttestationAssurance::EvidenceReviewed,
        valid_until: in_days(120),
    });
    assert!(
        text.contains("(Filum, cleared by FDA as K961339)"),
        "{text}"
    );
    assert!(!sentence::says_approved(&text), "{text}");
}
