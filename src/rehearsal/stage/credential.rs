//! What people do with their credentials and cases, and what is done to credentials beside cases.

use domain::access::Act;
use domain::case::{CaseId, Purpose};
use domain::content::{AssessmentResult, Content, ContentHours, NamedIssuer, TrainingContent};
use domain::credential::{CredentialId, CredentialKind};
use domain::duty::SignatureMeaning;
use domain::evidence::EvidenceKind;

use super::{Doing, Stage, absent};
use crate::rehearsal::scene::{Move, Paper, Why};
use crate::rehearsal::{RehearsalError, done};
use crate::service::case::{
    self, CaseOrder, CaseRecord, CredentialFile, CredentialOrder, IssuerRef, NewDraft, Opening,
    Reason, Signed, Supplying,
};
use crate::store;

/// A log of sessions goes over so many days.
const LOG_DAYS: u64 = 160;

/// Minutes of an hour.
const HOUR: u32 = 60;

impl Stage {
    pub(super) async fn credential_act(
        &mut self,
        doing: &Doing<'_>,
        what: Move,
    ) -> Result<(), RehearsalError> {
        match what {
            Move::Draft(paper) => self.draft(doing, paper, None).await,
            Move::Succeed(paper) => {
                let earlier = Some(self.credential(doing.scene)?);
                self.draft(doing, paper, earlier).await
            }
            Move::Open(purpose) => self.open(doing, purpose).await,
            Move::Submit(kind) => self.submit(doing, kind).await,
            Move::Supply(kind) => self.supply(doing, kind).await,
            Move::WithdrawCase(why) => {
                let order = doing.order(Act::WithdrawCase)?;
                let case = self.case_order(doing.scene).await?;
                let why = Some(why.into());
                let withdrawn = case::withdraw(&self.app, doing.by, &order, case, why).await;
                done(&doing.key, withdrawn).map(drop)
            }
            Move::Appeal(grounds) => self.appeal(doing, grounds).await,
            Move::WithdrawCredential => {
                let order = doing.order(Act::WithdrawCredential)?;
                let credential = self.credential_order(doing.scene).await?;
                let taken = case::withdraw_credential(&self.app, doing.by, &order, credential);
                done(&doing.key, taken.await).map(drop)
            }
            Move::Suspend(kind, why) => {
                let order = doing.order(Act::SuspendCredential)?;
                let credential = self.credential_order(doing.scene).await?;
                let why = reason(Some(why));
                let suspended =
                    case::suspend(&self.app, doing.by, &order, credential, kind, why, &[]);
                done(&doing.key, suspended.await).map(drop)
            }
            Move::SaysInError(why) => {
                let order = doing.order(Act::MarkEnteredInError)?;
                let credential = self.credential_order(doing.scene).await?;
                let why = reason(Some(why));
                let proposed =
                    case::propose_in_error(&self.app, doing.by, &order, credential, why).await;
                self.plays[doing.scene].proposal = Some(done(&doing.key, proposed)?);
                Ok(())
            }
            _ => Err(absent("rehearsal", &doing.key).into()),
        }
    }

    async fn draft(
        &mut self,
        doing: &Doing<'_>,
        paper: Paper,
        supersedes: Option<CredentialId>,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::DraftCredential)?;
        let new = NewDraft {
            npi: self.plays[doing.scene].person.npi,
            content: self.content(doing.scene, paper),
            issuer: IssuerRef::Name(paper.issuer.into()),
            supersedes,
        };
        let drafted = case::draft(&self.app, doing.by, &order, new).await;
        self.plays[doing.scene].credential = Some(done(&doing.key, drafted)?);
        Ok(())
    }

    async fn open(&mut self, doing: &Doing<'_>, purpose: Purpose) -> Result<(), RehearsalError> {
        let order = doing.order(Act::OpenCase)?;
        let credential = self.credential_order(doing.scene).await?;
        let opening = Opening {
            credential: credential.id,
            expected_version: credential.expected_version,
            purpose,
            reopens: None,
        };
        let opened = case::open(&self.app, doing.by, &order, opening).await;
        self.plays[doing.scene].case = Some(done(&doing.key, opened)?);
        Ok(())
    }

    async fn submit(
        &mut self,
        doing: &Doing<'_>,
        kind: EvidenceKind,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::SubmitCase)?;
        let words = self.words(doing.scene).await?;
        let file = self.file(doing, kind, &words).await?;
        let record = self.case(doing.scene).await?;
        let signed = self.signed(doing, &record, SignatureMeaning::Authorship);
        let case = order_of(&record);
        let submitted = case::submit(&self.app, doing.by, &order, case, &[file], signed).await;
        done(&doing.key, submitted).map(drop)
    }

    /// Brings a file; of a training also that all of its hours were taught in one room.
    async fn supply(
        &mut self,
        doing: &Doing<'_>,
        kind: EvidenceKind,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::SupplyInfo)?;
        let words = self.words(doing.scene).await?;
        let file = self.file(doing, kind, &words).await?;
        let held = self.credential_file(doing.scene).await?;
        let latest = held.latest().map(|latest| latest.content.clone());
        let content = latest.and_then(|mut content| {
            let hours = &mut content.training.as_mut()?.hours;
            hours.in_person_minutes += std::mem::take(&mut hours.live_online_minutes);
            let issuer = IssuerRef::Id(content.issuer.id);
            Some((content, issuer))
        });
        let supplying = Supplying {
            content,
            evidence: vec![file],
        };
        let case = self.case_order(doing.scene).await?;
        let supplied = case::supply(&self.app, doing.by, &order, case, supplying).await;
        done(&doing.key, supplied).map(drop)
    }

    async fn appeal(
        &mut self,
        doing: &Doing<'_>,
        grounds: &'static str,
    ) -> Result<(), RehearsalError> {
        let order = doing.order(Act::FileAppeal)?;
        let file = self.file(doing, EvidenceKind::IssuerEmail, grounds).await?;
        let record = self.case(doing.scene).await?;
        let signed = self.signed(doing, &record, SignatureMeaning::Authorship);
        let case = order_of(&record);
        let grounds = Some(grounds.into());
        let appealed =
            case::file_appeal(&self.app, doing.by, &order, case, &[file], signed, grounds).await;
        self.plays[doing.scene].case = Some(done(&doing.key, appealed)?);
        Ok(())
    }

    /// What a paper says of the scene's person, written down today.
    fn content(&self, scene: usize, paper: Paper) -> Content {
        let person = &self.plays[scene].person;
        let license = person.licenses.first();
        let completed = self
            .today()
            .checked_sub_days(chrono::Days::new(paper.days_before));
        let is_states = matches!(
            paper.kind,
            CredentialKind::StateEndorsement | CredentialKind::StatePermit
        );
        let is_training = paper.kind == CredentialKind::DryNeedlingTraining;
        let is_log = paper.kind == CredentialKind::SupervisedSessionsLog;
        let number = format!("S-{:05}", 10_000 + scene * 7);
        Content {
            kind: paper.kind,
            title: paper.title.into(),
            holder_name: Some(person.name.full().into()),
            issuer: NamedIssuer {
                id: 0,
                named: paper.issuer.into(),
            },
            number: (!is_training && !is_log).then(|| number.as_str().into()),
            names: None,
            jurisdiction: license
                .map(|license| license.jurisdiction)
                .filter(|_| is_states),
            discipline: license
                .map(|license| license.discipline)
                .filter(|_| is_states),
            sessions: is_log.then_some(paper.amount),
            issued_on: completed,
            started_on: completed
                .filter(|_| is_log)
                .and_then(|day| day.checked_sub_days(chrono::Days::new(LOG_DAYS))),
            completed_on: completed.filter(|_| !is_states),
            expires_on: None,
            training: is_training.then(|| training(paper, completed, &number)),
        }
    }

    /// What a file about the scene's credential says of it.
    async fn words(&self, scene: usize) -> Result<String, RehearsalError> {
        let file = self.credential_file(scene).await?;
        let latest = file.latest();
        Ok(latest.map_or_else(
            || "About a credential".to_owned(),
            |latest| format!("{}, {}", latest.content.title, latest.content.issuer.named),
        ))
    }

    pub(super) fn credential(&self, scene: usize) -> Result<CredentialId, RehearsalError> {
        let found = self.plays[scene].credential;
        Ok(found.ok_or_else(|| absent("credential", scene))?)
    }

    pub(super) async fn credential_file(
        &self,
        scene: usize,
    ) -> Result<CredentialFile, RehearsalError> {
        let id = self.credential(scene)?;
        let found = store::case::file(self.app.store.connection(), id).await?;
        Ok(found.ok_or_else(|| absent("credential", id.0))?)
    }

    async fn credential_order(&self, scene: usize) -> Result<CredentialOrder, RehearsalError> {
        let file = self.credential_file(scene).await?;
        Ok(CredentialOrder {
            id: file.id,
            expected_version: i64::from(file.version),
        })
    }

    pub(super) fn case_id(&self, scene: usize) -> Result<CaseId, RehearsalError> {
        let found = self.plays[scene].case;
        Ok(found.ok_or_else(|| absent("case", scene))?)
    }

    pub(super) async fn case(&self, scene: usize) -> Result<CaseRecord, RehearsalError> {
        let id = self.case_id(scene)?;
        let found = store::case::by_id(self.app.store.connection(), id).await?;
        Ok(found.ok_or_else(|| absent("case", id.0))?)
    }

    pub(super) async fn case_order(&self, scene: usize) -> Result<CaseOrder, RehearsalError> {
        Ok(order_of(&self.case(scene).await?))
    }

    /// A signature over the case's content.
    pub(super) fn signed(
        &self,
        doing: &Doing<'_>,
        record: &CaseRecord,
        meaning: SignatureMeaning,
    ) -> Signed {
        Signed {
            printed_name: self.printed(doing),
            meaning,
            content_sha256: record.case.file().content.sha256,
        }
    }
}

pub(super) fn order_of(record: &CaseRecord) -> CaseOrder {
    CaseOrder {
        id: record.id(),
        expected_version: i64::from(record.version),
    }
}

pub(super) fn reason(why: Option<Why>) -> Reason {
    Reason {
        code: why.map(|(code, _)| code),
        text: why.map(|(_, text)| text.into()),
    }
}

/// Four fifths in one room, the rest live over a line.
fn training(paper: Paper, completed: Option<chrono::NaiveDate>, number: &str) -> TrainingContent {
    let minutes = paper.amount * HOUR;
    let online = minutes / 5;
    TrainingContent {
        started_on: completed.and_then(|day| day.checked_sub_days(chrono::Days::new(3))),
        hours: ContentHours {
            in_person_minutes: minutes - online,
            live_online_minutes: online,
            ..ContentHours::default()
        },
        assessment: Some(AssessmentResult::PassedBoth),
        certificate_number: Some(number.into()),
        ..TrainingContent::default()
    }
}
