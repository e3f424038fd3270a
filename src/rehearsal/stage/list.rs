//! The made-up list of excluded people: taken in, held against the cast, decided about, and taken out
//! of force for good.

use chrono::{Datelike, NaiveDate};
use domain::access::Act;
use domain::evidence::EvidenceKind;
use domain::npi::Npi;
use domain::provider::Provider;
use domain::screening::ExclusionList;
use domain::screening::decision::MatchDecision;
use domain::screening::row::{Column, ExclusionRow};

use super::{Doing, Stage, absent};
use crate::import::leie::read::fingerprint;
use crate::rehearsal::begin::born_on;
use crate::rehearsal::scene::{Edition, Listed, Scene};
use crate::rehearsal::{RehearsalError, done};
use crate::service::screening::adjudicate::{Adjudication, Decided, adjudicate};
use crate::service::screening::{Cause, birth, screen};
use crate::store::exclusion::list::{self, ListCounts, ListFile, ListedRow};
use crate::store::exclusion::{hit, private, run};
use crate::store::log::{self, NewEvent};
use crate::store::{StoreError, provider};

/// What the list is called wherever it is told of.
const NAME: &str = "a made-up list of the sample, not of the Office of Inspector General";

/// Somebody whom the list names.
pub(super) struct Named {
    npi: Npi,
    since: Edition,
    row: ExclusionRow,
    born_on: Option<NaiveDate>,
}

/// Everybody whom the list names.
pub(super) fn named(people: &[Provider], script: &[Scene]) -> Vec<Named> {
    let parts = people.iter().zip(script).enumerate();
    let named = parts.filter_map(|(nth, (person, scene))| {
        let (since, how) = scene.listed?;
        let born_on = born_on(scene, nth);
        Some(Named {
            npi: person.npi,
            since,
            row: row(person, how, born_on),
            born_on,
        })
    });
    named.collect()
}

fn row(person: &Provider, how: Listed, born_on: Option<NaiveDate>) -> ExclusionRow {
    let name = &person.name;
    let npi = person.npi.to_string();
    let born = born_on.map(|day| format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()));
    let state = person.locations.first().map(|it| it.address.state.code());
    let fields = Column::ALL.map(|column| match column {
        Column::LastName => name.family.as_deref().unwrap_or_default(),
        Column::FirstName => name.given.as_deref().unwrap_or_default(),
        Column::General => "MADE UP",
        Column::Specialty => "MADE UP FOR A SAMPLE",
        Column::Address => "1 NOWHERE ST",
        Column::City => "NOWHERE",
        Column::Npi if how == Listed::Number => npi.as_str(),
        Column::Dob => born.as_deref().unwrap_or_default(),
        Column::State if how != Listed::BirthDate => state.unwrap_or_default(),
        Column::ExclType => "1128b4",
        Column::ExclDate => "20240120",
        _ => "",
    });
    ExclusionRow::new(fields)
}

impl Stage {
    /// Keeps the birth dates that the list is to be compared with.
    pub(super) async fn births(&self) -> Result<(), RehearsalError> {
        let at = self.days.begin();
        let born = self.named.iter();
        let born: Vec<_> = born.filter_map(|it| Some((it.npi, it.born_on?))).collect();
        let npis: Vec<Npi> = born.iter().map(|(npi, _)| *npi).collect();
        let txn = self.app.store.begin().await?;
        if !private::birth_dates(txn.db(), &npis).await?.is_empty() {
            return Ok(txn.rollback().await?);
        }
        for (npi, born_on) in born {
            let sealed = birth::seal(&self.app.secret, &self.app.chance, npi, born_on);
            private::save_birth_date(&txn, npi, sealed).await?;
        }
        provider::touch(&txn, &npis).await?;
        let event = NewEvent::by_system("rehearsal.birthDates", "provider_private", at);
        log::append(&txn, event).await?;
        Ok(txn.commit().await?)
    }

    /// An edition of the list comes into force.
    pub(super) async fn take_list(&self, edition: Edition) -> Result<(), RehearsalError> {
        let (store, at) = (&self.app.store, self.app.clock.now());
        let rows: Vec<ListedRow> = self
            .named
            .iter()
            .filter(|named| named.since <= edition)
            .map(|named| ListedRow {
                fingerprint: fingerprint(&named.row),
                row: named.row.clone(),
            })
            .collect();
        let sums: Vec<&str> = rows.iter().map(|row| row.fingerprint.as_str()).collect();
        let file = ListFile {
            list: ExclusionList::OigLeie,
            name: NAME.to_owned(),
            sha256: sum(&sums),
            dated_on: None,
        };
        if self.was_screened_since(at).await? {
            return Ok(());
        }
        let id = list::begin(store, &file, ListCounts::of(&rows), at).await?;
        list::stage(store, id, 0, &rows).await?;
        let taken = list::put_in_force(store, id, at, |_| None).await?;
        taken.map_err(|_| absent("list_snapshot", id.0))?;
        Ok(list::sweep_superseded(store, file.list).await?)
    }

    /// Everybody on file, who are the cast alone so far, is held against it.
    pub(super) async fn screen(&self) -> Result<(), RehearsalError> {
        if self.was_screened_since(self.app.clock.now()).await? {
            return Ok(());
        }
        done("screening", screen(&self.app, Cause::Schedule).await).map(drop)
    }

    /// From now on no list is in force until somebody imports the real one.
    pub(super) async fn retire_list(&self) -> Result<(), RehearsalError> {
        let (store, at) = (&self.app.store, self.app.clock.now());
        Ok(list::retire(store, ExclusionList::OigLeie, at).await?)
    }

    /// Was everybody screened at this instant already, or later, by a rehearsal that was cut short?
    async fn was_screened_since(
        &self,
        at: chrono::DateTime<chrono::Utc>,
    ) -> Result<bool, StoreError> {
        let runs = run::page_before(self.app.store.connection(), None, 1).await?;
        Ok(runs
            .first()
            .is_some_and(|run| run.started_at >= at && run.finished_at.is_some()))
    }

    /// Compliance decides about what was found, or proposes it where that takes two.
    pub(super) async fn decide(
        &mut self,
        doing: &Doing<'_>,
        decision: MatchDecision,
        reason: &'static str,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::AdjudicateMatch)?;
        let npi = self.plays[doing.scene].person.npi;
        let db = self.app.store.connection();
        let mut found = hit::of_people(db, ExclusionList::OigLeie, &[npi]).await?;
        let found = found.remove(&npi).and_then(|mut of_one| of_one.pop());
        let found = found.ok_or_else(|| absent("exclusion_match", npi))?;
        let mut evidence_ids = Vec::new();
        if decision != MatchDecision::StartReview {
            let kind = EvidenceKind::SearchResult;
            evidence_ids.push(self.file(doing, kind, reason).await?.0);
        }
        let asked = Adjudication {
            id: found.id,
            grounds: Decided {
                decision,
                reason: (!reason.is_empty()).then(|| reason.into()),
                evidence_ids,
                waived_in: None,
                waiver_scope: None,
            },
            expected_version: i64::from(found.version),
        };
        let decided = adjudicate(&self.app, doing.by, &order, &asked).await;
        let decided = done(&doing.key, decided)?;
        self.plays[doing.scene].proposal = decided.proposal;
        Ok(())
    }
}

fn sum(texts: &[&str]) -> String {
    use sha2::Digest as _;
    data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(texts.join("\n")))
}
