//! How long an attestation holds, and when its person is reminded.

use chrono::{Days, NaiveDate};

use super::product::NeedleLine;
use super::recall::{LotStatus, RecallTable};
use crate::attestation::{AttestationState, lots_hold_through};
use crate::codes::codes;

/// What limits an attestation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The day of the signature, in the zone of the place.
    pub signed_on: NaiveDate,
    /// For how many days a signature holds.
    pub signature_days: u32,
    /// The last day of the signer's licence or privilege, where it has one.
    pub license_ends_on: Option<NaiveDate>,
}

/// The last day of an attestation: the earliest of the signature's last day, the last day of the
/// lot that lasts longest, and the licence's end. `None` when no lot may be used on `on`.
pub fn valid_until(
    limits: Limits,
    lines: &[NeedleLine],
    recalls: &RecallTable,
    on: NaiveDate,
) -> Option<NaiveDate> {
    let last_lot = usable_lots(lines, recalls, on).max()?;
    let signature = limits
        .signed_on
        .checked_add_days(Days::new(limits.signature_days.into()))
        .unwrap_or(NaiveDate::MAX);
    let last = signature.min(last_lot);
    Some(limits.license_ends_on.map_or(last, |end| last.min(end)))
}

/// The last days of the lots that may be used on a day.
pub fn usable_lots<'a>(
    lines: &'a [NeedleLine],
    recalls: &'a RecallTable,
    on: NaiveDate,
) -> impl Iterator<Item = NaiveDate> + 'a {
    statuses(lines, recalls, on)
        .filter(|seen| seen.status == LotStatus::InDate)
        .map(|seen| seen.last_day)
}

/// A lot on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LotOnDay<'a> {
    /// Of which line.
    pub line: usize,
    /// Its number.
    pub lot: &'a str,
    /// Its last day.
    pub last_day: NaiveDate,
    /// What it is.
    pub status: LotStatus,
}

/// Every lot on a day. Those that are not `IN_DATE` have dropped out of the attestation, and each is
/// a task for the provider.
pub fn statuses<'a>(
    lines: &'a [NeedleLine],
    recalls: &'a RecallTable,
    on: NaiveDate,
) -> impl Iterator<Item = LotOnDay<'a>> + 'a {
    lines.iter().enumerate().flat_map(move |(line, claimed)| {
        claimed.lots.iter().map(move |lot| LotOnDay {
            line,
            lot: &lot.lot,
            last_day: lot.expires.last_day,
            status: recalls.status(&claimed.product, lot, on),
        })
    })
}

codes! {
    /// Why an accepted attestation holds no longer.
    pub enum LapseReason("lapse reason") {
        /// Every lot is past its last day.
        LotExpired = "LOT_EXPIRED",
        /// The signature is too old, or the licence ended.
        ValidUntilPassed = "VALID_UNTIL_PASSED",
    }
}

/// What an accepted attestation is on a day: ACCEPTED, or LAPSED with its reason. A reading of the
/// calendar; nothing stores it (N8).
pub fn read(
    valid_until: NaiveDate,
    lines: &[NeedleLine],
    on: NaiveDate,
) -> (AttestationState, Option<LapseReason>) {
    let lots = lines
        .iter()
        .map(|line| line.lots.iter().map(|lot| lot.expires.last_day));
    if lots_hold_through(lots).is_none_or(|last| last < on) {
        (AttestationState::Lapsed, Some(LapseReason::LotExpired))
    } else if valid_until < on {
        (
            AttestationState::Lapsed,
            Some(LapseReason::ValidUntilPassed),
        )
    } else {
        (AttestationState::Accepted, None)
    }
}

/// Days before the last day on which its person is reminded, and days after it on which they are
/// told that it is past: CAQH's schedule. Negative is before.
pub const REMINDER_DAYS: [i64; 7] = [-15, -10, -5, 1, 14, 28, 42];

/// The reminders of an attestation that are due on a day: offsets from its last day, the latest last.
pub fn reminders_due(valid_until: NaiveDate, on: NaiveDate) -> impl Iterator<Item = i64> {
    let passed = (on - valid_until).num_days();
    REMINDER_DAYS.into_iter().filter(move |due| *due <= passed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needle::policy::AttestationPolicy;
    use crate::needle::test_support::{a_line, day, in_days, recall, today};
    use crate::place::Jurisdiction;

    #[test]
    fn an_attestation_ends_with_the_first_of_signature_lots_and_license() {
        #[track_caller]
        fn check(lots: &[(&str, NaiveDate)], license: Option<u64>, expected: Option<NaiveDate>) {
            let limits = Limits {
                signed_on: today(),
                signature_days: 120,
                license_ends_on: license.map(in_days),
            };
            let last = valid_until(limits, &[a_line(lots)], &RecallTable::default(), today());
            assert_eq!(last, expected);
        }
        check(&[("A", in_days(400))], None, Some(day(2027, 3, 21)));
        check(&[("A", in_days(400))], Some(119), Some(in_days(119)));
        check(
            &[("A", in_days(40)), ("B", in_days(90))],
            None,
            Some(in_days(90)),
        );
        check(&[("A", today())], None, Some(today()));
        check(&[("A", day(2026, 11, 20))], None, None);
        check(&[], None, None);
    }

    #[test]
    fn products_without_a_lot_carry_nothing_and_no_products_set_no_end() {
        let lapsed = (AttestationState::Lapsed, Some(LapseReason::LotExpired));
        let last = in_days(30);
        assert_eq!(read(last, &[a_line(&[])], today()), lapsed);
        let one_left = [a_line(&[]), a_line(&[("A", today())])];
        assert_eq!(
            read(last, &one_left, today()),
            (AttestationState::Accepted, None)
        );
        assert_eq!(read(last, &one_left, in_days(1)), lapsed);
        assert_eq!(read(last, &[], today()), (AttestationState::Accepted, None));
    }

    #[test]
    fn a_recalled_lot_does_not_carry_an_attestation() {
        let limits = Limits {
            signed_on: today(),
            signature_days: 120,
            license_ends_on: None,
        };
        let lines = [a_line(&[("A", in_days(40)), ("B", in_days(90))])];
        let recalls = RecallTable::new([recall(Some("B"), in_days(1))]);
        assert_eq!(
            valid_until(limits, &lines, &recalls, today()),
            Some(in_days(90))
        );
        assert_eq!(
            valid_until(limits, &lines, &recalls, in_days(1)),
            Some(in_days(40))
        );
    }

    #[test]
    fn illinois_alone_has_the_longer_signature() {
        let policy = AttestationPolicy::default();
        assert_eq!(
            policy.signature_days(&[Jurisdiction::Il, Jurisdiction::Il]),
            180
        );
        assert_eq!(
            policy.signature_days(&[Jurisdiction::Il, Jurisdiction::Co]),
            120
        );
        assert_eq!(policy.signature_days(&[]), 120);
    }

    #[test]
    fn a_person_is_reminded_before_and_told_after() {
        #[track_caller]
        fn check(last: NaiveDate, on: NaiveDate, expected: &[i64]) {
            let due: Vec<_> = reminders_due(last, on).collect();
            assert_eq!(due, expected, "{on}");
        }
        let last = day(2027, 3, 21);
        check(last, day(2027, 3, 5), &[]);
        check(last, day(2027, 3, 6), &[-15]);
        check(last, day(2027, 3, 16), &[-15, -10, -5]);
        check(last, day(2027, 3, 21), &[-15, -10, -5]);
        check(last, day(2027, 3, 22), &[-15, -10, -5, 1]);
        check(last, day(2027, 5, 2), &REMINDER_DAYS);
    }
}
