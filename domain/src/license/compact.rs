//! Compact privileges: practice in one state under the licence of another.
//!
//! The PT Compact: a privilege is for one remote state, both states issue, it ends with the home
//! licence, and an encumbered home licence ends every privilege until it is unencumbered and two years
//! have passed (PT Compact, sections 3 and 4). Which state issues since when is dated data, because a
//! state that has enacted the compact may not issue for years.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{BoardStatus, License, LicenseFinding};
use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;
use crate::time::{Day, months_after};

codes! {
    /// What a state has done about a compact.
    pub enum CompactStatus("compact status") {
        /// Nothing.
        None = "NONE",
        /// It is law; no privilege is issued yet.
        Enacted = "ENACTED",
        /// Privileges are issued and accepted.
        Issuing = "ISSUING",
    }
}

/// From a day on, a state's part in the compact of a discipline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompactPeriod {
    /// Whose compact.
    pub discipline: Discipline,
    /// Which state.
    pub jurisdiction: Jurisdiction,
    /// The first day.
    pub from: NaiveDate,
    /// What it has done.
    pub status: CompactStatus,
}

/// Every state's part in every compact, in time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compacts(Vec<CompactPeriod>);

/// Why there is no privilege, as far as it is not the privilege's own record that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPrivilege {
    /// One state, or two professions.
    #[error("a privilege is for another state, and for the profession of the home license")]
    NotAPair,
    /// The home state does not issue.
    #[error("{0} does not issue compact privileges: it is {1}")]
    HomeNotIssuing(Jurisdiction, CompactStatus),
    /// The remote state does not issue.
    #[error("{0} does not issue compact privileges: it is {1}")]
    RemoteNotIssuing(Jurisdiction, CompactStatus),
    /// The home licence is encumbered, or was within two years.
    #[error("the home license is or was encumbered")]
    Encumbered {
        /// The first day on which it no longer matters; `None` while the encumbrance lasts.
        until: Option<NaiveDate>,
    },
    /// No recent check found the home licence in force.
    #[error("the home license is not known to be in force")]
    HomeNotInForce,
}

impl Compacts {
    /// In any order.
    pub fn new(periods: impl IntoIterator<Item = CompactPeriod>) -> Self {
        let mut periods: Vec<_> = periods.into_iter().collect();
        periods.sort_by_key(|period| period.from);
        Self(periods)
    }

    /// What a state had done by a day; nothing where no row says otherwise.
    pub fn status(
        &self,
        discipline: Discipline,
        jurisdiction: Jurisdiction,
        on: NaiveDate,
    ) -> CompactStatus {
        self.0
            .iter()
            .rev()
            .find(|period| {
                period.discipline == discipline
                    && period.jurisdiction == jurisdiction
                    && period.from <= on
            })
            .map_or(CompactStatus::None, |period| period.status)
    }

    /// May there be a privilege under a home licence in a remote state on a day? Gives the last day
    /// through which the home licence carries it, as known.
    pub fn privilege(
        &self,
        home: &License,
        (discipline, remote): (Discipline, Jurisdiction),
        (day, zone): (Day, Tz),
        check_days: u32,
    ) -> Result<NaiveDate, NoPrivilege> {
        if home.discipline != discipline || home.jurisdiction == remote {
            return Err(NoPrivilege::NotAPair);
        }
        match self.status(discipline, home.jurisdiction, day.on()) {
            CompactStatus::Issuing => {}
            status @ (CompactStatus::None | CompactStatus::Enacted) => {
                return Err(NoPrivilege::HomeNotIssuing(home.jurisdiction, status));
            }
        }
        match self.status(discipline, remote, day.on()) {
            CompactStatus::Issuing => {}
            status @ (CompactStatus::None | CompactStatus::Enacted) => {
                return Err(NoPrivilege::RemoteNotIssuing(remote, status));
            }
        }
        encumbrance(home, day, zone)?;
        match home.finding(day, zone, check_days) {
            LicenseFinding::InForce { until, .. } => Ok(until),
            LicenseFinding::OutOfForce(_)
            | LicenseFinding::WrongKind(_)
            | LicenseFinding::Expired(_)
            | LicenseFinding::NotYetIssued(_)
            | LicenseFinding::Mismatch(_)
            | LicenseFinding::Unclear(_)
            | LicenseFinding::Old(_)
            | LicenseFinding::SelfReported
            | LicenseFinding::NoneIssued => Err(NoPrivilege::HomeNotInForce),
        }
    }
}

/// The last day through which a privilege counts: its own, and no longer than its home licence.
pub fn privilege_until(own: NaiveDate, home: NaiveDate) -> NaiveDate {
    own.min(home)
}

/// How long an encumbrance outlasts itself.
const AFTER_ENCUMBRANCE_MONTHS: u32 = 24;

fn encumbrance(home: &License, day: Day, zone: Tz) -> Result<(), NoPrivilege> {
    let on = day.evidence_on();
    let is_encumbered = home
        .latest_undoubted_check(on, zone)
        .is_some_and(|check| check.board_status.encumbers());
    if is_encumbered {
        return Err(NoPrivilege::Encumbered { until: None });
    }
    // When it ended nobody may have seen: it lasted until somebody saw that it had.
    let mut seen: Vec<_> = home
        .checks
        .iter()
        .filter(|check| check.source_kind.proves() && check.as_of <= on)
        .filter(|check| check.is_conclusive() && !check.doubts_identity())
        .collect();
    seen.sort_by_key(|check| (check.as_of, check.checked_at));
    let ended = seen
        .windows(2)
        .filter(|pair| pair[0].board_status.encumbers() && !pair[1].board_status.encumbers())
        .map(|pair| months_after(pair[1].as_of, AFTER_ENCUMBRANCE_MONTHS))
        .max();
    match ended {
        Some(free) if day.on() < free => Err(NoPrivilege::Encumbered { until: Some(free) }),
        _ => Ok(()),
    }
}

impl BoardStatus {
    /// Has the board limited the licence, or taken it away?
    const fn encumbers(self) -> bool {
        match self {
            Self::ActiveConditions
            | Self::Probation
            | Self::SuspendedDisciplinary
            | Self::Revoked
            | Self::Surrendered => true,
            Self::Active
            | Self::Inactive
            | Self::Expired
            | Self::SuspendedAdmin
            | Self::Pending
            | Self::NotFound
            | Self::Unknown => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CheckOutcome, CheckSourceKind, LicenseCheck, LicenseId};
    use super::*;

    const PT: Discipline = Discipline::PhysicalTherapist;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn compacts() -> Compacts {
        let period = |jurisdiction, from: &str, status| CompactPeriod {
            discipline: PT,
            jurisdiction,
            from: day(from),
            status,
        };
        Compacts::new([
            period(Jurisdiction::Pa, "2025-07-07", CompactStatus::Issuing),
            period(Jurisdiction::Pa, "2022-07-01", CompactStatus::Enacted),
            period(Jurisdiction::Co, "2018-10-01", CompactStatus::Issuing),
            period(Jurisdiction::Az, "2018-10-01", CompactStatus::Issuing),
        ])
    }

    fn check(as_of: &str, status: BoardStatus) -> LicenseCheck {
        LicenseCheck {
            source_kind: CheckSourceKind::Primary,
            source_name: "the board".into(),
            source_url: None,
            checked_at: format!("{as_of}T18:00:00Z").parse().unwrap(),
            as_of: day(as_of),
            outcome: CheckOutcome::Match,
            board_status: status,
            expires_on: Some(day("2027-10-31")),
            mismatches: Vec::new(),
        }
    }

    fn home(checks: Vec<LicenseCheck>) -> License {
        License {
            version: 1,
            id: LicenseId(1),
            discipline: PT,
            jurisdiction: Jurisdiction::Co,
            number: None,
            issued_on: None,
            expires_on: None,
            source: "board".into(),
            checks,
        }
    }

    fn in_state(home: &License, remote: Jurisdiction, on: &str) -> Result<NaiveDate, NoPrivilege> {
        let when = (Day::at(day(on)), Jurisdiction::Co.zone());
        compacts().privilege(home, (PT, remote), when, 30)
    }

    #[test]
    fn case_28_a_state_that_enacted_the_compact_and_does_not_issue_has_no_privileges() {
        let home = home(vec![check("2025-06-20", BoardStatus::Active)]);
        let refused = NoPrivilege::RemoteNotIssuing(Jurisdiction::Pa, CompactStatus::Enacted);
        assert_eq!(
            in_state(&home, Jurisdiction::Pa, "2025-07-06"),
            Err(refused)
        );
        let until = Ok(day("2025-07-20"));
        assert_eq!(in_state(&home, Jurisdiction::Pa, "2025-07-07"), until);
        let refused = NoPrivilege::RemoteNotIssuing(Jurisdiction::Ca, CompactStatus::None);
        assert_eq!(
            in_state(&home, Jurisdiction::Ca, "2025-07-07"),
            Err(refused)
        );
        assert_eq!(
            in_state(&home, Jurisdiction::Co, "2025-07-07"),
            Err(NoPrivilege::NotAPair)
        );
    }

    #[test]
    fn a_privilege_ends_with_its_home_license() {
        let ending = LicenseCheck {
            expires_on: Some(day("2026-11-10")),
            ..check("2026-11-01", BoardStatus::Active)
        };
        let home = home(vec![ending]);
        let az = |on| in_state(&home, Jurisdiction::Az, on);
        assert_eq!(az("2026-11-10"), Ok(day("2026-11-10")));
        assert_eq!(az("2026-11-11"), Err(NoPrivilege::HomeNotInForce));
        let own = day("2027-05-01");
        assert_eq!(privilege_until(own, day("2026-11-10")), day("2026-11-10"));
    }

    #[test]
    fn an_encumbered_home_license_ends_it_for_two_years_more() {
        let history = |last: &str| {
            home(vec![
                check("2023-01-10", BoardStatus::Active),
                check("2023-06-10", BoardStatus::Probation),
                check("2024-11-20", BoardStatus::Active),
                check(last, BoardStatus::Active),
            ])
        };
        let az = |home: &License, on| in_state(home, Jurisdiction::Az, on);
        let during = home(vec![check("2026-11-01", BoardStatus::Probation)]);
        let lasting = Err(NoPrivilege::Encumbered { until: None });
        assert_eq!(az(&during, "2026-11-10"), lasting);
        let free = day("2026-11-20");
        let after = Err(NoPrivilege::Encumbered { until: Some(free) });
        let home = history("2026-11-01");
        assert_eq!(az(&home, "2026-11-19"), after);
        assert_eq!(az(&home, "2026-11-20"), Ok(day("2026-12-01")));
    }
}
