//! Courses that add up to the hours that a person's law asks for.

use domain::credential::{Credential, CredentialId, CredentialKind};
use domain::training::{CourseApproval, TrainingCredential, TrainingHours};

use super::calendar::Calendar;
use super::credential::{SCHOOLS, issuer, verified};
use super::dice::Dice;
use super::needs::Hours;

/// What the courses of one person come to, and when they were taken.
pub(super) struct Plan<'a> {
    pub(super) hours: Hours,
    pub(super) approvals: &'a [Box<str>],
    /// The first course began so many days ago.
    pub(super) from_days_ago: u32,
    /// The last one ended so many days ago.
    pub(super) to_days_ago: u32,
    /// The certificates were verified so many days ago.
    pub(super) verified_days_ago: u32,
}

/// One to three courses, one after the other, none overlapping.
pub(super) fn courses(
    dice: &mut Dice,
    calendar: Calendar,
    plan: &Plan<'_>,
    mut id: impl FnMut() -> CredentialId,
) -> Vec<TrainingCredential> {
    let whole = minutes(dice, plan.hours);
    let count = match whole.hours.total_minutes() / 60 {
        0..=30 => 1,
        31..=120 => 2,
        _ => 3,
    };
    let school = *dice.pick(SCHOOLS);
    let span = (plan.from_days_ago - plan.to_days_ago) / count;
    (0..count)
        .map(|nth| {
            let share = whole.share(nth, count);
            let from = plan.from_days_ago - nth * span;
            let last = nth + 1 == count;
            let to = if last {
                plan.to_days_ago
            } else {
                // At least a day between two courses.
                from - dice.between(1, span.saturating_sub(1).max(1)).min(span - 1)
            };
            let completed_on = Some(calendar.day(to));
            TrainingCredential {
                credential: Credential {
                    version: 1,
                    id: id(),
                    kind: CredentialKind::DryNeedlingTraining,
                    title: title(nth, count).into(),
                    issuer: issuer(school),
                    names: None,
                    jurisdiction: None,
                    discipline: None,
                    sessions: None,
                    issued_on: completed_on,
                    completed_on,
                    expires_on: dice
                        .percent(8)
                        .then(|| calendar.day_ahead(dice.between(90, 900))),
                    overturned_at: None,
                    history: vec![verified(calendar.instant(dice, plan.verified_days_ago))],
                },
                started_on: Some(calendar.day(from)),
                hours: share.hours,
                theory_minutes: share.theory,
                practical_minutes: share.practical,
                postgraduate_minutes: share.postgraduate,
                approvals: plan
                    .approvals
                    .iter()
                    .map(|body| CourseApproval {
                        body: body.clone(),
                        number: dice
                            .percent(60)
                            .then(|| format!("S-{:05}", dice.between(1, 99_999)).into()),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn title(nth: u32, count: u32) -> &'static str {
    match (nth, count) {
        (0, 1) => "Dry Needling Foundations",
        (0, _) => "Dry Needling 1: Foundations",
        (1, _) => "Dry Needling 2: Advanced Techniques",
        _ => "Dry Needling 3: Clinical Practicum",
    }
}

/// Minutes of all courses of a person, or of one of them.
struct Minutes {
    hours: TrainingHours,
    theory: Option<u32>,
    practical: Option<u32>,
    postgraduate: Option<u32>,
}

impl Minutes {
    /// One course's part; the last takes what does not divide.
    fn share(&self, nth: u32, count: u32) -> Self {
        let part = |whole: u32| {
            let each = whole / count;
            if nth + 1 == count {
                whole - each * (count - 1)
            } else {
                each
            }
        };
        Self {
            hours: TrainingHours {
                in_person_minutes: part(self.hours.in_person_minutes),
                live_online_minutes: part(self.hours.live_online_minutes),
                self_paced_minutes: part(self.hours.self_paced_minutes),
                supervised_clinical_minutes: part(self.hours.supervised_clinical_minutes),
            },
            theory: self.theory.map(part),
            practical: self.practical.map(part),
            postgraduate: self.postgraduate.map(part),
        }
    }
}

/// At least the hours asked for, split by mode, with what certificates say about theory and practice.
fn minutes(dice: &mut Dice, asked: Hours) -> Minutes {
    let least = asked
        .total
        .max(asked.in_person)
        .max(asked.theory + asked.practical)
        .max(asked.postgraduate);
    // Half hours occur: a course of 27.5 hours has 1,650 minutes.
    let total = least * 60 + 30 * dice.between(0, 4);
    let rest = total - asked.in_person * 60;
    let face_to_face = asked.in_person * 60 + rest * dice.between(30, 100) / 100;
    let supervised = face_to_face * dice.between(0, 25) / 100;
    let online = total - face_to_face;
    let live = online * dice.between(0, 100) / 100;
    let says = |dice: &mut Dice, hours: u32| hours > 0 || dice.percent(40);
    let practical = (asked.practical * 60).max((total - asked.theory * 60) * 55 / 100);
    Minutes {
        hours: TrainingHours {
            in_person_minutes: face_to_face - supervised,
            live_online_minutes: live,
            self_paced_minutes: online - live,
            supervised_clinical_minutes: supervised,
        },
        theory: says(dice, asked.theory).then_some(total - practical),
        practical: says(dice, asked.practical).then_some(practical),
        postgraduate: says(dice, asked.postgraduate).then_some(total),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    #[test]
    fn courses_add_up_to_what_was_asked_and_never_overlap() {
        let calendar = Calendar::new(DateTime::<Utc>::UNIX_EPOCH);
        for seed in 0..500 {
            let mut dice = Dice::new(seed, 0);
            let (theory, practical) = (dice.between(0, 100), dice.between(0, 200));
            let asked = Hours {
                total: dice.between(1, 330),
                in_person: dice.between(0, 200),
                theory,
                practical,
                postgraduate: dice.between(0, 30),
            };
            let plan = Plan {
                hours: asked,
                approvals: &["BOARD".into()],
                from_days_ago: 400 + dice.between(12, 330),
                to_days_ago: 400,
                verified_days_ago: 300,
            };
            let taken = courses(&mut dice, calendar, &plan, || CredentialId(1));
            let sum = |minutes: fn(&TrainingCredential) -> u32| {
                taken.iter().map(minutes).sum::<u32>() / 60
            };
            assert!(
                sum(|it| it.hours.total_minutes())
                    >= asked.total.max(asked.theory + asked.practical)
            );
            assert!(sum(|it| it.hours.face_to_face_minutes()) >= asked.in_person);
            assert!(
                sum(|it| it.theory_minutes.unwrap_or(0)) >= asked.theory,
                "{asked:?}"
            );
            assert!(sum(|it| it.practical_minutes.unwrap_or(0)) >= asked.practical);
            assert!(sum(|it| it.postgraduate_minutes.unwrap_or(0)) >= asked.postgraduate);
            for it in &taken {
                assert!(it.started_on <= it.credential.completed_on);
            }
            for pair in taken.windows(2) {
                assert!(pair[0].credential.completed_on < pair[1].started_on);
            }
        }
    }
}
