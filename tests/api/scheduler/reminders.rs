//! Who is reminded of what, on which day.

use chrono::TimeDelta;
use domain::notice::NoticeKind;
use domain::place::Jurisdiction::Tx;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::service::schedule::run_once;

use super::{notices, reachable};
use crate::support::desk::{Desk, noon};
use crate::support::people::{AUSTIN, Person, a_provider, day};

fn a_person(serial: u32) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Tx)
        .at(AUSTIN, Tx)
}

/// Looks once a day from one day to another, and tells on which days something of a kind was queued.
async fn days(desk: &Desk, kinds: &[NoticeKind], from: &str, count: i64) -> Vec<String> {
    let mut told = Vec::new();
    for passed in 0..count {
        desk.clock.set(noon(from) + TimeDelta::days(passed));
        let before = notices(&desk.app.store).await.len();
        run_once(&desk.app).await.unwrap();
        // Looking twice says nothing twice.
        assert_eq!(run_once(&desk.app).await.unwrap().reminders, 0);
        let new = notices(&desk.app.store).await.split_off(before);
        let today = desk.clock.now().date_naive();
        told.extend(
            new.iter()
                .filter(|waiting| kinds.contains(&waiting.notice.kind))
                .map(|_| today.to_string()),
        );
    }
    told
}

#[tokio::test]
async fn an_attestation_is_reminded_of_by_caqhs_schedule_and_each_reminder_is_given_once() {
    let desk = Desk::open().await;
    let person = a_person(1).with(|person| {
        person.attestations[0].valid_until = Some(day("2026-12-20"));
    });
    let npi = person.npi();
    desk.with([person]).await;
    reachable(&desk.app.store, npi, 901).await;
    let kinds = [NoticeKind::AttestationDue, NoticeKind::AttestationLapsed];
    let told = days(&desk, &kinds, "2026-12-01", 80).await;
    assert_eq!(
        told,
        [
            "2026-12-05",
            "2026-12-10",
            "2026-12-15",
            "2026-12-21",
            "2027-01-03",
            "2027-01-17",
            "2027-01-31"
        ]
    );
    let last = notices(&desk.app.store).await;
    let last = last
        .iter()
        .rfind(|it| it.notice.kind == NoticeKind::AttestationLapsed)
        .unwrap();
    assert!(last.notice.body.contains("This is the last reminder."));
    assert!(last.notice.body.contains(&npi.to_string()));
}

#[tokio::test]
async fn ends_and_confirmations_are_reminded_of_on_their_days() {
    let desk = Desk::open().await;
    let person = a_person(1).with(|person| {
        // The board's word goes before the person's.
        person.licenses[0].checks[0].expires_on = Some(day("2027-02-20"));
        person.training[0].credential.expires_on = Some(day("2027-02-21"));
    });
    let npi = person.npi();
    desk.with([person]).await;
    reachable(&desk.app.store, npi, 901).await;
    let kinds = [NoticeKind::LicenseExpires];
    let told = days(&desk, &kinds, "2026-11-21", 100).await;
    assert_eq!(
        told,
        ["2026-11-22", "2026-12-22", "2027-01-21", "2027-02-13"]
    );
    let all = notices(&desk.app.store).await;
    let of = |kind| all.iter().filter(|it| it.notice.kind == kind).count();
    assert_eq!(of(NoticeKind::CredentialExpires), 4);
    // Confirmed on 1 November, so through 30 January: 15 and 5 days before, and the day after.
    assert_eq!(of(NoticeKind::LocationDue), 3);
}

#[tokio::test]
async fn whoever_was_not_looked_at_for_long_gets_the_latest_reminder_alone() {
    let desk = Desk::open().await;
    let person = a_person(1).with(|person| {
        person.attestations[0].valid_until = Some(day("2026-12-20"));
    });
    let npi = person.npi();
    desk.with([person]).await;
    reachable(&desk.app.store, npi, 901).await;
    let kinds = [NoticeKind::AttestationDue, NoticeKind::AttestationLapsed];
    assert_eq!(
        days(&desk, &kinds, "2026-12-16", 1).await,
        ["2026-12-16"],
        "five days before, and not ten and fifteen too"
    );
}

#[tokio::test]
async fn nobody_is_reminded_who_cannot_be_reached_or_has_made_it_good() {
    let desk = Desk::open().await;
    let ends = |serial: u32| {
        a_person(serial).with(|person| {
            person.attestations[0].valid_until = Some(day("2026-12-20"));
        })
    };
    // Nobody acts for the first; the second has signed a new one.
    let renewed = ends(2).with(|person| {
        let mut newer = person.attestations[0].clone();
        newer.id.0 += 1_000;
        newer.valid_until = Some(day("2027-04-20"));
        person.attestations.push(newer);
    });
    let npi = renewed.npi();
    desk.with([ends(1), renewed]).await;
    reachable(&desk.app.store, npi, 902).await;
    let kinds = [NoticeKind::AttestationDue, NoticeKind::AttestationLapsed];
    let told = days(&desk, &kinds, "2026-12-01", 40).await;
    assert_eq!(told, Vec::<String>::new());
}
