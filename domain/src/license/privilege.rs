//! Compact privileges: practice in one state under the licence of another.
//!
//! The PT Compact, sections 3 and 4: a privilege is for one remote state, both states issue, it ends with
//! the home licence, and an encumbered home licence ends every privilege until it is unencumbered and two
//! years have passed.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::compact::{CompactStatus, Compacts};
use super::{BoardStatus, License, LicenseFinding};
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;
use crate::time::{Day, earlier_end, happened_by, months_after};

/// Why there is no privilege, as far as it is not the privilege's own record that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPrivilege {
    /// One state, two professions, or a privilege under a privilege.
    #[error(
        "a privilege is for another state than the home license, for its profession, and under a license that is itself none"
    )]
    NotAPair,
    /// The home licence is not among the person's.
    #[error("the home license is not on file")]
    HomeNotOnFile,
    /// The home state does not issue.
    #[error("{0} does not issue compact privileges: it is {1}")]
    HomeNotIssuing(Jurisdiction, CompactStatus),
    /// The remote state does not issue.
    #[error("{0} does not issue compact privileges: it is {1}")]
    RemoteNotIssuing(Jurisdiction, CompactStatus),
    /// The home licence is encumbered, or was within two years.
    #[error("the home license in {home} is or was encumbered")]
    Encumbered {
        /// Whose licence it is.
        home: Jurisdiction,
        /// The first day on which it no longer matters; `None` while the encumbrance lasts.
        until: Option<NaiveDate>,
    },
    /// The home licence is past its last day.
    #[error("the home license in {0} ended on {1}")]
    HomeEnded(Jurisdiction, NaiveDate),
    /// The home licence is not in force, by its board's word.
    #[error("the home license in {0} is not in force")]
    HomeNotInForce(Jurisdiction),
    /// No recent check found the home licence in force, and none found otherwise.
    #[error("the home license in {0} is not confirmed")]
    HomeNotConfirmed(Jurisdiction),
}

impl NoPrivilege {
    /// Is it known that there is none, rather than not known that there is one?
    pub const fn is_known(self) -> bool {
        match self {
            Self::NotAPair
            | Self::HomeNotIssuing(..)
            | Self::RemoteNotIssuing(..)
            | Self::Encumbered { .. }
            | Self::HomeEnded(..)
            | Self::HomeNotInForce(_) => true,
            Self::HomeNotOnFile | Self::HomeNotConfirmed(_) => false,
        }
    }
}

impl Compacts {
    /// May there be privileges under such a home licence in a remote state on a day, whatever the licence
    /// is worth itself? Gives the last day for which both states are known to issue.
    ///
    /// # Errors
    /// Why not.
    pub fn joins(
        &self,
        home: &License,
        (discipline, remote): (Discipline, Jurisdiction),
        on: NaiveDate,
    ) -> Result<Option<NaiveDate>, NoPrivilege> {
        let is_pair = home.discipline == discipline && home.jurisdiction != remote;
        if !is_pair || home.home.is_some() {
            return Err(NoPrivilege::NotAPair);
        }
        match self.status(discipline, home.jurisdiction, on) {
            CompactStatus::Issuing => {}
            status @ (CompactStatus::None | CompactStatus::Enacted) => {
                return Err(NoPrivilege::HomeNotIssuing(home.jurisdiction, status));
            }
        }
        match self.status(discipline, remote, on) {
            CompactStatus::Issuing => {}
            status @ (CompactStatus::None | CompactStatus::Enacted) => {
                return Err(NoPrivilege::RemoteNotIssuing(remote, status));
            }
        }
        Ok(earlier_end(
            self.issues_through(discipline, home.jurisdiction, on),
            self.issues_through(discipline, remote, on),
        ))
    }

    /// May there be a privilege under a home licence in a remote state on a day? Gives the last day
    /// through which the home licence carries it, as known.
    ///
    /// # Errors
    /// Why not.
    pub fn privilege(
        &self,
        home: &License,
        (discipline, remote): (Discipline, Jurisdiction),
        (day, zone): (Day, Tz),
        check_days: u32,
    ) -> Result<NaiveDate, NoPrivilege> {
        let issued_through = self.joins(home, (discipline, remote), day.on())?;
        encumbrance(home, day, zone)?;
        let state = home.jurisdiction;
        match home.finding(day, zone, check_days) {
            LicenseFinding::InForce { until, .. } => {
                Ok(issued_through.map_or(until, |end| end.min(until)))
            }
            LicenseFinding::Expired(last) => Err(NoPrivilege::HomeEnded(state, last)),
            LicenseFinding::OutOfForce(_)
            | LicenseFinding::WrongKind(_)
            | LicenseFinding::NotYetIssued(_)
            | LicenseFinding::NoPrivilege(_) => Err(NoPrivilege::HomeNotInForce(state)),
            LicenseFinding::Mismatch(_)
            | LicenseFinding::Unclear(_)
            | LicenseFinding::Old(_)
            | LicenseFinding::SelfReported
            | LicenseFinding::NoneIssued => Err(NoPrivilege::HomeNotConfirmed(state)),
        }
    }
}

impl License {
    /// What the licence is worth on a day as one of all that its holder has on file: a privilege counts
    /// only while its home licence carries it, and no longer.
    ///
    /// What the privilege's own record says against it comes first; that the home licence is not
    /// confirmed says nothing of a privilege that is not confirmed itself.
    pub fn finding_among<'a>(
        &'a self,
        held: &[Self],
        compacts: &Compacts,
        (day, zone): (Day, Tz),
        check_days: u32,
    ) -> LicenseFinding<'a> {
        let own = self.finding(day, zone, check_days);
        if self.home.is_none() || own.is_out_of_force() {
            return own;
        }
        let pair = (self.discipline, self.jurisdiction);
        let carried = self
            .home_among(held)
            .ok_or(NoPrivilege::HomeNotOnFile)
            .and_then(|home| compacts.privilege(home, pair, (day, zone), check_days));
        match (carried, own) {
            (Ok(home), LicenseFinding::InForce { check, until }) => LicenseFinding::InForce {
                check,
                until: until.min(home),
            },
            (Err(none), LicenseFinding::InForce { .. }) => LicenseFinding::NoPrivilege(none),
            (Err(none), _) if none.is_known() => LicenseFinding::NoPrivilege(none),
            (Ok(_) | Err(_), own) => own,
        }
    }

    /// The licence that it is a privilege under, among those of its holder.
    pub fn home_among<'a>(&self, held: &'a [Self]) -> Option<&'a Self> {
        let home = self.home?;
        held.iter().find(|license| license.id == home)
    }

    /// Its last day as known on a day: its own or that of its home licence, whichever comes first.
    pub fn ends_on(&self, held: &[Self], on: NaiveDate, zone: Tz) -> Option<NaiveDate> {
        let home = self.home_among(held);
        earlier_end(
            self.expires_on(on, zone),
            home.and_then(|home| home.expires_on(on, zone)),
        )
    }

    /// The days on which an encumbrance of the licence can cease to matter for privileges under it.
    pub(crate) fn unencumbered_days(&self) -> impl Iterator<Item = NaiveDate> {
        self.checks
            .iter()
            .map(|check| months_after(check.as_of, AFTER_ENCUMBRANCE_MONTHS))
    }
}

/// How long an encumbrance outlasts itself.
const AFTER_ENCUMBRANCE_MONTHS: u32 = 24;

/// Is the licence encumbered on a day, or was it within two years?
///
/// When a board lifted an encumbrance its register does not say: it lasted until somebody saw the licence
/// active without it. Only that ends one; an expired or inactive licence is still an encumbered one.
fn encumbrance(home: &License, day: Day, zone: Tz) -> Result<(), NoPrivilege> {
    let mut seen: Vec<_> = home
        .checks
        .iter()
        .filter(|check| happened_by(check.checked_at, zone, day.evidence_on()))
        .filter(|check| check.source_kind.proves() && check.is_conclusive())
        .filter(|check| !check.doubts_identity())
        .collect();
    seen.sort_by_key(|check| (check.as_of, check.checked_at));
    let mut lasts = false;
    let mut free = None;
    for check in seen {
        if check.board_status.encumbers() {
            lasts = true;
        } else if lasts && check.board_status == BoardStatus::Active {
            lasts = false;
            free = Some(months_after(check.as_of, AFTER_ENCUMBRANCE_MONTHS));
        }
    }
    let encumbered = |until| NoPrivilege::Encumbered {
        home: home.jurisdiction,
        until,
    };
    match free {
        _ if lasts => Err(encumbered(None)),
        Some(free) if day.on() < free => Err(encumbered(Some(free))),
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
    use super::super::compact::tests::period;
    use super::super::{CheckOutcome, CheckSourceKind, LicenseCheck, LicenseId};
    use super::*;

    const PT: Discipline = Discipline::PhysicalTherapist;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn compacts() -> Compacts {
        Compacts::new([
            period(Jurisdiction::Pa, "2025-07-07", CompactStatus::Issuing),
            period(Jurisdiction::Pa, "2022-07-01", CompactStatus::Enacted),
            period(Jurisdiction::Co, "2018-10-01", CompactStatus::Issuing),
            period(Jurisdiction::Az, "2018-10-01", CompactStatus::Issuing),
            period(Jurisdiction::Ut, "2018-10-01", CompactStatus::Issuing),
            period(Jurisdiction::Ut, "2026-11-25", CompactStatus::None),
        ])
        .unwrap()
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
            home: None,
            checks,
        }
    }

    fn privilege(jurisdiction: Jurisdiction, checks: Vec<LicenseCheck>) -> License {
        License {
            id: LicenseId(2),
            jurisdiction,
            home: Some(LicenseId(1)),
            ..home(checks)
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
        let abroad = License {
            jurisdiction: Jurisdiction::Ny,
            ..home
        };
        let refused = NoPrivilege::HomeNotIssuing(Jurisdiction::Ny, CompactStatus::None);
        assert_eq!(
            in_state(&abroad, Jurisdiction::Az, "2025-07-07"),
            Err(refused)
        );
    }

    #[test]
    fn a_privilege_under_a_privilege_is_none() {
        let under = privilege(
            Jurisdiction::Az,
            vec![check("2026-11-01", BoardStatus::Active)],
        );
        let refused = Err(NoPrivilege::NotAPair);
        assert_eq!(in_state(&under, Jurisdiction::Pa, "2026-11-10"), refused);
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
        let ended = NoPrivilege::HomeEnded(Jurisdiction::Co, day("2026-11-10"));
        assert_eq!(az("2026-11-11"), Err(ended));
    }

    #[test]
    fn a_state_that_is_known_to_leave_ends_it_too() {
        let home = home(vec![check("2026-11-01", BoardStatus::Active)]);
        let ut = |on| in_state(&home, Jurisdiction::Ut, on);
        assert_eq!(ut("2026-11-10"), Ok(day("2026-11-24")));
        let left = NoPrivilege::RemoteNotIssuing(Jurisdiction::Ut, CompactStatus::None);
        assert_eq!(ut("2026-11-25"), Err(left));
    }

    #[test]
    fn an_encumbered_home_license_ends_it_for_two_years_more() {
        let history = |last: &str| {
            home(vec![
                check("2023-01-10", BoardStatus::Active),
                check("2023-06-10", BoardStatus::Probation),
                check("2024-05-20", BoardStatus::Inactive),
                check("2024-11-20", BoardStatus::Active),
                check(last, BoardStatus::Active),
            ])
        };
        let az = |home: &License, on| in_state(home, Jurisdiction::Az, on);
        let encumbered = |until| {
            Err(NoPrivilege::Encumbered {
                home: Jurisdiction::Co,
                until,
            })
        };
        let during = home(vec![check("2026-11-01", BoardStatus::Probation)]);
        assert_eq!(az(&during, "2026-11-10"), encumbered(None));
        let home = history("2026-11-01");
        // Inactive is not unencumbered.
        assert_eq!(az(&home, "2024-06-01"), encumbered(None));
        // What nobody had seen by then does not count by then.
        assert_eq!(
            az(&home, "2023-06-09"),
            Err(NoPrivilege::HomeNotConfirmed(Jurisdiction::Co))
        );
        let free = day("2026-11-20");
        assert_eq!(az(&home, "2026-11-19"), encumbered(Some(free)));
        assert_eq!(az(&home, "2026-11-20"), Ok(day("2026-12-01")));
    }

    #[test]
    fn a_privilege_is_worth_no_more_than_its_home_license() {
        use BoardStatus::{Active, Revoked, SuspendedAdmin};
        let at = (Day::at(day("2026-11-10")), Jurisdiction::Co.zone());
        let fresh = |status| vec![check("2026-11-01", status)];
        let known = |finding: LicenseFinding<'_>| match finding {
            LicenseFinding::InForce { until, .. } => format!("through {until}"),
            LicenseFinding::NoPrivilege(none) => format!("none: {none}"),
            other => format!("{other:?}").chars().take(12).collect(),
        };
        for (own, home_checks, expected) in [
            (fresh(Active), fresh(Active), "through 2026-12-01"),
            (
                fresh(Active),
                vec![check("2026-10-20", Active)],
                "through 2026-11-19",
            ),
            (
                fresh(Active),
                vec![check("2026-09-01", Active)],
                "none: the home license in CO is not confirmed",
            ),
            (
                fresh(Active),
                vec![],
                "none: the home license in CO is not confirmed",
            ),
            (
                fresh(Active),
                fresh(SuspendedAdmin),
                "none: the home license in CO is not in force",
            ),
            (
                vec![],
                fresh(Revoked),
                "none: the home license in CO is or was encumbered",
            ),
            // The privilege's own record speaks against it: that comes first.
            (fresh(Revoked), fresh(Revoked), "OutOfForce(L"),
            // Neither is confirmed: the privilege's own words.
            (vec![], vec![], "SelfReported"),
        ] {
            let held = [home(home_checks), privilege(Jurisdiction::Az, own)];
            let found = held[1].finding_among(&held, &compacts(), at, 30);
            assert_eq!(known(found), expected);
        }
        let alone = privilege(Jurisdiction::Az, fresh(Active));
        let found = alone.finding_among(std::slice::from_ref(&alone), &compacts(), at, 30);
        assert_eq!(
            found,
            LicenseFinding::NoPrivilege(NoPrivilege::HomeNotOnFile)
        );
    }

    #[test]
    fn a_license_of_its_own_is_worth_what_it_was() {
        let at = (Day::at(day("2026-11-10")), Jurisdiction::Co.zone());
        let license = home(vec![check("2026-11-01", BoardStatus::Active)]);
        let among = license.finding_among(&[], &compacts(), at, 30);
        assert_eq!(among, license.finding(at.0, at.1, 30));
    }

    #[test]
    fn the_last_day_of_a_privilege_is_the_earlier_of_the_two() {
        let zone = Jurisdiction::Co.zone();
        let ends = |license: License, on: &str| License {
            expires_on: Some(day(on)),
            ..license
        };
        let held = [
            ends(home(vec![]), "2027-03-31"),
            ends(privilege(Jurisdiction::Az, vec![]), "2027-05-31"),
        ];
        let on = day("2026-11-10");
        assert_eq!(held[1].ends_on(&held, on, zone), Some(day("2027-03-31")));
        assert_eq!(held[0].ends_on(&held, on, zone), Some(day("2027-03-31")));
        assert_eq!(
            held[1].ends_on(&held[1..], on, zone),
            Some(day("2027-05-31"))
        );
    }
}
