use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::attestation::AttestationState;
use domain::credential::{Credential, CredentialKind, Standing, StandingChange, SuspensionKind};
use domain::license::MismatchField;
use domain::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, LicenseId,
};
use domain::place::Jurisdiction;
use domain::provider::{NpiStatus, NpiStatusChange, Provider, RegistryLookup};
use domain::screening::{ExclusionList, ExclusionMatch, MatchChange, MatchState, MatchTier};
use domain::taxonomy::Discipline;
use domain::training::TrainingHours;

use super::parts::{a_course, attestation, check, credential, location};
use super::{a_provider, a_verified, day};

/// Numbers to build a person from; a shorter row of smaller numbers is a simpler person.
pub(crate) struct Dice<'a> {
    rolls: std::slice::Iter<'a, u32>,
}

/// Any person at all: most of them odd, all of them possible.
pub(crate) fn any_person(rolls: &[u32]) -> Provider {
    let mut dice = Dice {
        rolls: rolls.iter(),
    };
    let home = dice.pick(&[
        Jurisdiction::Fl,
        Jurisdiction::Co,
        Jurisdiction::Wa,
        Jurisdiction::Ut,
        Jurisdiction::Nj,
        Jurisdiction::Tx,
        Jurisdiction::Nv,
        Jurisdiction::Hi,
        Jurisdiction::Pa,
        Jurisdiction::Ca,
        Jurisdiction::Ok,
        Jurisdiction::Gu,
    ]);
    let discipline = dice.pick(Discipline::ALL);
    // Chance alone would hardly ever make anybody VERIFIED.
    let mut person = if dice.coin() {
        a_verified(discipline, home).build()
    } else {
        a_provider().build()
    };
    person.claimed = dice.coin();
    if dice.roll(8) > 0 {
        person.locations.push(location(2, home));
        person.locations[0].confirmed_at.extend(dice.instants(3));
    }
    let mut history: Vec<_> = dice.instants(2).iter().map(DateTime::date_naive).collect();
    history.sort_unstable();
    if !person.npi_history.is_empty() {
        history.clear();
    }
    for from in history {
        let status = dice.pick(&[NpiStatus::Active, NpiStatus::Active, NpiStatus::Deactivated]);
        person.npi_history.push(NpiStatusChange { from, status });
    }
    for id in 0..dice.roll(3) {
        let jurisdiction = if dice.roll(4) > 0 {
            home
        } else {
            Jurisdiction::Co
        };
        let discipline = if dice.roll(4) > 0 {
            discipline
        } else {
            Discipline::Acupuncturist
        };
        person
            .licenses
            .push(dice.license(id, discipline, jurisdiction));
    }
    person
        .taxonomies
        .push("225100000X".parse().expect("a taxonomy code"));
    person.screening.screened_at.extend(dice.instants(4));
    for _ in 0..dice.roll(2) {
        let found = dice.exclusion_match(home);
        person.screening.matches.push(found);
    }
    dice.add_papers(&mut person, home);
    person
}

impl Dice<'_> {
    fn add_papers(&mut self, person: &mut Provider, home: Jurisdiction) {
        for id in 0..self.roll(4) {
            let mut course = a_course(i64::from(id), 1 + self.roll(60), self.roll(40)).0;
            course.credential = self.history_of(course.credential);
            course.started_on = self.coin().then(|| self.day());
            course.credential.completed_on = self.coin().then(|| self.day());
            course.hours = TrainingHours {
                supervised_clinical_minutes: self.roll(9_000),
                ..course.hours
            };
            course.theory_minutes = self.coin().then(|| self.roll(9_000));
            course.practical_minutes = self.coin().then(|| self.roll(12_000));
            course.postgraduate_minutes = self.coin().then(|| self.roll(3_000));
            if self.coin() {
                course = super::parts::Course(course).approved_by("APTA").0;
            }
            person.training.push(course);
        }
        self.add_credentials(person, home);
        self.add_attestations(person);
    }

    fn add_credentials(&mut self, person: &mut Provider, home: Jurisdiction) {
        for id in 0..self.roll(6) {
            let kind = self.pick(CredentialKind::ALL);
            let name = self.pick(&[
                "WRITTEN",
                "PRACTICAL",
                "DOCTORATE",
                "CPR",
                "NBCE",
                "ATTESTATION",
            ]);
            let mut paper = self.history_of(credential(i64::from(id) + 100, kind, name));
            paper.jurisdiction = self.coin().then_some(home);
            paper.sessions = Some(self.roll(300));
            person.credentials.push(paper);
        }
        for _ in 0..self.roll(2) {
            person.lookups.push(RegistryLookup {
                kind: self.pick(CredentialKind::ALL),
                names: None,
                jurisdiction: self.coin().then_some(home),
                looked_up_at: self.instant(),
                found: self.coin(),
            });
        }
    }

    fn add_attestations(&mut self, person: &mut Provider) {
        let stored: Vec<_> = AttestationState::ALL
            .iter()
            .copied()
            .filter(|state| state.is_stored())
            .collect();
        for _ in 0..self.roll(3) {
            let until = self.day().to_string();
            let lot = self.day().to_string();
            let mut signed = attestation(&until, &lot, &[]);
            let mut at = self.instants(3);
            at.sort_unstable();
            signed.history = at
                .into_iter()
                .map(|at| domain::attestation::AttestationChange {
                    at,
                    state: self.pick(&stored),
                })
                .collect();
            person.attestations.push(signed);
        }
    }

    fn roll(&mut self, sides: u32) -> u32 {
        self.rolls.next().map_or(0, |roll| roll % sides)
    }

    fn coin(&mut self) -> bool {
        self.roll(2) == 1
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let sides = u32::try_from(from.len()).expect("a short list");
        from[self.roll(sides) as usize]
    }

    /// A day from 2015 to 2026.
    fn day(&mut self) -> NaiveDate {
        day("2015-01-01") + Days::new(u64::from(self.roll(4_380)))
    }

    fn instant(&mut self) -> DateTime<Utc> {
        let midnight = self.day().and_hms_opt(0, 0, 0).expect("midnight").and_utc();
        midnight + TimeDelta::seconds(i64::from(self.roll(86_400)))
    }

    fn instants(&mut self, most: u32) -> Vec<DateTime<Utc>> {
        let mut instants: Vec<_> = (0..=self.roll(most)).map(|_| self.instant()).collect();
        instants.sort_unstable();
        instants
    }

    fn license(&mut self, id: u32, discipline: Discipline, jurisdiction: Jurisdiction) -> License {
        let checks = (0..self.roll(4)).map(|_| self.check()).collect();
        License {
            version: 1,
            id: LicenseId(i64::from(id)),
            discipline,
            jurisdiction,
            number: None,
            issued_on: self.coin().then(|| self.day()),
            expires_on: self.coin().then(|| self.day()),
            source: "provider".into(),
            // Often of nobody, of itself, or of a license that can be none.
            home: (self.roll(3) == 0).then(|| LicenseId(i64::from(self.roll(3)))),
            checks,
        }
    }

    fn check(&mut self) -> LicenseCheck {
        let at = self.instant();
        let as_of = at.date_naive() - Days::new(u64::from(1 + self.roll(20)));
        let outcome = match self.roll(8) {
            0 => self.pick(CheckOutcome::ALL),
            _ => CheckOutcome::Match,
        };
        let status = match self.roll(6) {
            0 => self.pick(BoardStatus::ALL),
            _ => BoardStatus::Active,
        };
        let source_kind = match self.roll(6) {
            0 => CheckSourceKind::Self_,
            _ => CheckSourceKind::Primary,
        };
        let mismatches = if outcome == CheckOutcome::Mismatch {
            vec![self.pick(MismatchField::ALL)]
        } else {
            Vec::new()
        };
        LicenseCheck {
            source_kind,
            checked_at: at,
            as_of,
            expires_on: self.coin().then(|| self.day()),
            mismatches,
            ..check("2020-01-01", outcome, status)
        }
    }

    fn exclusion_match(&mut self, home: Jurisdiction) -> ExclusionMatch {
        let tier = self.pick(MatchTier::ALL);
        let history = self
            .instants(3)
            .into_iter()
            .map(|at| MatchChange {
                at,
                state: self.pick(MatchState::ALL),
                waived_in: self.coin().then_some(home),
            })
            .collect();
        ExclusionMatch {
            list: ExclusionList::OigLeie,
            tier,
            history,
        }
    }

    fn history_of(&mut self, credential: Credential) -> Credential {
        let history = self
            .instants(3)
            .into_iter()
            .map(|at| {
                let standing = match self.roll(3) {
                    0 => self.pick(Standing::ALL),
                    _ => Standing::Verified,
                };
                StandingChange {
                    at,
                    standing,
                    suspension: (standing == Standing::Suspended)
                        .then(|| self.pick(SuspensionKind::ALL)),
                    decided: None,
                }
            })
            .collect();
        Credential {
            version: 1,
            overturned_at: self.instants(1).pop().filter(|_| self.coin()),
            history,
            issued_on: self.coin().then(|| self.day()),
            expires_on: self.coin().then(|| self.day()),
            ..credential
        }
    }
}
