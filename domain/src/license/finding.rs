//! What a licence is worth on a day.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{
    BoardStatus, CheckOutcome, License, LicenseCheck, MismatchField, NoPrivilege, is_issued,
};
use crate::time::{Day, days_after, days_between, earlier_end};

/// What is known of a licence on a day, with the fact that decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LicenseFinding<'a> {
    /// A check that is recent enough found it in force.
    InForce {
        /// The check.
        check: &'a LicenseCheck,
        /// The last day on which that counts: by the age of the check, or the licence's own end.
        until: NaiveDate,
    },
    /// The board says that it does not entitle to practise. However old: only a later check undoes it.
    OutOfForce(&'a LicenseCheck),
    /// The register shows a licence of another profession or kind.
    WrongKind(&'a LicenseCheck),
    /// Past its last day, by the board's word or by the holder's own.
    Expired(NaiveDate),
    /// It begins later.
    NotYetIssued(NaiveDate),
    /// The register differs from the claim.
    Mismatch(&'a LicenseCheck),
    /// The register knows of none, of an application only, or does not say.
    Unclear(&'a LicenseCheck),
    /// Found in force, too long ago.
    Old(&'a LicenseCheck),
    /// Nobody has checked.
    SelfReported,
    /// The jurisdiction licenses no such profession.
    NoneIssued,
    /// It is a compact privilege that its home licence does not carry.
    NoPrivilege(NoPrivilege),
}

impl LicenseFinding<'_> {
    /// Does the record itself say that it does not entitle to practise?
    pub(super) const fn is_out_of_force(&self) -> bool {
        match self {
            Self::OutOfForce(_) | Self::WrongKind(_) | Self::Expired(_) | Self::NotYetIssued(_) => {
                true
            }
            Self::InForce { .. }
            | Self::Mismatch(_)
            | Self::Unclear(_)
            | Self::Old(_)
            | Self::SelfReported
            | Self::NoneIssued
            | Self::NoPrivilege(_) => false,
        }
    }
}

impl License {
    /// What the licence is worth on a day by its own record; a check counts through `check_days` after the day whose
    /// truth it tells.
    ///
    /// What speaks against a licence does not age, what speaks for it does. Where name, number or
    /// state differ, the register may be showing somebody else's licence: such an answer, or none
    /// found, ends what spoke for the licence and lifts nothing that spoke against it.
    pub fn finding(&self, day: Day, zone: Tz, check_days: u32) -> LicenseFinding<'_> {
        if !is_issued(self.discipline, self.jurisdiction) {
            return LicenseFinding::NoneIssued;
        }
        let check = self.latest_check(day.evidence_on(), zone);
        let undoubted = self.latest_undoubted_check(day.evidence_on(), zone);
        for check in check.into_iter().chain(undoubted) {
            if check.names(MismatchField::LicenseType) {
                return LicenseFinding::WrongKind(check);
            }
        }
        if let Some(check) = undoubted.filter(|check| check.board_status.bars()) {
            return LicenseFinding::OutOfForce(check);
        }
        let end = undoubted
            .and_then(|check| check.expires_on)
            .or(self.expires_on);
        if let Some(last) = end.filter(|last| *last < day.on()) {
            return LicenseFinding::Expired(last);
        }
        if let Some(first) = self.issued_on.filter(|first| day.on() < *first) {
            return LicenseFinding::NotYetIssued(first);
        }
        let Some(check) = check else {
            return LicenseFinding::SelfReported;
        };
        match check.outcome {
            CheckOutcome::Mismatch => LicenseFinding::Mismatch(check),
            CheckOutcome::Match if check.board_status.entitles() => {
                if days_between(check.as_of, day.evidence_on()) <= i64::from(check_days) {
                    let aged = days_after(check.as_of, check_days);
                    let until = earlier_end(Some(aged), end).unwrap_or(aged);
                    LicenseFinding::InForce { check, until }
                } else {
                    LicenseFinding::Old(check)
                }
            }
            CheckOutcome::Match
            | CheckOutcome::NotFound
            | CheckOutcome::SourceUnavailable
            | CheckOutcome::NeedsReview
            | CheckOutcome::NotApplicable => LicenseFinding::Unclear(check),
        }
    }

    /// Since when the holder has this licence, when a source has confirmed the record.
    pub(crate) fn confirmed_since(&self, on: NaiveDate, zone: Tz) -> Option<NaiveDate> {
        let check = self.latest_check(on, zone)?;
        let confirmed = check.outcome == CheckOutcome::Match
            && (check.board_status.entitles() || check.board_status.bars());
        self.issued_on.filter(|_| confirmed)
    }
}

impl BoardStatus {
    /// May the holder practise?
    pub const fn entitles(self) -> bool {
        matches!(
            self,
            Self::Active | Self::ActiveConditions | Self::Probation
        )
    }

    /// Does the board say that the holder may not practise under it?
    pub const fn bars(self) -> bool {
        matches!(
            self,
            Self::Inactive
                | Self::Expired
                | Self::SuspendedDisciplinary
                | Self::SuspendedAdmin
                | Self::Revoked
                | Self::Surrendered
        )
    }
}

impl LicenseCheck {
    fn names(&self, field: MismatchField) -> bool {
        self.outcome == CheckOutcome::Mismatch && self.mismatches.contains(&field)
    }

    /// May the register be showing somebody else's licence?
    pub(super) fn doubts_identity(&self) -> bool {
        match self.outcome {
            CheckOutcome::Mismatch => self.mismatches.iter().any(|field| {
                matches!(
                    field,
                    MismatchField::Name | MismatchField::LicenseNumber | MismatchField::State
                )
            }),
            CheckOutcome::NotFound => true,
            CheckOutcome::Match
            | CheckOutcome::SourceUnavailable
            | CheckOutcome::NeedsReview
            | CheckOutcome::NotApplicable => false,
        }
    }
}
