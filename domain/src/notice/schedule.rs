//! Which reminder a day asks for, for something that is due on a day.

use chrono::NaiveDate;

use crate::time::days_between;

/// A final reminder that nobody could send for longer is sent no more.
const TOO_LATE_DAYS: i64 = 14;

/// On which days before and after something is due its person is reminded. Days before are told
/// from the earliest reminder to the last, days after likewise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    before: &'static [u32],
    after: &'static [u32],
}

/// One reminder of a [`Schedule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reminder {
    /// So many days before.
    Before(u32),
    /// So many days after; is it the last?
    After(u32, bool),
}

impl Schedule {
    /// Attestations, after CAQH: 15, 10 and 5 days before; 1, 14, 28 and 42 after, the last one final.
    pub const ATTESTATION: Self = Self {
        before: &[15, 10, 5],
        after: &[1, 14, 28, 42],
    };
    /// The end of a credential, a licence or a verification.
    pub const EXPIRY: Self = Self {
        before: &[90, 60, 30, 7],
        after: &[],
    };
    /// A place that is to be confirmed again.
    pub const LOCATION: Self = Self {
        before: &[15, 5],
        after: &[1],
    };
    /// What was asked for in a case.
    pub const INFO: Self = Self {
        before: &[10, 3],
        after: &[1],
    };

    /// The reminder that `today` asks for, of something whose last day is `due_on`: the latest whose
    /// day has come. Whoever missed some, because nobody looked, gets that one and not all at once.
    pub fn on(&self, today: NaiveDate, due_on: NaiveDate) -> Option<Reminder> {
        let late = days_between(due_on, today);
        if late <= 0 {
            return self
                .before
                .iter()
                .rev()
                .find(|days| -late <= i64::from(**days))
                .map(|days| Reminder::Before(*days));
        }
        let last = *self.after.last()?;
        if late > i64::from(last) + TOO_LATE_DAYS {
            return None;
        }
        self.after
            .iter()
            .rev()
            .find(|days| late >= i64::from(**days))
            .map(|days| Reminder::After(*days, *days == last))
    }
}

impl Reminder {
    /// Its part of the key by which it is known that it was given: `-15`, `+42`.
    pub fn key(self) -> String {
        match self {
            Self::Before(days) => format!("-{days}"),
            Self::After(days, _) => format!("+{days}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    fn told(schedule: Schedule) -> Vec<(i64, String)> {
        let due_on: NaiveDate = "2026-12-31".parse().unwrap();
        let mut told: Vec<(i64, String)> = Vec::new();
        for today in due_on
            .checked_sub_days(Days::new(120))
            .unwrap()
            .iter_days()
            .take(240)
        {
            let Some(reminder) = schedule.on(today, due_on) else {
                continue;
            };
            if told.last().is_none_or(|(_, key)| *key != reminder.key()) {
                told.push((days_between(due_on, today), reminder.key()));
            }
        }
        told
    }

    #[test]
    fn whoever_looks_every_day_gives_each_reminder_on_its_day() {
        let days = |schedule| told(schedule).into_iter().map(|(day, _)| day).collect();
        let attestation: Vec<i64> = days(Schedule::ATTESTATION);
        assert_eq!(attestation, [-15, -10, -5, 1, 14, 28, 42]);
        let expiry: Vec<i64> = days(Schedule::EXPIRY);
        assert_eq!(expiry, [-90, -60, -30, -7]);
        let location: Vec<i64> = days(Schedule::LOCATION);
        assert_eq!(location, [-15, -5, 1]);
    }

    #[test]
    fn the_key_tells_the_day_that_the_reminder_was_meant_for() {
        let keys: Vec<_> = told(Schedule::ATTESTATION)
            .into_iter()
            .map(|(_, key)| key)
            .collect();
        assert_eq!(keys, ["-15", "-10", "-5", "+1", "+14", "+28", "+42"]);
    }

    #[test]
    fn whoever_looks_late_gives_the_latest_reminder_alone() {
        let due_on: NaiveDate = "2026-12-31".parse().unwrap();
        for (today, expected) in [
            ("2026-12-15", None),
            ("2026-12-23", Some(Reminder::Before(10))),
            ("2026-12-31", Some(Reminder::Before(5))),
            ("2027-01-01", Some(Reminder::After(1, false))),
            ("2027-02-20", Some(Reminder::After(42, true))),
            ("2027-02-26", None),
        ] {
            let today = today.parse().unwrap();
            assert_eq!(Schedule::ATTESTATION.on(today, due_on), expected, "{today}");
        }
    }
}
