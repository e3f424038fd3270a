//! What holding a batch of people against a list comes to. Reads and writes nothing.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::npi::Npi;
use domain::provider::Provider;
use domain::screening::MatchState;
use domain::screening::follow::{Known, Seen, Step, follow};
use domain::screening::list::Hit;
use domain::screening::subject::Subject;
use sha2::{Digest, Sha256};

use super::birth;
use crate::app::LoadedList;
use crate::secret::Secret;
use crate::store::StoreError;
use crate::store::exclusion::hit::{Change, Facts, NewMatch, StoredMatch};
use crate::store::exclusion::private::SealedBirthDate;

/// A batch of people with what is on file about them.
pub(super) struct Batch {
    pub(super) people: Vec<Provider>,
    pub(super) births: HashMap<Npi, SealedBirthDate>,
    pub(super) known: HashMap<Npi, Vec<StoredMatch>>,
    pub(super) at: DateTime<Utc>,
}

/// What is to be written.
#[derive(Default)]
pub(super) struct Judged {
    /// Matches not on file yet.
    pub(super) new: Vec<NewMatch>,
    /// Matches whose row, person or strength changed.
    pub(super) changed: Vec<(StoredMatch, Option<Change>)>,
    /// Everybody, with how often they were screened before.
    pub(super) screened: Vec<(Npi, usize)>,
}

/// Holds the people of a batch against a list.
pub(super) fn judge(
    list: &LoadedList,
    secret: &Secret,
    batch: Batch,
) -> Result<Judged, StoreError> {
    let mut judged = Judged::default();
    let Batch {
        people,
        births,
        mut known,
        at,
    } = batch;
    for person in &people {
        let npi = person.npi;
        let birth = births.get(&npi);
        let subject = subject(secret, person, birth)?;
        let fingerprint = person_fingerprint(&subject, birth);
        let known = known.remove(&npi).unwrap_or_default();
        let seen = seen(list, &subject);
        let before: Vec<Known> = known.iter().map(as_known).collect();
        for step in follow(&before, &seen, &fingerprint) {
            judged.take(list, npi, &known, &seen, (step, &fingerprint, at));
        }
        judged
            .screened
            .push((npi, person.screening.screened_at.len()));
    }
    Ok(judged)
}

/// A person as rows are compared with them.
pub(super) fn subject(
    secret: &Secret,
    person: &Provider,
    birth: Option<&SealedBirthDate>,
) -> Result<Subject, StoreError> {
    let born_on = birth
        .map(|kept| birth::open(secret, person.npi, kept))
        .transpose()?;
    Ok(Subject::of(person, born_on))
}

/// The digest by which it is seen that a person's names, numbers or birth date changed.
pub(super) fn person_fingerprint(subject: &Subject, birth: Option<&SealedBirthDate>) -> String {
    let index = birth.map(|kept| kept.index.as_str()).unwrap_or_default();
    HEXLOWER.encode(&Sha256::digest(subject.canonical(index).as_bytes()))
}

/// The hits of a person, each row once for each of whom it may be: a list may hold a row twice.
fn seen(list: &LoadedList, subject: &Subject) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    for hit in list.index.find(subject) {
        let fingerprint = &list.fingerprints[hit.row];
        let is_there = seen.iter().any(|other| {
            other.row_fingerprint == *fingerprint
                && other.hit.about == hit.about
                && other.hit.evidence.location_id == hit.evidence.location_id
        });
        if is_there {
            continue;
        }
        let row = list.index.row(hit.row);
        seen.push(Seen {
            row_fingerprint: fingerprint.clone(),
            exclusion_key: row.exclusion_key().into(),
            row_waived_in: row.waived_in(),
            hit,
        });
    }
    seen
}

/// A match on file as it is followed from list to list.
fn as_known(stored: &StoredMatch) -> Known {
    let facts = &stored.facts;
    Known {
        state: stored.state,
        tier: facts.tier,
        about: facts.about,
        location_id: facts
            .evidence
            .as_ref()
            .and_then(|evidence| evidence.location_id),
        row_fingerprint: facts.row_fingerprint.clone(),
        exclusion_key: facts.exclusion_key.clone(),
        person_fingerprint: facts.person_fingerprint.clone(),
        waived_in: stored.waived_in(),
        row_waived_in: facts
            .row
            .as_ref()
            .and_then(domain::screening::row::ExclusionRow::waived_in),
    }
}

impl Judged {
    fn take(
        &mut self,
        list: &LoadedList,
        npi: Npi,
        known: &[StoredMatch],
        seen: &[Seen],
        (step, fingerprint, at): (Step, &str, DateTime<Utc>),
    ) {
        let facts = |seen: &Seen| Facts {
            tier: seen.hit.evidence.rule.tier(),
            ..facts(list, seen, fingerprint)
        };
        match step {
            Step::Raise { seen: of, cleared } => {
                let mut history = vec![Change::by_system(at, MatchState::New)];
                if cleared {
                    history.push(cleared_by_birth_date(at));
                }
                self.new.push(NewMatch {
                    npi,
                    list: list.snapshot.file.list,
                    facts: facts(&seen[of]),
                    history,
                });
            }
            Step::Update {
                known: of,
                seen: by,
                tier,
                state,
            } => {
                let stored = StoredMatch {
                    facts: Facts {
                        tier,
                        ..facts(&seen[by])
                    },
                    ..known[of].clone()
                };
                let change = state.map(|state| match state {
                    MatchState::FalsePositive => cleared_by_birth_date(at),
                    state => Change {
                        reason: Some(because(state).into()),
                        ..Change::by_system(at, state)
                    },
                });
                self.changed.push((stored, change));
            }
        }
    }
}

fn facts(list: &LoadedList, seen: &Seen, person_fingerprint: &str) -> Facts {
    let Hit {
        row,
        about,
        evidence,
    } = &seen.hit;
    Facts {
        tier: evidence.rule.tier(),
        about: *about,
        list_id: Some(list.snapshot.id),
        row_fingerprint: Some(seen.row_fingerprint.clone()),
        exclusion_key: Some(seen.exclusion_key.clone()),
        row: Some(list.index.row(*row).clone()),
        evidence: Some(evidence.clone()),
        person_fingerprint: Some(person_fingerprint.into()),
    }
}

fn cleared_by_birth_date(at: DateTime<Utc>) -> Change {
    Change {
        reason: Some("the name alone is the same, and the birth date is another".into()),
        ..Change::by_system(at, MatchState::FalsePositive)
    }
}

const fn because(state: MatchState) -> &'static str {
    match state {
        MatchState::Confirmed => "the list no longer shows the waiver",
        _ => "the row, or the person's name, number or birth date, changed since it was cleared",
    }
}
