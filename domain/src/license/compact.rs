//! Compacts: which state lets others' licensees practise, since when.
//!
//! A state may make a compact law years before it issues a privilege, so what it has done is dated data,
//! one row a step, each with where it was read. [`super::privilege`] says what follows for a licence.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::scope::Confidence;
use crate::taxonomy::Discipline;

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

/// From a day on, until the next such day, a state's part in the compact of a discipline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompactPeriod {
    /// Whose compact.
    pub discipline: Discipline,
    /// Which state.
    pub jurisdiction: Jurisdiction,
    /// The first day.
    pub from: NaiveDate,
    /// What it has done.
    pub status: CompactStatus,
    /// The text or announcement that says so.
    pub citation: Option<Box<str>>,
    /// Where we read of it.
    pub source_url: Option<Box<str>>,
    /// The day whose truth the source tells.
    pub source_as_of: Option<NaiveDate>,
    /// How sure we are of the status and its first day; LOW where the day is only known not to be earlier
    /// than the truth.
    pub confidence: Confidence,
    /// In our words, where there is something to say.
    pub note: Option<Box<str>>,
}

/// Every state's part in every compact, in time. Where no row says otherwise a state has done nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compacts(BTreeMap<(Discipline, Jurisdiction), Vec<CompactPeriod>>);

/// What cannot be of a table of compacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CompactError {
    /// Two rows begin on one day.
    #[error("{jurisdiction} {discipline}: two periods begin on {from}")]
    Twice {
        /// Whose compact.
        discipline: Discipline,
        /// Which state.
        jurisdiction: Jurisdiction,
        /// The day.
        from: NaiveDate,
    },
    /// Nobody says where it was read.
    #[error("{jurisdiction} {discipline} from {from}: name a citation or a source URL")]
    Unsourced {
        /// Whose compact.
        discipline: Discipline,
        /// Which state.
        jurisdiction: Jurisdiction,
        /// Its first day.
        from: NaiveDate,
    },
}

impl Compacts {
    /// Takes periods in any order.
    ///
    /// # Errors
    /// Everything in them that contradicts itself or has no source.
    pub fn new(
        periods: impl IntoIterator<Item = CompactPeriod>,
    ) -> Result<Self, Vec<CompactError>> {
        let mut all: BTreeMap<_, Vec<CompactPeriod>> = BTreeMap::new();
        for period in periods {
            let pair = (period.discipline, period.jurisdiction);
            all.entry(pair).or_default().push(period);
        }
        let mut errors = Vec::new();
        for ((discipline, jurisdiction), periods) in &mut all {
            periods.sort_by_key(|period| period.from);
            let (discipline, jurisdiction) = (*discipline, *jurisdiction);
            let unsourced = periods
                .iter()
                .filter(|period| period.citation.is_none() && period.source_url.is_none());
            errors.extend(unsourced.map(|period| CompactError::Unsourced {
                discipline,
                jurisdiction,
                from: period.from,
            }));
            let twice = periods.windows(2).filter(|two| two[0].from == two[1].from);
            errors.extend(twice.map(|two| CompactError::Twice {
                discipline,
                jurisdiction,
                from: two[0].from,
            }));
        }
        if errors.is_empty() {
            Ok(Self(all))
        } else {
            Err(errors)
        }
    }

    /// What a state had done by a day; nothing where no row says otherwise.
    pub fn status(
        &self,
        discipline: Discipline,
        jurisdiction: Jurisdiction,
        on: NaiveDate,
    ) -> CompactStatus {
        let periods = self.of(discipline, jurisdiction).iter();
        periods
            .rev()
            .find(|period| period.from <= on)
            .map_or(CompactStatus::None, |period| period.status)
    }

    /// The last day through which a state that issues on a day is known to go on issuing; `None` while no
    /// end is known.
    pub(super) fn issues_through(
        &self,
        discipline: Discipline,
        jurisdiction: Jurisdiction,
        on: NaiveDate,
    ) -> Option<NaiveDate> {
        let mut later = self.of(discipline, jurisdiction).iter();
        later
            .find(|period| period.from > on && period.status != CompactStatus::Issuing)
            .and_then(|period| period.from.pred_opt())
    }

    /// A state's periods in the compact of a discipline, oldest first.
    pub fn of(&self, discipline: Discipline, jurisdiction: Jurisdiction) -> &[CompactPeriod] {
        self.0
            .get(&(discipline, jurisdiction))
            .map_or(&[], Vec::as_slice)
    }

    /// Every period, by discipline, jurisdiction and day.
    pub fn periods(&self) -> impl Iterator<Item = &CompactPeriod> {
        self.0.values().flatten()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::license) fn period(
        jurisdiction: Jurisdiction,
        from: &str,
        status: CompactStatus,
    ) -> CompactPeriod {
        CompactPeriod {
            discipline: Discipline::PhysicalTherapist,
            jurisdiction,
            from: from.parse().unwrap(),
            status,
            citation: Some("an act".into()),
            source_url: None,
            source_as_of: None,
            confidence: Confidence::High,
            note: None,
        }
    }

    fn status(compacts: &Compacts, jurisdiction: Jurisdiction, on: &str) -> CompactStatus {
        compacts.status(
            Discipline::PhysicalTherapist,
            jurisdiction,
            on.parse().unwrap(),
        )
    }

    #[test]
    fn a_state_has_done_what_the_last_row_before_a_day_says() {
        let compacts = Compacts::new([
            period(Jurisdiction::Pa, "2025-07-07", CompactStatus::Issuing),
            period(Jurisdiction::Pa, "2022-07-01", CompactStatus::Enacted),
            period(Jurisdiction::Pa, "2030-01-01", CompactStatus::None),
        ])
        .unwrap();
        for (on, expected) in [
            ("2022-06-30", CompactStatus::None),
            ("2022-07-01", CompactStatus::Enacted),
            ("2025-07-06", CompactStatus::Enacted),
            ("2025-07-07", CompactStatus::Issuing),
            ("2030-01-01", CompactStatus::None),
        ] {
            assert_eq!(status(&compacts, Jurisdiction::Pa, on), expected, "{on}");
        }
        assert_eq!(
            status(&compacts, Jurisdiction::Ca, "2026-01-01"),
            CompactStatus::None
        );
        let on: NaiveDate = "2026-11-21".parse().unwrap();
        let chiropractors = compacts.status(Discipline::Chiropractor, Jurisdiction::Pa, on);
        assert_eq!(chiropractors, CompactStatus::None);
        let through = compacts.issues_through(Discipline::PhysicalTherapist, Jurisdiction::Pa, on);
        assert_eq!(through, "2029-12-31".parse().ok());
    }

    #[test]
    fn two_rows_of_a_day_and_a_row_without_a_source_are_refused() {
        let again = period(Jurisdiction::Pa, "2025-07-07", CompactStatus::Enacted);
        let unsourced = CompactPeriod {
            citation: None,
            ..period(Jurisdiction::Az, "2020-01-01", CompactStatus::Issuing)
        };
        let first = period(Jurisdiction::Pa, "2025-07-07", CompactStatus::Issuing);
        let errors = Compacts::new([first, again, unsourced]).unwrap_err();
        let words: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            [
                "AZ PHYSICAL_THERAPIST from 2020-01-01: name a citation or a source URL",
                "PA PHYSICAL_THERAPIST: two periods begin on 2025-07-07",
            ]
        );
    }
}
