//! One person, put together: who, where, as what, and what is proved of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::license::{LicenseId, is_issued};
use domain::npi::Npi;
use domain::place::{Jurisdiction, PostalPlace};
use domain::provider::{LocationId, NpiStatus, NpiStatusChange, Provider};
use domain::scope::{ScopeLaw, ScopeStatus};
use domain::screening::Screening;
use domain::taxonomy::{Discipline, TaxonomyCode};

use super::calendar::Calendar;
use super::dice::Dice;
use super::ids::Ids;
use super::life::{Life, evidence, life};
use super::name::Names;
use super::needs::Needs;
use super::place::Places;
use super::proof::Case;
use super::{flaw, license, words};

/// Everything that people are drawn from.
pub(super) struct World<'a> {
    calendar: Calendar,
    places: Places<'a>,
    names: Names,
    scope: &'a ScopeLaw,
}

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
        let ids = &mut Ids::of(serial);
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
            version: 1,
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
                version: 1,
                id: LicenseId(ids.next()),
                discipline,
                jurisdiction,
                number: Some(license::number(dice, discipline)),
                issued_on: None,
                expires_on: None,
                source: "registry".into(),
                home: None,
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
        let case = Case {
            calendar: self.calendar,
            needs: &needs,
            evidence,
            life,
        };
        case.prove(dice, ids, provider);
        case.attest(dice, ids, provider);
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
