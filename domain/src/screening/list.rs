//! A list in memory, and the rows of it that may be a person.
//!
//! A person is compared with the rows that share a key with them: an NPI, a family name or a half of
//! one, a family name with one letter left out, or the beginning of both names. So the work grows with
//! people and rows, not with their product.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::compare::{SameName, middle_names, same_name};
use super::evidence::{Agreement, MatchEvidence, MatchRule, MatchSubject, NameRule};
use super::row::{Column, ExclusionRow};
use super::specialty;
use super::subject::{Clinic, FoldedName, Subject, SubjectName, business_key};
use crate::npi::Npi;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

/// Letters of a family name that begin a key of the names that are nearly the same.
const PREFIX: usize = 4;
/// The fewest letters of a family name that may be nearly another: two with one more are 0.91 alike.
const SHORTEST: usize = 3;

/// A row that may be the person, or one of their clinics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The position of the row in the list.
    pub row: usize,
    /// Whom it may be.
    pub about: MatchSubject,
    /// Why.
    pub evidence: MatchEvidence,
}

/// The rows of a list with keys to them.
#[derive(Debug, Default)]
pub struct ExclusionListIndex {
    entries: Vec<Entry>,
    npis: Keys,
    families: Keys,
    near_families: Keys,
    businesses: Keys,
}

#[derive(Debug)]
struct Entry {
    row: ExclusionRow,
    npi: Option<Npi>,
    name: FoldedName,
    business: Box<str>,
    state: Option<Jurisdiction>,
    disciplines: Vec<Discipline>,
}

/// Digests of keys with the positions of rows, sorted. Two keys of one digest cost a comparison more.
#[derive(Debug, Default)]
struct Keys(Vec<(u64, u32)>);

impl ExclusionListIndex {
    /// Takes the rows in.
    pub fn new(rows: Vec<ExclusionRow>) -> Self {
        let mut index = Self {
            entries: rows.into_iter().map(Entry::new).collect(),
            ..Self::default()
        };
        for (at, entry) in (0..).zip(&index.entries) {
            if let Some(npi) = entry.npi {
                index.npis.add(npi, at);
            }
            let family = &entry.name.family;
            if !family.is_empty() {
                index.families.add(&*family.whole, at);
                for part in &family.parts {
                    index.families.add(&**part, at);
                }
                for key in near_keys(&entry.name) {
                    index.near_families.add(key, at);
                }
            }
            if !entry.business.is_empty() {
                for key in business_keys(&entry.business, entry.state) {
                    index.businesses.add(key, at);
                }
            }
        }
        for keys in [
            &mut index.npis,
            &mut index.families,
            &mut index.near_families,
            &mut index.businesses,
        ] {
            keys.0.sort_unstable();
        }
        index
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Are there no rows?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// A row by its position.
    pub fn row(&self, at: usize) -> &ExclusionRow {
        &self.entries[at].row
    }

    /// Every row that may be the person or one of their clinics, each once for each of them by the
    /// strongest rule, the strongest first.
    pub fn find(&self, subject: &Subject) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self
            .candidates(subject)
            .into_iter()
            .filter_map(|at| self.person(at, subject))
            .collect();
        for clinic in &subject.clinics {
            let keys = business_keys(&clinic.key, Some(clinic.state));
            let mut rows: Vec<usize> = keys.flat_map(|key| self.businesses.get(key)).collect();
            rows.sort_unstable();
            rows.dedup();
            hits.extend(rows.into_iter().filter_map(|at| self.clinic(at, clinic)));
        }
        hits.sort_by_key(|hit| (hit.evidence.rule.tier(), hit.about, hit.row));
        hits
    }

    /// Rows that share a key with the person, each once.
    fn candidates(&self, subject: &Subject) -> Vec<usize> {
        let npis = [Some(subject.npi), subject.replaced_by];
        let mut rows: Vec<usize> = npis
            .into_iter()
            .flatten()
            .flat_map(|npi| self.npis.get(npi))
            .collect();
        for name in &subject.names {
            let FoldedName { family, given, .. } = &name.folded;
            // A row in swapped order has the given name for its family name.
            let wholes = [&family.whole, &given.whole];
            for key in wholes.into_iter().chain(&family.parts) {
                if !key.is_empty() {
                    rows.extend(self.families.get(&**key));
                }
            }
            for key in near_keys(&name.folded) {
                rows.extend(self.near_families.get(key));
            }
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn person(&self, at: usize, subject: &Subject) -> Option<Hit> {
        let entry = &self.entries[at];
        let npi = match entry.npi {
            Some(npi) if npi == subject.npi || Some(npi) == subject.replaced_by => Agreement::Equal,
            Some(_) => Agreement::Different,
            None => Agreement::NotComparable,
        };
        // Only an NPI makes a row that names a business a hit about a person.
        let names = if entry.row.is_person() {
            &subject.names[..]
        } else {
            &[]
        };
        let by_name = names
            .iter()
            .filter_map(|name| entry.by_name(subject, name, npi))
            .min_by_key(|evidence| (evidence.rule.tier(), evidence.name_rules.len()));
        let evidence = if npi == Agreement::Equal {
            let found = by_name.unwrap_or_else(|| entry.without_name(subject));
            MatchEvidence {
                rule: MatchRule::NpiEqual,
                ..found
            }
        } else {
            by_name?
        };
        Some(Hit {
            row: at,
            about: MatchSubject::Person,
            evidence,
        })
    }

    fn clinic(&self, at: usize, clinic: &Clinic) -> Option<Hit> {
        let entry = &self.entries[at];
        let in_state = entry.state == Some(clinic.state);
        let similarity = strsim::jaro_winkler(&entry.business, &clinic.key);
        let is_equal = entry.business == clinic.key;
        let is_near = in_state && similarity >= super::compare::FUZZY;
        if !is_equal && !is_near {
            return None;
        }
        let rule = if in_state {
            MatchRule::ClinicAndState
        } else {
            MatchRule::ClinicAlone
        };
        Some(Hit {
            row: at,
            about: MatchSubject::Organisation,
            evidence: MatchEvidence {
                rule,
                compared_name: clinic.text.clone(),
                name_rules: if is_equal {
                    vec![]
                } else {
                    vec![NameRule::Fuzzy]
                },
                similarity_permille: None,
                npi: Agreement::NotComparable,
                birth_date: Agreement::NotComparable,
                middle_name: Agreement::NotComparable,
                state: in_state.then_some(clinic.state),
                discipline: None,
                location_id: Some(clinic.location_id),
            },
        })
    }
}

impl Entry {
    fn new(row: ExclusionRow) -> Self {
        Self {
            npi: row.npi(),
            name: FoldedName::new(
                row.text(Column::LastName),
                row.text(Column::FirstName),
                row.text(Column::MidName),
            ),
            business: business_key(row.text(Column::BusName)),
            state: row.state(),
            disciplines: specialty::disciplines(
                row.text(Column::Specialty),
                row.text(Column::General),
            ),
            row,
        }
    }

    /// What one of the person's names comes to.
    fn by_name(
        &self,
        subject: &Subject,
        name: &SubjectName,
        npi: Agreement,
    ) -> Option<MatchEvidence> {
        let mut same = same_name(&name.folded, &self.name)?;
        if name.is_former {
            same.rules.push(NameRule::FormerName);
        }
        if name.folded.family.is_transliterated || name.folded.given.is_transliterated {
            same.rules.push(NameRule::Transliteration);
        }
        let evidence = MatchEvidence {
            compared_name: name.text.clone(),
            middle_name: middle_names(&name.folded.middle, &self.name.middle),
            ..self.without_name(subject)
        };
        let has_context = evidence.state.is_some() || evidence.discipline.is_some();
        Some(MatchEvidence {
            rule: rule(&same, evidence.birth_date, has_context)?,
            name_rules: same.rules,
            similarity_permille: same.similarity_permille,
            npi,
            ..evidence
        })
    }

    /// What of the row agrees with the person whatever the names.
    fn without_name(&self, subject: &Subject) -> MatchEvidence {
        MatchEvidence {
            rule: MatchRule::NpiEqual,
            compared_name: subject
                .names
                .first()
                .map(|name| name.text.clone())
                .unwrap_or_default(),
            name_rules: Vec::new(),
            similarity_permille: None,
            npi: Agreement::Equal,
            birth_date: Agreement::of(subject.born_on, self.row.born_on()),
            middle_name: Agreement::NotComparable,
            state: self.state.filter(|state| subject.states.contains(state)),
            discipline: self
                .disciplines
                .iter()
                .copied()
                .find(|discipline| subject.disciplines.contains(discipline)),
            location_id: None,
        }
    }
}

/// The rule that a name and its circumstances fulfil; none when they say too little.
fn rule(same: &SameName, birth_date: Agreement, has_context: bool) -> Option<MatchRule> {
    let itself = same.is_the_name_itself();
    let is_vague = same.has(NameRule::GivenMissing);
    let is_fuzzy = same.has(NameRule::Fuzzy);
    match birth_date {
        Agreement::Equal if itself => Some(MatchRule::NameAndBirthDate),
        Agreement::Equal => Some(MatchRule::OtherNameAndBirthDate),
        // Nearly the name, and another birth date: that is somebody else, and not worth a record.
        Agreement::Different if is_vague || is_fuzzy => None,
        Agreement::Different => Some(MatchRule::NameAndOtherBirthDate),
        Agreement::NotComparable if is_vague => None,
        Agreement::NotComparable if has_context => Some(MatchRule::NameAndContext),
        Agreement::NotComparable if is_fuzzy => None,
        Agreement::NotComparable if itself => Some(MatchRule::NameAlone),
        Agreement::NotComparable => Some(MatchRule::OtherNameAlone),
    }
}

/// Keys that names with nearly the same family name share: the name with each letter left out, and
/// its beginning together with the given name's.
fn near_keys(name: &FoldedName) -> Vec<u64> {
    let whole = name.family.whole.as_bytes();
    let mut keys = Vec::new();
    if whole.len() < SHORTEST {
        return keys;
    }
    // The name itself meets the one that has a letter too many.
    keys.push(digest((0_u8, whole)));
    if whole.len() > SHORTEST {
        let mut shortened: Vec<u8> = Vec::with_capacity(whole.len());
        for out in 0..whole.len() {
            shortened.clear();
            shortened.extend(&whole[..out]);
            shortened.extend(&whole[out + 1..]);
            keys.push(digest((0_u8, &shortened[..])));
        }
    }
    if let Some(prefix) = whole.get(..PREFIX)
        && let Some(given) = name.given.whole.bytes().next()
    {
        keys.push(digest((1_u8, prefix, given)));
    }
    keys
}

/// Keys that two names of one business share: the whole, and its first word in a state.
fn business_keys(key: &str, state: Option<Jurisdiction>) -> impl Iterator<Item = u64> {
    let first = key.split(' ').next().unwrap_or_default();
    let in_state = state.map(|state| digest((1_u8, first, state)));
    std::iter::once(digest((0_u8, key))).chain(in_state)
}

impl Keys {
    fn add(&mut self, key: impl Hash, row: u32) {
        self.0.push((digest(key), row));
    }

    fn get(&self, key: impl Hash) -> impl Iterator<Item = usize> {
        let key = digest(key);
        let from = self.0.partition_point(|(other, _)| *other < key);
        self.0[from..]
            .iter()
            .take_while(move |(other, _)| *other == key)
            .map(|(_, row)| *row as usize)
    }
}

/// The same for the same key as long as the process runs.
fn digest(key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
