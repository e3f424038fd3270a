//! Hours of training. Overlapping certificates count once, whoever issued them: nobody sits in two
//! courses at a time, and a series certificate sums up courses that have certificates of their own.

use chrono::NaiveDate;

use super::answer::{Answer, Lack, Shortfall};
use crate::credential::CredentialKind;
use crate::scope::evidence::{Evidence, Verified};
use crate::scope::requirement::{Requirement, RequirementKind, RequirementSubject};
use crate::scope::rule::ScopeRule;
use crate::time::earlier_end;
use crate::training::{TrainingCredential, TrainingHours};

/// Judges a requirement of hours by the trainings that count.
///
/// Where the papers leave open how much they hold, the requirement is met only by what they surely
/// hold, and missed only by what they hold at most.
pub(super) fn judge(
    requirement: &Requirement,
    training: &[Verified<'_, TrainingCredential>],
    limited: Option<Lack>,
    evidence: &Evidence<'_>,
) -> Answer {
    let (Some(measure), Some(needed)) = (Measure::of(requirement.kind), requirement.minutes())
    else {
        return Answer::NotEvidenced(Lack::NotKnown);
    };
    let proved = Proved::by(training, measure);
    if proved.surely >= needed {
        return Answer::Met {
            until: proved.until,
        };
    }
    if let Some(limited) = limited {
        return Answer::NotEvidenced(limited);
    }
    match proved.at_most {
        AtMost::Unstated if proved.surely == 0 && training.is_empty() => {
            match evidence.looked_up_in_vain(CredentialKind::DryNeedlingTraining, None) {
                Some(on) => Answer::NotMet(Shortfall::NotInRegister(on)),
                None => Answer::NotEvidenced(Lack::NothingVerified),
            }
        }
        AtMost::Unstated => Answer::NotEvidenced(Lack::NotStated),
        AtMost::Minutes { most, lack } if most >= needed => Answer::NotEvidenced(lack),
        AtMost::Minutes { .. } => Answer::NotMet(Shortfall::Minutes(proved.surely)),
    }
}

/// Whether the hours allow limited practice only: they reach the interim figure and not the whole
/// one, which is the total, or the hours in person where no total is asked for.
pub(super) fn limited_practice(
    rule: &ScopeRule,
    training: &[Verified<'_, TrainingCredential>],
) -> Option<Lack> {
    let of_kind = |kind| {
        rule.requirements.iter().find(move |requirement| {
            requirement.kind == kind && requirement.subject == RequirementSubject::Provider
        })
    };
    let interim = of_kind(RequirementKind::InterimHours)?.minutes()?;
    let whole = of_kind(RequirementKind::TrainingHoursTotal)
        .or_else(|| of_kind(RequirementKind::TrainingHoursInPerson))?;
    let proved = Proved::by(training, Measure::of(whole.kind)?).surely;
    (interim <= proved && proved < whole.minutes()?).then_some(Lack::LimitedPractice(proved))
}

/// Do the trainings surely hold what every requirement of hours without alternative asks?
pub(super) fn suffice(rule: &ScopeRule, training: &[Verified<'_, TrainingCredential>]) -> bool {
    rule.requirements
        .iter()
        .filter(|requirement| {
            requirement.subject == RequirementSubject::Provider
                && requirement.alternative_group.is_none()
        })
        .filter_map(|requirement| Measure::of(requirement.kind).zip(requirement.minutes()))
        .all(|(measure, needed)| Proved::by(training, measure).surely >= needed)
}

/// First and last day of a training; the day it ended alone where no other is known, `None` where
/// not even that is.
pub(super) fn range(training: &TrainingCredential) -> Option<(NaiveDate, NaiveDate)> {
    let last = training.credential.completed_on?;
    let first = training.started_on.filter(|first| *first <= last);
    Some((first.unwrap_or(last), last))
}

/// Which minutes of a certificate are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Total,
    InPerson,
    Theory,
    Practical,
    Postgraduate,
}

impl Measure {
    const fn of(kind: RequirementKind) -> Option<Self> {
        match kind {
            RequirementKind::TrainingHoursTotal => Some(Self::Total),
            RequirementKind::TrainingHoursInPerson => Some(Self::InPerson),
            RequirementKind::TrainingHoursTheory => Some(Self::Theory),
            RequirementKind::TrainingHoursPractical => Some(Self::Practical),
            RequirementKind::TrainingHoursPostgraduate => Some(Self::Postgraduate),
            _ => None,
        }
    }

    /// `None` where the certificate does not say. One without any hours says nothing of them.
    fn minutes(self, training: &TrainingCredential) -> Option<u32> {
        let stated = (training.hours.total_minutes() > 0).then_some(&training.hours);
        match self {
            Self::Total => stated.map(TrainingHours::total_minutes),
            Self::InPerson => stated.map(TrainingHours::face_to_face_minutes),
            Self::Theory => training.theory_minutes,
            Self::Practical => training.practical_minutes,
            Self::Postgraduate => training.postgraduate_minutes,
        }
    }
}

/// What certificates prove of one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Proved {
    /// However the undated ones may overlap, and though two issuers may tell of one course.
    surely: u32,
    /// Should nothing undated overlap, and should two issuers never tell of one course.
    at_most: AtMost,
    /// The last day on which all that was counted is verified.
    until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AtMost {
    Minutes {
        most: u32,
        /// Why they are not sure, should they be more than what is surely proved.
        lack: Lack,
    },
    /// A certificate does not say, or there is none.
    Unstated,
}

impl Proved {
    fn by(training: &[Verified<'_, TrainingCredential>], measure: Measure) -> Self {
        let stated: Vec<_> = training
            .iter()
            .filter_map(|one| Some((one, measure.minutes(one.it)?)))
            .collect();
        let all_stated = !training.is_empty() && stated.len() == training.len();
        let (dated, undated): (Vec<_>, Vec<_>) = stated
            .iter()
            .copied()
            .partition(|(one, _)| range(one.it).is_some());
        let best = best_apart(&dated);
        let undated_best = undated
            .iter()
            .map(|(one, minutes)| (*minutes, one.until))
            .max_by_key(|(minutes, _)| *minutes)
            .unwrap_or((0, None));
        // One without any day may overlap everything.
        let (surely, until) = if undated_best.0 > best.0 {
            undated_best
        } else {
            best
        };
        let mut issuers: Vec<i64> = dated.iter().map(|(one, _)| issuer(one.it)).collect();
        issuers.sort_unstable();
        issuers.dedup();
        let apart: u32 = issuers
            .into_iter()
            .map(|from| {
                let of_issuer = dated.iter().filter(|(one, _)| issuer(one.it) == from);
                best_apart(&of_issuer.copied().collect::<Vec<_>>()).0
            })
            .sum();
        let most = apart + undated.iter().map(|(_, minutes)| minutes).sum::<u32>();
        let lack = if undated.is_empty() {
            Lack::Overlapping
        } else {
            Lack::NotDated
        };
        Self {
            surely,
            at_most: if all_stated {
                AtMost::Minutes { most, lack }
            } else {
                AtMost::Unstated
            },
            until,
        }
    }
}

fn issuer(training: &TrainingCredential) -> i64 {
    training.credential.issuer.id
}

/// The most minutes of certificates of which no two overlap, so that a series certificate does not
/// double the courses it sums up: the weighted choice among intervals, by their last day.
fn best_apart(dated: &[(&Verified<'_, TrainingCredential>, u32)]) -> (u32, Option<NaiveDate>) {
    if let [(one, minutes)] = dated {
        return (*minutes, one.until);
    }
    let mut by_end: Vec<_> = dated
        .iter()
        .filter_map(|(one, minutes)| Some((range(one.it)?, *minutes, one.until)))
        .collect();
    by_end.sort_by_key(|((first, last), ..)| (*last, *first));
    // best[n] is the best among the first n.
    let mut best: Vec<(u32, Option<NaiveDate>)> = vec![(0, None)];
    for (at, ((first, _), minutes, until)) in by_end.iter().enumerate() {
        let before = by_end[..at].partition_point(|((_, last), ..)| last < first);
        let with = (
            best[before].0 + minutes,
            earlier_end(best[before].1, *until),
        );
        let without = best[at];
        best.push(if with.0 > without.0 { with } else { without });
    }
    best[by_end.len()]
}
