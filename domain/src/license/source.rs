//! Asking a source about a licence: what is asked, what comes back, and what is kept of it.

use chrono::{DateTime, NaiveDate, Utc};

use super::{BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, MismatchField};
use crate::check::CheckMethod;
use crate::register::Claimant;

/// A source that can be asked about licences: a board's file, or a person who looks at a board's page.
///
/// What it answers is recorded and decides nothing by itself: [`License::finding`] reads the checks.
pub trait CheckSource {
    /// What it is and how it is asked.
    fn source(&self) -> &LicenseSource;

    /// Does it speak of this licence at all? One that does not is never asked.
    fn covers(&self, license: &License) -> bool;

    /// What it says.
    fn look_up(&self, license: &License, claimant: Claimant<'_>) -> SourceAnswer;
}

/// A source of answers about licences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseSource {
    /// How near it stands to the fact.
    pub kind: CheckSourceKind,
    /// How it is asked.
    pub method: CheckMethod,
    /// Its name.
    pub name: Box<str>,
    /// Where it is read.
    pub url: Option<Box<str>>,
    /// The day whose truth it tells.
    pub as_of: NaiveDate,
    /// By which mapping its words become our status.
    pub mapping_version: Option<Box<str>>,
    /// SHA-256 of what was seen, in hexadecimal.
    pub snapshot_sha256: Option<Box<str>>,
}

/// What a source said of one licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceAnswer {
    /// In a word.
    pub outcome: CheckOutcome,
    /// In which fields it differs from the claim.
    pub mismatches: Vec<MismatchField>,
    /// What the register says, in our words.
    pub board_status: BoardStatus,
    /// What it says, in its own.
    pub board_status_raw: Option<Box<str>>,
    /// The end that it shows.
    pub expires_on: Option<NaiveDate>,
    /// What somebody should know of it, in words.
    pub note: Option<Box<str>>,
}

/// A look at a source as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedCheck {
    /// What is judged.
    pub check: LicenseCheck,
    /// How the source was asked.
    pub method: CheckMethod,
    /// The register's own words for the status.
    pub board_status_raw: Option<Box<str>>,
    /// By which mapping they became ours.
    pub mapping_version: Option<Box<str>>,
    /// SHA-256 of what was seen, in hexadecimal.
    pub snapshot_sha256: Option<Box<str>>,
    /// What somebody should know of it, in words.
    pub note: Option<Box<str>>,
}

/// Why an answer cannot be one: the field as the API spells it, and the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct ImpossibleAnswer {
    /// Which field.
    pub field: &'static str,
    /// Why not.
    pub reason: &'static str,
}

impl SourceAnswer {
    /// A source that did not answer: the status is UNKNOWN, and nothing follows from it. Never
    /// `NOT_FOUND`, which only a source that answered can say.
    pub fn unavailable(note: Option<Box<str>>) -> Self {
        Self {
            outcome: CheckOutcome::SourceUnavailable,
            mismatches: Vec::new(),
            board_status: BoardStatus::Unknown,
            board_status_raw: None,
            expires_on: None,
            note,
        }
    }

    /// Does it agree with itself?
    ///
    /// # Errors
    /// The first field that contradicts the outcome.
    pub fn validate(&self) -> Result<(), ImpossibleAnswer> {
        let no = |field, reason| Err(ImpossibleAnswer { field, reason });
        match self.outcome {
            CheckOutcome::SourceUnavailable
                if self.board_status != BoardStatus::Unknown || self.expires_on.is_some() =>
            {
                return no(
                    "boardStatus",
                    "a source that did not answer says nothing: the status is UNKNOWN and there is no end",
                );
            }
            CheckOutcome::NotFound if self.board_status != BoardStatus::NotFound => {
                return no("boardStatus", "what was not found has the status NOT_FOUND");
            }
            CheckOutcome::Match if self.board_status == BoardStatus::Unknown => {
                return no(
                    "boardStatus",
                    "a match names the status that the register shows",
                );
            }
            CheckOutcome::Mismatch if self.mismatches.is_empty() => {
                return no(
                    "mismatches",
                    "name the fields in which the register differs",
                );
            }
            _ => {}
        }
        if self.outcome != CheckOutcome::NotFound && self.board_status == BoardStatus::NotFound {
            return no(
                "boardStatus",
                "NOT_FOUND belongs to the outcome NOT_FOUND alone",
            );
        }
        if self.outcome != CheckOutcome::Mismatch && !self.mismatches.is_empty() {
            return no("mismatches", "only a mismatch names fields");
        }
        Ok(())
    }
}

impl RecordedCheck {
    /// Does it show, of this very licence and beyond a doubt, that a board took it away or suspended
    /// it after a proceeding? Such an answer acts at once (verification.md 3.3, S5).
    pub fn is_board_action(&self) -> bool {
        takes_away(self.check.board_status) && is_undoubted(&self.check)
    }

    /// Does it show such an action that was not known? Not where a source told of a later day, nor where
    /// the action is what was known last: that has been acted on, and people may have decided since.
    pub fn is_new_board_action(&self, held: &License) -> bool {
        let known = held.checks.iter().filter(|check| is_undoubted(check));
        let known = known.max_by_key(|check| (check.as_of, check.checked_at));
        self.is_board_action()
            && known.is_none_or(|known| {
                known.as_of <= self.check.as_of && !takes_away(known.board_status)
            })
    }
}

/// Has a board taken a licence of that status away, or suspended it after a proceeding?
const fn takes_away(status: BoardStatus) -> bool {
    matches!(
        status,
        BoardStatus::SuspendedDisciplinary | BoardStatus::Revoked
    )
}

/// Does it prove something, and of this very licence?
fn is_undoubted(check: &LicenseCheck) -> bool {
    check.source_kind.proves() && check.is_conclusive() && !check.doubts_identity()
}

/// Asks a source that [covers](CheckSource::covers) a licence, at an instant.
///
/// # Errors
/// An answer that contradicts itself is not kept.
pub fn ask(
    source: &impl CheckSource,
    license: &License,
    claimant: Claimant<'_>,
    at: DateTime<Utc>,
) -> Result<RecordedCheck, ImpossibleAnswer> {
    let answer = source.look_up(license, claimant);
    answer.validate()?;
    let source = source.source();
    Ok(RecordedCheck {
        check: LicenseCheck {
            source_kind: source.kind,
            source_name: source.name.clone(),
            source_url: source.url.clone(),
            checked_at: at,
            as_of: source.as_of,
            outcome: answer.outcome,
            board_status: answer.board_status,
            expires_on: answer.expires_on,
            mismatches: answer.mismatches,
        },
        method: source.method,
        board_status_raw: answer.board_status_raw,
        mapping_version: source.mapping_version.clone(),
        snapshot_sha256: source.snapshot_sha256.clone(),
        note: answer.note,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(outcome: CheckOutcome, board_status: BoardStatus) -> SourceAnswer {
        SourceAnswer {
            outcome,
            board_status,
            ..SourceAnswer::unavailable(None)
        }
    }

    #[test]
    fn a_source_that_did_not_answer_is_unknown_and_never_not_found() {
        let silent = SourceAnswer::unavailable(None);
        assert_eq!(silent.board_status, BoardStatus::Unknown);
        assert_eq!(silent.validate(), Ok(()));
        for status in BoardStatus::ALL {
            let told = answer(CheckOutcome::SourceUnavailable, *status).validate();
            assert_eq!(told.is_ok(), *status == BoardStatus::Unknown, "{status}");
        }
    }

    #[test]
    fn an_answer_does_not_contradict_itself() {
        use BoardStatus::{Active, NotFound, Unknown};
        for (outcome, status, fields, wrong) in [
            (CheckOutcome::Match, Active, 0, None),
            (CheckOutcome::Match, Unknown, 0, Some("boardStatus")),
            (CheckOutcome::Match, NotFound, 0, Some("boardStatus")),
            (CheckOutcome::NotFound, NotFound, 0, None),
            (CheckOutcome::NotFound, Active, 0, Some("boardStatus")),
            (CheckOutcome::Mismatch, Active, 1, None),
            (CheckOutcome::Mismatch, Active, 0, Some("mismatches")),
            (CheckOutcome::Match, Active, 1, Some("mismatches")),
            (CheckOutcome::NeedsReview, Unknown, 0, None),
        ] {
            let told = SourceAnswer {
                mismatches: vec![MismatchField::Dates; fields],
                ..answer(outcome, status)
            };
            let found = told.validate().err().map(|error| error.field);
            assert_eq!(found, wrong, "{outcome} {status} {fields}");
        }
    }

    #[test]
    fn only_a_proving_source_that_is_sure_of_the_person_shows_a_board_action() {
        use CheckOutcome::{Match, Mismatch};
        use CheckSourceKind::{Primary, Secondary};

        let check = |kind, outcome, status, mismatches| RecordedCheck {
            check: LicenseCheck {
                source_kind: kind,
                source_name: "A board".into(),
                source_url: None,
                checked_at: DateTime::UNIX_EPOCH,
                as_of: DateTime::UNIX_EPOCH.date_naive(),
                outcome,
                board_status: status,
                expires_on: None,
                mismatches,
            },
            method: CheckMethod::BoardWebsite,
            board_status_raw: None,
            mapping_version: None,
            snapshot_sha256: None,
            note: None,
        };
        for (kind, outcome, status, mismatches, expected) in [
            (Primary, Match, BoardStatus::Revoked, vec![], true),
            (
                Primary,
                Match,
                BoardStatus::SuspendedDisciplinary,
                vec![],
                true,
            ),
            (Secondary, Match, BoardStatus::Revoked, vec![], false),
            (Primary, Match, BoardStatus::SuspendedAdmin, vec![], false),
            (
                Primary,
                Mismatch,
                BoardStatus::Revoked,
                vec![MismatchField::Name],
                false,
            ),
            (
                Primary,
                Mismatch,
                BoardStatus::Revoked,
                vec![MismatchField::Dates],
                true,
            ),
            (
                Primary,
                CheckOutcome::NeedsReview,
                BoardStatus::Revoked,
                vec![],
                false,
            ),
        ] {
            let found = check(kind, outcome, status, mismatches).is_board_action();
            assert_eq!(found, expected, "{kind} {outcome} {status}");
        }
    }
}
