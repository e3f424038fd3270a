//! A look at everybody.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use domain::eligibility::{ListingOutcome, Rulebook, outcome};
use domain::license::{BoardStatus, CheckOutcome, CheckSourceKind, LicenseCheck, LicenseId};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::{Practice, Provider};
use domain::scope::ScopeStatus;
use domain::search::RawCriteria;
use domain::taxonomy::Discipline;
use domain::time::Day;
use geo::{Distance, Haversine, Point};
use index::{Facets, Notice};

use super::question::Question;

/// Everybody, with what does not depend on a question.
pub(super) struct Scan<'a> {
    rules: &'a Rulebook,
    now: DateTime<Utc>,
    people: Vec<Person<'a>>,
    rows: Vec<Row<'a>>,
    /// The day and outcome of every row, by the day asked for.
    judged: HashMap<Option<NaiveDate>, Rc<[(Day, ListingOutcome)]>>,
}

struct Person<'a> {
    provider: &'a Provider,
    words: Vec<String>,
    order: (String, String, Npi),
}

/// A person at a place under a licence.
struct Row<'a> {
    person: usize,
    location: usize,
    practice: Practice<'a>,
    state: Jurisdiction,
    point: Option<Point>,
}

/// One question, with what it makes of every row and person.
struct Look<'a> {
    scan: &'a Scan<'a>,
    asked: &'a RawCriteria,
    judged: Rc<[(Day, ListingOutcome)]>,
    /// Of those within the circle.
    distances: Vec<Option<f64>>,
    named: Vec<bool>,
}

/// Somebody who matches, and how.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub(super) npi: Npi,
    pub(super) location: usize,
    pub(super) license: Option<LicenseId>,
    pub(super) discipline: Discipline,
    pub(super) outcome: ListingOutcome,
    pub(super) distance_meters: Option<f64>,
    pub(super) point: Option<Point>,
    /// The distances of all of the person's places, by their index.
    pub(super) distances: Vec<Option<f64>>,
}

/// The whole answer, in order.
pub(super) struct Answer {
    pub(super) matches: Vec<Match>,
    pub(super) notices: Vec<Notice>,
    pub(super) facets: Facets,
}

/// The one filter that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Without {
    Nothing,
    Disciplines,
    Jurisdiction,
    Languages,
    Accepting,
    Access,
}

impl<'a> Scan<'a> {
    pub(super) fn new(people: &'a [Provider], rules: &'a Rulebook, now: DateTime<Utc>) -> Self {
        let mut rows = Vec::new();
        for (person, provider) in people.iter().enumerate() {
            for practice in provider.practices() {
                let Some(place) = practice.location else {
                    continue;
                };
                let at = provider.locations.iter().position(|it| it.id == place.id);
                rows.push(Row {
                    person,
                    location: at.unwrap(),
                    practice,
                    state: place.address.state,
                    point: place.position.map(|position| {
                        Point::new(position.point.longitude(), position.point.latitude())
                    }),
                });
            }
        }
        let people = people.iter().map(|provider| Person {
            provider,
            words: provider
                .former_names
                .iter()
                .chain([&provider.name])
                .flat_map(|name| words(&name.full()))
                .collect(),
            order: (
                plain(provider.name.family.as_deref().unwrap_or("")),
                plain(provider.name.given.as_deref().unwrap_or("")),
                provider.npi,
            ),
        });
        Self {
            rules,
            now,
            people: people.collect(),
            rows,
            judged: HashMap::new(),
        }
    }

    pub(super) fn answer(&mut self, question: &Question) -> Answer {
        let asked = question.criteria.get();
        let named: Vec<bool> = self
            .people
            .iter()
            .map(|person| is_called(person, asked.name.as_deref()))
            .collect();
        let judged = self.judge(asked.on);
        let look = Look {
            scan: self,
            asked,
            judged,
            distances: self.distances(question.circle),
            named,
        };
        let at_least = question.criteria.at_least();
        let shown: Vec<usize> = (0..self.rows.len())
            .filter(|row| question.circle.is_none() || look.distances[*row].is_some())
            .filter(|row| look.named[self.rows[*row].person])
            .filter(|row| look.judged[*row].1 >= at_least && look.is_confirmed(*row))
            .collect();
        Answer {
            matches: look.matches(&shown),
            notices: look.notices(),
            facets: look.facets(&shown),
        }
    }

    fn judge(&mut self, on: Option<NaiveDate>) -> Rc<[(Day, ListingOutcome)]> {
        let judged = self.judged.entry(on).or_insert_with(|| {
            let judged = self.rows.iter().map(|row| {
                let provider = self.people[row.person].provider;
                let zone = row.practice.location.unwrap().zone;
                let today = self.now.with_timezone(&zone).date_naive();
                let day = Day::new(on.unwrap_or(today), today);
                (day, outcome(provider, row.practice, self.rules, day))
            });
            judged.collect()
        });
        Rc::clone(judged)
    }

    /// By row, of those within the circle.
    fn distances(&self, circle: Option<(f64, f64, f64)>) -> Vec<Option<f64>> {
        let Some((latitude, longitude, radius)) = circle else {
            return vec![None; self.rows.len()];
        };
        let origin = Point::new(longitude, latitude);
        let measured = self.rows.iter().map(|row| {
            let meters = Haversine.distance(origin, row.point?);
            assert!((meters - radius).abs() > 1e-6, "the question has an answer");
            (meters <= radius).then_some(meters)
        });
        measured.collect()
    }
}

impl Look<'_> {
    fn is_confirmed(&self, at: usize) -> bool {
        let Some(within) = self.asked.verified_within_days else {
            return true;
        };
        let row = &self.scan.rows[at];
        let zone = row.practice.location.unwrap().zone;
        let day = self.judged[at].0.evidence_on();
        let Some(license) = row.practice.license else {
            return false;
        };
        let mut answers: Vec<&LicenseCheck> = license
            .checks
            .iter()
            .filter(|check| check.checked_at.with_timezone(&zone).date_naive() <= day)
            .filter(|check| {
                use CheckSourceKind::{
                    AgentOfPrimary, IssuerSignature, Primary, PrimaryEquivalent,
                };
                [Primary, AgentOfPrimary, PrimaryEquivalent, IssuerSignature]
                    .contains(&check.source_kind)
            })
            .filter(|check| {
                use CheckOutcome::{Match, Mismatch, NotFound};
                [Match, Mismatch, NotFound].contains(&check.outcome)
            })
            .collect();
        answers.sort_by_key(|check| (check.as_of, check.checked_at));
        answers.last().is_some_and(|last| {
            use BoardStatus::{Active, ActiveConditions, Probation};
            last.outcome == CheckOutcome::Match
                && [Active, ActiveConditions, Probation].contains(&last.board_status)
                && (day - last.as_of).num_days() <= within
        })
    }

    fn passes(&self, row: &Row<'_>, without: Without) -> bool {
        let asked = self.asked;
        let provider = self.scan.people[row.person].provider;
        let place = row.practice.location.unwrap();
        let ignores = |filter| without == filter;
        (ignores(Without::Disciplines)
            || asked.disciplines.is_empty()
            || asked.disciplines.contains(&row.practice.discipline))
            && (ignores(Without::Jurisdiction)
                || asked.jurisdiction.is_none_or(|it| it == row.state))
            && (ignores(Without::Languages)
                || asked.languages.is_empty()
                || asked
                    .languages
                    .iter()
                    .any(|range| provider.languages.iter().any(|tag| is_in_range(tag, range))))
            && (ignores(Without::Accepting)
                || asked.accepts_new_patients.is_none()
                || asked.accepts_new_patients == provider.accepts_new_patients)
            && (ignores(Without::Access)
                || asked.wheelchair_access.is_none()
                || asked.wheelchair_access == place.wheelchair_access)
    }

    fn matches(&self, shown: &[usize]) -> Vec<Match> {
        let rows = &self.scan.rows;
        let mut best: BTreeMap<usize, usize> = BTreeMap::new();
        for at in shown {
            if self.passes(&rows[*at], Without::Nothing) {
                let known = best.entry(rows[*at].person).or_insert(*at);
                if self.rank(*at) < self.rank(*known) {
                    *known = *at;
                }
            }
        }
        let mut best: Vec<usize> = best.into_values().collect();
        let order = |at: usize| &self.scan.people[rows[at].person].order;
        best.sort_by(|a, b| match (self.distances[*a], self.distances[*b]) {
            (Some(near), Some(far)) => near.total_cmp(&far).then(order(*a).2.cmp(&order(*b).2)),
            _ => order(*a).cmp(order(*b)),
        });
        best.into_iter().map(|at| self.describe(at)).collect()
    }

    /// Nearest, then best, then first on file; there the first discipline and licence.
    fn rank(
        &self,
        at: usize,
    ) -> (
        u64,
        Reverse<ListingOutcome>,
        usize,
        Discipline,
        Option<LicenseId>,
    ) {
        let row = &self.scan.rows[at];
        (
            // The bits of floats that are not negative are ordered like the floats.
            self.distances[at].unwrap_or(0.0).to_bits(),
            Reverse(self.judged[at].1),
            row.location,
            row.practice.discipline,
            row.practice.license.map(|license| license.id),
        )
    }

    fn describe(&self, at: usize) -> Match {
        let rows = &self.scan.rows;
        let row = &rows[at];
        let provider = self.scan.people[row.person].provider;
        let mut by_place = vec![None; provider.locations.len()];
        let first = rows.partition_point(|other| other.person < row.person);
        for (other, meters) in rows[first..].iter().zip(&self.distances[first..]) {
            if other.person != row.person {
                break;
            }
            by_place[other.location] = *meters;
        }
        Match {
            npi: provider.npi,
            location: row.location,
            license: row.practice.license.map(|license| license.id),
            discipline: row.practice.discipline,
            outcome: self.judged[at].1,
            distance_meters: self.distances[at],
            point: row.point,
            distances: by_place,
        }
    }

    fn notices(&self) -> Vec<Notice> {
        let asked = self.asked;
        let mut hidden: BTreeMap<(Jurisdiction, Discipline), (NaiveDate, BTreeSet<usize>)> =
            BTreeMap::new();
        for (at, row) in self.scan.rows.iter().enumerate() {
            let state = row.state;
            let is_there = match (asked.near, asked.jurisdiction) {
                (Some(_), None) => self.distances[at].is_some(),
                (Some(_), Some(asked)) => self.distances[at].is_some() && asked == state,
                (None, Some(asked)) => asked == state,
                (None, None) => self.named[row.person],
            };
            let discipline = row.practice.discipline;
            let is_asked = asked.disciplines.is_empty() || asked.disciplines.contains(&discipline);
            if !is_there || !is_asked {
                continue;
            }
            let on = self.judged[at].0.on();
            let decision = self.scan.rules.scope.decide(discipline, state, on);
            if matches!(
                decision.status,
                ScopeStatus::Prohibited | ScopeStatus::Unknown
            ) {
                let (last, people) = hidden.entry((state, discipline)).or_default();
                *last = if people.is_empty() { on } else { on.max(*last) };
                people.insert(row.person);
            }
        }
        let notices = hidden.into_iter();
        notices
            .map(|((jurisdiction, discipline), (on, people))| Notice {
                jurisdiction,
                discipline,
                on,
                hidden_count: people.len(),
            })
            .collect()
    }

    fn facets(&self, shown: &[usize]) -> Facets {
        let rows = |without| {
            let rows = shown.iter().map(|at| &self.scan.rows[*at]);
            rows.filter(move |row| self.passes(row, without))
        };
        let provider = |row: &Row<'_>| self.scan.people[row.person].provider;
        let booleans = |counts: Vec<(bool, usize)>| counts.into_iter().rev().collect();
        Facets {
            disciplines: people_by(
                rows(Without::Disciplines).map(|row| (row.practice.discipline, row)),
            ),
            jurisdictions: people_by(rows(Without::Jurisdiction).map(|row| (row.state, row))),
            languages: people_by(rows(Without::Languages).flat_map(|row| {
                let tags = provider(row).languages.iter();
                tags.map(move |tag| (well_written(tag), row))
            })),
            accepts_new_patients: booleans(people_by(
                rows(Without::Accepting)
                    .filter_map(|row| Some((provider(row).accepts_new_patients?, row))),
            )),
            wheelchair_access: booleans(people_by(
                rows(Without::Access)
                    .filter_map(|row| Some((row.practice.location?.wheelchair_access?, row))),
            )),
        }
    }
}

fn people_by<'a, T: Ord>(rows: impl Iterator<Item = (T, &'a Row<'a>)>) -> Vec<(T, usize)> {
    let mut people: BTreeMap<T, BTreeSet<usize>> = BTreeMap::new();
    for (value, row) in rows {
        people.entry(value).or_default().insert(row.person);
    }
    let counts = people
        .into_iter()
        .map(|(value, people)| (value, people.len()));
    counts.collect()
}

fn is_in_range(tag: &str, range: &str) -> bool {
    let (tag, range) = (tag.to_lowercase(), range.to_lowercase());
    tag == range || tag.starts_with(&format!("{range}-"))
}

/// The tags of these people, as the registry of subtags writes them.
fn well_written(tag: &str) -> Box<str> {
    match tag {
        "EN-us" => "en-US".into(),
        "EN" => "en".into(),
        "zh-hant-TW" => "zh-Hant-TW".into(),
        other => {
            assert!(!other.contains(|sign: char| sign.is_uppercase()), "{other}");
            other.into()
        }
    }
}

fn is_called(person: &Person<'_>, asked: Option<&str>) -> bool {
    let begins = |word: &str| person.words.iter().any(|own| own.starts_with(word));
    let Some(asked) = asked else { return true };
    let asked: Vec<String> = plain(asked)
        .split(ends_word)
        .map(str::to_owned)
        .filter(|word| word.contains(|sign: char| sign.is_alphanumeric()))
        .collect();
    !asked.is_empty()
        && asked.iter().all(|word| {
            let parts: Vec<&str> = word
                .split(['-', '\''])
                .filter(|it| !it.is_empty())
                .collect();
            begins(&parts.concat()) || parts.into_iter().all(begins)
        })
}

/// Whole words without their signs, and the parts between the signs.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in plain(name).split(ends_word) {
        words.push(word.replace(['-', '\''], ""));
        words.extend(word.split(['-', '\'']).map(str::to_owned));
    }
    words.retain(|word| !word.is_empty());
    words
}

fn ends_word(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '.' | ',')
}

/// Without case and accents, as far as these people's names have any.
fn plain(text: &str) -> String {
    let letters = text.chars().flat_map(char::to_lowercase);
    letters
        .map(|letter| match letter {
            'á' => 'a',
            'é' | 'ë' => 'e',
            'í' => 'i',
            'ñ' => 'n',
            'ó' | 'ö' => 'o',
            'ú' => 'u',
            '’' => '\'',
            other => {
                assert!(other.is_ascii(), "{text}: teach the scan this letter");
                other
            }
        })
        .collect()
}
