//! One person, put together: who, where, as what, and what is proved of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::attestation::{AttestationId, AttestationState};
use domain::credential::{CredentialId, CredentialKind};
use domain::license::{LicenseId, is_issued};
use domain::npi::Npi;
use domain::place::{Jurisdiction, PostalPlace};
use domain::provider::{LocationId, NpiStatus, NpiStatusChange, Provider, RegistryLookup};
use domain::scope::{ScopeLaw, ScopeStatus};
use domain::screening::Screening;
use domain::taxonomy::{Discipline, TaxonomyCode};

use super::calendar::Calendar;
use super::dice::Dice;
use super::name::Names;
use super::needs::{Hours, Needs};
use super::place::Places;
use super::training::{Plan, courses};
use super::{attestation, credential, flaw, license, words};

/// Everything that people are drawn from.
pub(super) struct World<'a> {
    calendar: Calendar,
    places: Places<'a>,
    names: Names,
    scope: &'a ScopeLaw,
}

/// How far a claimed person's evidence goes towards what a conditional rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evidence {
    /// All of it.
    Met,
    /// The state's endorsement or permit alone, where it gives one.
    StateGrant,
    /// Too few hours, sessions or years.
    Short,
    /// Some of it is not on file.
    Missing,
    /// A register was asked and has none.
    LookedUpNone,
    /// More than the interim hours, less than the whole.
    Interim,
}

/// When things happened to a claimed person, in days before the clock; each before the next.
#[derive(Debug, Clone, Copy)]
struct Life {
    licensed: u32,
    course_began: u32,
    course_ended: u32,
    joined: u32,
    verified: u32,
}

/// The numbers of a person's rows.
struct Ids(i64);

impl Ids {
    fn next(&mut self) -> i64 {
        self.0 += 1;
        self.0
    }
}

/// More rows than one person can have.
const IDS_PER_PERSON: i64 = 64;

impl<'a> World<'a> {
    pub(super) fn new(now: DateTime<Utc>, places: &'a [PostalPlace], scope: &'a ScopeLaw) -> Self {
        Self {
            calendar: Calendar::new(now),
            places: Places::new(places),
            names: Names::new(),
            scope,
        }
    }

    /// Does anybody live anywhere?
    pub(super) fn is_inhabited(&self) -> bool {
        !self.places.is_empty()
    }

    /// The person of an index under a seed.
    pub(super) fn person(&self, seed: u64, index: u32, serial: u32) -> Provider {
        let dice = &mut Dice::new(seed, u64::from(index));
        let ids = &mut Ids(i64::from(serial) * IDS_PER_PERSON);
        let home = self.places.home(dice, index);
        let discipline = discipline(dice, home.jurisdiction);
        let mut provider = self.registered(dice, ids, serial, home, discipline);
        if dice.percent(20) {
            Self::leave_unclaimed(dice, ids, &mut provider, discipline);
        } else {
            self.claim(dice, ids, &mut provider, discipline);
            flaw::spoil(dice, self.calendar, &mut provider);
        }
        provider
    }

    /// As the registry would hold the person: a name, specialities and places of practice.
    fn registered(
        &self,
        dice: &mut Dice,
        ids: &mut Ids,
        serial: u32,
        home: &PostalPlace,
        discipline: Discipline,
    ) -> Provider {
        let identity = self.names.identity(dice);
        let towns = self.towns(dice, home);
        let locations = towns
            .into_iter()
            .map(|town| {
                let name = dice.percent(70).then(|| words::clinic(dice, discipline));
                self.places
                    .location(dice, LocationId(ids.next()), town, name)
            })
            .collect();
        Provider {
            npi: Npi::sample(serial),
            name: identity.name,
            former_names: identity.former_names,
            claimed: false,
            offers_dry_needling: None,
            accepts_new_patients: None,
            languages: identity.languages,
            website: None,
            taxonomies: taxonomy(dice, discipline),
            npi_history: vec![NpiStatusChange {
                from: self.calendar.day(dice.between(800, 7_000)),
                status: NpiStatus::Active,
            }],
            replaced_by: None,
            licenses: Vec::new(),
            locations,
            training: Vec::new(),
            credentials: Vec::new(),
            attestations: Vec::new(),
            lookups: Vec::new(),
            screening: Screening::default(),
            changed_seq: 0,
        }
    }

    /// Most practise in one town, some in two or three, also across a border; a few nowhere on file.
    fn towns<'b>(&self, dice: &mut Dice, home: &'b PostalPlace) -> Vec<&'b PostalPlace>
    where
        'a: 'b,
    {
        if dice.permille(6) {
            return Vec::new();
        }
        let mut towns = vec![home];
        for _ in 1..dice.weighted(&[(82, 1), (14, 2), (4, 3)]) {
            let across = dice.percent(40);
            let other = self.places.nearby(dice, home, across);
            towns.extend(other.filter(|other| !towns.contains(other)));
        }
        towns
    }

    /// A registry row: nothing is verified, and the languages are not known either.
    fn leave_unclaimed(
        dice: &mut Dice,
        ids: &mut Ids,
        provider: &mut Provider,
        discipline: Discipline,
    ) {
        provider.languages.clear();
        if dice.percent(55) {
            return;
        }
        for jurisdiction in jurisdictions(provider).into_iter().take(1) {
            provider.licenses.push(domain::license::License {
                id: LicenseId(ids.next()),
                discipline,
                jurisdiction,
                number: Some(license::number(dice, discipline)),
                issued_on: None,
                expires_on: None,
                source: "registry".into(),
                checks: Vec::new(),
            });
        }
    }

    /// Everything in good order, as far as the law leaves it to the person.
    fn claim(
        &self,
        dice: &mut Dice,
        ids: &mut Ids,
        provider: &mut Provider,
        discipline: Discipline,
    ) {
        let today = self.calendar.day(0);
        let disciplines = self.disciplines(dice, provider, discipline, today);
        let mut pairs = Vec::new();
        let mut needs = Needs::default();
        for jurisdiction in licensed_in(dice, provider) {
            for discipline in &disciplines {
                if is_issued(*discipline, jurisdiction) {
                    pairs.push((*discipline, jurisdiction));
                    let decision = self.scope.decide(*discipline, jurisdiction, today);
                    if let Some(rule) = decision.rule {
                        needs.add(dice, rule);
                    }
                }
            }
        }
        for pair in &needs.also_licensed {
            if !pairs.contains(pair) {
                pairs.push(*pair);
            }
        }
        let evidence = evidence(dice, &needs);
        let life = life(dice, evidence, &needs);
        Self::profile(dice, provider);
        for (nth, pair) in pairs.into_iter().enumerate() {
            let later = if nth == 0 { 0 } else { dice.between(0, 200) };
            provider.licenses.push(license::in_force(
                dice,
                self.calendar,
                LicenseId(ids.next()),
                pair,
                life.licensed - later.min(life.licensed - life.course_began),
                life.joined,
            ));
        }
        self.prove(dice, ids, provider, &needs, evidence, life);
        self.attest(dice, ids, provider, life);
        self.screen_and_confirm(dice, provider, life);
    }

    /// The discipline, with a second one for some: above all where the law bars the first.
    fn disciplines(
        &self,
        dice: &mut Dice,
        provider: &mut Provider,
        discipline: Discipline,
        today: NaiveDate,
    ) -> Vec<Discipline> {
        let mut disciplines = vec![discipline];
        let barred = jurisdictions(provider).iter().any(|jurisdiction| {
            self.scope.decide(discipline, *jurisdiction, today).status == ScopeStatus::Prohibited
        });
        let second = match discipline {
            Discipline::Acupuncturist => dice.percent(2).then_some(Discipline::Chiropractor),
            _ => dice
                .percent(if barred { 14 } else { 2 })
                .then_some(Discipline::Acupuncturist),
        };
        if let Some(second) = second {
            disciplines.push(second);
            provider.taxonomies.extend(taxonomy(dice, second));
        }
        disciplines
    }

    fn profile(dice: &mut Dice, provider: &mut Provider) {
        provider.claimed = true;
        provider.offers_dry_needling = Some(true);
        provider.accepts_new_patients =
            dice.weighted(&[(65, Some(true)), (20, Some(false)), (15, None)]);
        if dice.percent(40) {
            let family = provider.name.family.clone().unwrap_or_default();
            provider.website = Some(words::website(dice, &family));
        }
        for location in &mut provider.locations {
            location.wheelchair_access =
                dice.weighted(&[(60, Some(true)), (15, Some(false)), (25, None)]);
        }
    }

    fn prove(
        &self,
        dice: &mut Dice,
        ids: &mut Ids,
        provider: &mut Provider,
        needs: &Needs,
        evidence: Evidence,
        life: Life,
    ) {
        let acupuncturist_alone = provider
            .licenses
            .iter()
            .all(|license| license.discipline == Discipline::Acupuncturist);
        if !needs.conditional && acupuncturist_alone && dice.percent(70) {
            provider.credentials.push(credential::national(
                self.calendar,
                dice,
                CredentialId(ids.next()),
                life.course_ended,
                life.verified,
            ));
        } else {
            let plan = Plan {
                hours: hours(dice, needs, evidence),
                approvals: match evidence {
                    Evidence::Met | Evidence::Interim => &needs.approvals,
                    _ => &[],
                },
                from_days_ago: life.course_began,
                to_days_ago: life.course_ended,
                verified_days_ago: life.verified,
            };
            provider.training = courses(dice, self.calendar, &plan, || CredentialId(ids.next()));
        }
        self.prove_the_rest(dice, ids, provider, needs, evidence, life);
        for kind in [
            CredentialKind::CleanNeedleTechnique,
            CredentialKind::BloodbornePathogens,
        ] {
            if dice.percent(45) {
                provider.credentials.push(credential::besides(
                    self.calendar,
                    dice,
                    CredentialId(ids.next()),
                    kind,
                    life.course_ended,
                    life.verified,
                ));
            }
        }
    }

    /// Credentials that rules name, and what registers answered about them.
    fn prove_the_rest(
        &self,
        dice: &mut Dice,
        ids: &mut Ids,
        provider: &mut Provider,
        needs: &Needs,
        evidence: Evidence,
        life: Life,
    ) {
        // Of what is missing or looked up in vain, the first thing alone: the rest is in order.
        let absent = match evidence {
            Evidence::Missing | Evidence::LookedUpNone | Evidence::Short => needs
                .proofs
                .iter()
                .position(super::needs::Proof::is_state_grant)
                .or(Some(0)),
            Evidence::Met | Evidence::StateGrant | Evidence::Interim => None,
        };
        let days_ago = dice.between(1, life.verified);
        let asked_at = self.calendar.instant(dice, days_ago);
        for (nth, proof) in needs.proofs.iter().enumerate() {
            let mut proof = proof.clone();
            if evidence == Evidence::StateGrant && !proof.is_state_grant() {
                continue;
            }
            if evidence == Evidence::Short {
                if proof.is_state_grant() {
                    continue;
                }
                proof.sessions = proof.sessions.map(|sessions| sessions * 3 / 5);
            } else if absent == Some(nth) {
                if evidence == Evidence::LookedUpNone {
                    provider.lookups.push(RegistryLookup {
                        kind: proof.kind,
                        // Registers of examinations are asked for a person, not for a paper.
                        names: proof
                            .names
                            .filter(|_| proof.kind != CredentialKind::ExamResult),
                        jurisdiction: Some(proof.jurisdiction),
                        looked_up_at: asked_at,
                        found: false,
                    });
                }
                continue;
            } else if absent.is_some() && proof.is_state_grant() {
                continue;
            }
            if proof.is_state_grant() && dice.percent(50) {
                provider.lookups.push(RegistryLookup {
                    kind: proof.kind,
                    names: proof.names.clone(),
                    jurisdiction: Some(proof.jurisdiction),
                    looked_up_at: asked_at,
                    found: true,
                });
            }
            // A degree comes before the licence, everything else after the courses.
            let issued = match proof.kind {
                CredentialKind::Degree => life.licensed + dice.between(20, 300),
                _ => life.course_ended,
            };
            provider.credentials.push(credential::proving(
                self.calendar,
                dice,
                CredentialId(ids.next()),
                &proof,
                issued,
                life.verified,
            ));
        }
    }

    /// An attestation in force, and for some the one that it replaced.
    fn attest(&self, dice: &mut Dice, ids: &mut Ids, provider: &mut Provider, life: Life) {
        if provider.locations.is_empty() {
            return;
        }
        let signed = dice.between(1, 100.min(life.joined));
        let licensed_until = provider
            .licenses
            .iter()
            .filter_map(|license| license.expires_on)
            .min();
        let current = attestation::in_force(
            dice,
            self.calendar,
            AttestationId(ids.next()),
            &provider.locations,
            signed,
            licensed_until,
        );
        let earlier = signed + dice.between(80, 115);
        if earlier <= life.joined {
            let mut before = attestation::in_force(
                dice,
                self.calendar,
                AttestationId(ids.next()),
                &provider.locations,
                earlier,
                None,
            );
            if let Some(accepted) = current.history.last() {
                before.history.push(attestation::change(
                    accepted.at,
                    AttestationState::Superseded,
                ));
            }
            provider.attestations.push(before);
        }
        provider.attestations.push(current);
    }

    fn screen_and_confirm(&self, dice: &mut Dice, provider: &mut Provider, life: Life) {
        let mut days_ago = dice.between(1, 20);
        for _ in 0..dice.between(2, 6) {
            let at = self.calendar.instant(dice, days_ago);
            provider.screening.screened_at.push(at);
            days_ago += 28;
            if days_ago > life.joined {
                break;
            }
        }
        provider.screening.screened_at.reverse();
        for location in &mut provider.locations {
            let mut days_ago = dice.between(1, 60.min(life.joined));
            for _ in 0..dice.between(1, 4) {
                location
                    .confirmed_at
                    .push(self.calendar.instant(dice, days_ago));
                days_ago += dice.between(60, 88);
                if days_ago > life.joined {
                    break;
                }
            }
            location.confirmed_at.reverse();
        }
    }
}

/// Physical therapists, acupuncturists and chiropractors above all; nobody is licensed as what a
/// jurisdiction does not license, but for a few who say so.
fn discipline(dice: &mut Dice, jurisdiction: Jurisdiction) -> Discipline {
    let drawn = dice.weighted(&[
        (53, Discipline::PhysicalTherapist),
        (24, Discipline::Acupuncturist),
        (19, Discipline::Chiropractor),
        (2, Discipline::AthleticTrainer),
        (1, Discipline::OccupationalTherapist),
        (1, Discipline::Physician),
    ]);
    if is_issued(drawn, jurisdiction) || dice.percent(20) {
        drawn
    } else {
        Discipline::PhysicalTherapist
    }
}

fn taxonomy(dice: &mut Dice, discipline: Discipline) -> Vec<TaxonomyCode> {
    let codes: &[&str] = match discipline {
        Discipline::PhysicalTherapist => &["225100000X", "225100000X", "2251X0800X", "2251S0007X"],
        Discipline::Acupuncturist => &["171100000X"],
        Discipline::Chiropractor => &["111N00000X", "111N00000X", "111NS0005X"],
        Discipline::AthleticTrainer => &["2255A2300X"],
        Discipline::OccupationalTherapist => &["225X00000X"],
        Discipline::Physician => &["2081P2900X", "208100000X"],
    };
    dice.pick(codes).parse().into_iter().collect()
}

/// The jurisdictions of a person's places, each once, in their order.
fn jurisdictions(provider: &Provider) -> Vec<Jurisdiction> {
    let mut found = Vec::new();
    for location in &provider.locations {
        if !found.contains(&location.jurisdiction()) {
            found.push(location.jurisdiction());
        }
    }
    found
}

/// Where a claimed person is licensed: at every place, but for some without a licence across the border.
fn licensed_in(dice: &mut Dice, provider: &Provider) -> Vec<Jurisdiction> {
    let mut found = jurisdictions(provider);
    if found.len() > 1 && dice.percent(12) {
        found.truncate(1);
    }
    found
}

fn evidence(dice: &mut Dice, needs: &Needs) -> Evidence {
    if !needs.conditional {
        return Evidence::Met;
    }
    let drawn = dice.weighted(&[
        (64, Evidence::Met),
        (10, Evidence::StateGrant),
        (10, Evidence::Short),
        (7, Evidence::Missing),
        (5, Evidence::LookedUpNone),
        (4, Evidence::Interim),
    ]);
    match drawn {
        Evidence::StateGrant if needs.state_grants().next().is_none() => Evidence::Met,
        Evidence::LookedUpNone if needs.proofs.is_empty() => Evidence::Short,
        Evidence::Interim if needs.interim.is_none() => Evidence::Met,
        other => other,
    }
}

/// Courses end, the person joins, and reviewers decide: in this order, and all of it in the past.
fn life(dice: &mut Dice, evidence: Evidence, needs: &Needs) -> Life {
    let too_new = evidence == Evidence::Short && needs.years > 0 && dice.percent(40);
    let joined = if too_new {
        dice.between(40, 60)
    } else {
        dice.between(40, 700)
    };
    let licensed = if too_new {
        dice.between(200, 330)
    } else {
        joined + dice.between(1_500, 9_000)
    };
    let course_ended = joined + dice.between(10, ((licensed - joined) / 2).min(1_500));
    let course_began = course_ended + dice.between(30, (licensed - course_ended - 10).min(330));
    Life {
        licensed,
        course_began,
        course_ended,
        joined,
        verified: joined - dice.between(2, 20),
    }
}

/// An hour figure for the courses: what the law asks for, or what one usually takes.
fn hours(dice: &mut Dice, needs: &Needs, evidence: Evidence) -> Hours {
    let usual = dice.weighted(&[(55, 54), (25, 27), (20, 80)]);
    let asked = needs.hours;
    let least = asked.total.max(asked.in_person);
    match evidence {
        Evidence::Met | Evidence::Missing | Evidence::LookedUpNone if least > 0 => asked,
        Evidence::Short if least > 0 => {
            let percent = dice.between(45, 80);
            let less = |hours: u32| hours * percent / 100;
            Hours {
                total: less(asked.total).max(8),
                in_person: less(asked.in_person),
                theory: less(asked.theory),
                practical: less(asked.practical),
                postgraduate: less(asked.postgraduate),
            }
        }
        Evidence::Interim => {
            let interim = needs.interim.unwrap_or_default();
            Hours {
                total: dice.between(interim, interim.max(least.saturating_sub(4))),
                in_person: interim,
                ..Hours::default()
            }
        }
        Evidence::Met
        | Evidence::Missing
        | Evidence::LookedUpNone
        | Evidence::Short
        | Evidence::StateGrant => Hours {
            total: usual,
            in_person: usual * 3 / 5,
            ..Hours::default()
        },
    }
}
