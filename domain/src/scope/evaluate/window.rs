//! Within how many years a training has to be finished, and which trainings therefore count.

use super::answer::{Answer, Lack, Shortfall};
use super::hours::{range, suffice};
use crate::scope::evidence::{Evidence, Verified};
use crate::scope::rule::ScopeRule;
use crate::time::{earlier_end, months_after};
use crate::training::TrainingCredential;

/// The trainings that count, and whether they were finished in time.
pub(super) struct Training<'a> {
    pub(super) counted: Vec<Verified<'a, TrainingCredential>>,
    pub(super) window: Answer,
}

/// Picks the trainings that count for a rule.
///
/// Without a window all verified ones do. With one, those of a stretch of that length in which the
/// hours are complete: an older course beyond what the law asks does no harm. The window runs from
/// the earliest start to the latest completion, both days included.
pub(super) fn counted<'a>(rule: &ScopeRule, evidence: &Evidence<'a>) -> Training<'a> {
    let all: Vec<_> = evidence.training().collect();
    let Some(months) = rule.completion_window_months() else {
        return Training {
            counted: all,
            window: Answer::NotEvidenced(Lack::NotKnown),
        };
    };
    let in_time = stretches(&all, months).find(|counted| suffice(rule, counted));
    if let Some(counted) = in_time {
        let until = counted
            .iter()
            .fold(None, |until, one| earlier_end(until, one.until));
        return Training {
            window: Answer::Met { until },
            counted,
        };
    }
    Training {
        window: missed(rule, &all),
        counted: all,
    }
}

/// For each training with both days known, those that lie within the window that it opens.
fn stretches<'t, 'a>(
    all: &'t [Verified<'a, TrainingCredential>],
    months: u32,
) -> impl Iterator<Item = Vec<Verified<'a, TrainingCredential>>> + 't {
    all.iter().filter_map(known_range).map(move |(opens, _)| {
        let closes = months_after(opens, months);
        all.iter()
            .filter(|one| {
                known_range(one).is_some_and(|(first, last)| opens <= first && last <= closes)
            })
            .copied()
            .collect()
    })
}

/// What to say when no stretch holds the hours.
fn missed(rule: &ScopeRule, all: &[Verified<'_, TrainingCredential>]) -> Answer {
    if all.is_empty() {
        return Answer::NotEvidenced(Lack::NothingVerified);
    }
    if !suffice(rule, all) {
        return Answer::NotEvidenced(Lack::HoursIncomplete);
    }
    let ranges: Option<Vec<_>> = all.iter().map(known_range).collect();
    let span = ranges.and_then(|ranges| {
        let from = ranges.iter().map(|(first, _)| *first).min()?;
        let to = ranges.iter().map(|(_, last)| *last).max()?;
        Some((from, to))
    });
    match span {
        Some((from, to)) => Answer::NotMet(Shortfall::Took { from, to }),
        None => Answer::NotEvidenced(Lack::NotDated),
    }
}

/// Unlike for overlaps, a start that nobody knows is not taken to be the day of completion.
fn known_range(
    one: &Verified<'_, TrainingCredential>,
) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    one.it.started_on.and_then(|_| range(one.it))
}
