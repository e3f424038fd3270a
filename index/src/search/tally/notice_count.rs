//! Whom the law hides.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::place::Jurisdiction;
use domain::scope::ScopeStatus;
use domain::taxonomy::Discipline;

use super::super::asked::Asked;
use super::super::found::Notice;
use super::reach::Reach;
use crate::segment::{PlaceRow, PracticeRow};

/// Distinct people by jurisdiction and discipline, and the last day on which one is hidden.
#[derive(Debug, Default)]
pub(super) struct NoticeCount(BTreeMap<(Jurisdiction, Discipline), (NaiveDate, usize)>);

impl NoticeCount {
    pub(super) fn count(&mut self, asked: &Asked<'_>, reach: &Reach<'_>) {
        let segment = asked.segment();
        let mut law = HidingLaw::new(asked);
        let mut hidden: Vec<(Jurisdiction, Discipline, NaiveDate)> = Vec::new();
        reach.for_each(asked, |person| {
            hidden.clear();
            for place in segment.places_of(person) {
                let row = segment.place(place);
                let is_elsewhere = asked
                    .criteria
                    .jurisdiction
                    .is_some_and(|asked| asked != row.jurisdiction);
                if is_elsewhere || asked.distance(row).is_none() {
                    continue;
                }
                let practices = segment.practices_at(place).iter();
                hidden.extend(
                    practices
                        .filter(|practice| asked.practice_misses(practice).is_none())
                        .filter(|practice| law.hides(asked, row, practice))
                        .map(|practice| {
                            let on = asked.day(row).on();
                            (row.jurisdiction, practice.discipline, on)
                        }),
                );
            }
            hidden.sort_unstable();
            for (number, (jurisdiction, discipline, on)) in hidden.iter().enumerate() {
                let (last_on, count) = self
                    .0
                    .entry((*jurisdiction, *discipline))
                    .or_insert((*on, 0));
                *last_on = (*last_on).max(*on);
                let is_counted = hidden[..number]
                    .last()
                    .is_some_and(|before| (before.0, before.1) == (*jurisdiction, *discipline));
                *count += usize::from(!is_counted);
            }
        });
    }

    pub(super) fn finish(self) -> Vec<Notice> {
        let notices = self.0.into_iter();
        notices
            .map(|((jurisdiction, discipline), (on, hidden_count))| Notice {
                jurisdiction,
                discipline,
                on,
                hidden_count,
            })
            .collect()
    }
}

/// Whether the law hides a discipline, looked up once for each zone, jurisdiction and discipline.
struct HidingLaw(Vec<Option<bool>>);

impl HidingLaw {
    fn new(asked: &Asked<'_>) -> Self {
        let zones = asked.segment().zones.len();
        Self(vec![
            None;
            zones * Jurisdiction::ALL.len() * Discipline::ALL.len()
        ])
    }

    fn hides(&mut self, asked: &Asked<'_>, place: &PlaceRow, practice: &PracticeRow) -> bool {
        let pair = place.zone as usize * Jurisdiction::ALL.len() + place.jurisdiction as usize;
        let at = pair * Discipline::ALL.len() + practice.discipline as usize;
        *self.0[at].get_or_insert_with(|| {
            let on = asked.day(place).on();
            let decision = asked
                .rules
                .scope
                .decide(practice.discipline, place.jurisdiction, on);
            match decision.status {
                ScopeStatus::Prohibited | ScopeStatus::Unknown => true,
                ScopeStatus::Permitted | ScopeStatus::Conditional | ScopeStatus::Silent => false,
            }
        })
    }
}
