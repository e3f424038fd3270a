use async_graphql::{Context, Description, ID, Object, SimpleObject};
use domain::content::{Content, TrainingContent};

use super::case::account;
use super::{TrainingHours, WhyNot, reading};
use crate::graphql::codes::{
    AssessmentResult, CredentialKind, Discipline, EffectiveStatus, Jurisdiction, Standing,
    SuspensionKind,
};
use crate::graphql::error::Fault;
use crate::graphql::scalar::{Date, DateTime, Npi};
use crate::service;
use crate::service::case::content::{Difference, differences};
use crate::service::case::read::{WholeCredential, case_id, credential_id};
use crate::service::case::{ContentVersion, CredentialFile, StandingRow};

/// A credential as its holder and those who verify it see it: drafts, every version of what it says,
/// every standing with its reason. Not public.
#[derive(Description)]
pub struct CredentialRecord(pub WholeCredential);

#[Object(use_type_description)]
impl CredentialRecord {
    /// Its id: that of the public credential, once there is one.
    async fn id(&self) -> ID {
        ID(credential_id(self.0.file.id, self.0.file.kind))
    }

    /// How often it was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.0.file.version)
    }

    /// Whose.
    async fn npi(&self) -> Npi {
        Npi(self.0.file.npi)
    }

    /// What it is.
    async fn kind(&self) -> CredentialKind {
        self.0.file.kind.into()
    }

    /// Was it never submitted? Then nobody but its author sees it.
    async fn draft(&self) -> bool {
        self.0.file.draft
    }

    /// What decisions have made of it.
    async fn standing(&self) -> Standing {
        self.0.file.standing().into()
    }

    /// What it is worth on a day by itself, today when absent; null of a draft and of what was entered
    /// in error.
    async fn status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day, in the person's own zone.")] on: Option<Date>,
    ) -> Result<Option<EffectiveStatus>, Fault> {
        let reading = reading(ctx);
        let on = on.map(|on| on.0);
        let status =
            service::provider::credential_status(reading, self.0.file.npi, self.0.file.id, on);
        Ok(status.map(Into::into))
    }

    /// Why it is not verified today, its latest case considered; empty where it is, and of a draft that
    /// no case is about.
    async fn why_not_verified(&self, ctx: &Context<'_>) -> Vec<WhyNot> {
        let latest = self.0.cases.last().map(|record| &record.case);
        let (npi, id) = (self.0.file.npi, self.0.file.id);
        let why = service::provider::why_record_not_verified(reading(ctx), npi, id, latest);
        why.into_iter().map(Into::into).collect()
    }

    /// What it says now.
    async fn content(&self) -> Option<CredentialContent> {
        let latest = self.0.file.latest()?;
        CredentialContent::of(&self.0.file, latest.version)
    }

    /// What it said, version by version, oldest first.
    async fn contents(&self) -> Vec<CredentialContent> {
        let versions = self.0.file.contents.iter();
        versions
            .filter_map(|version| CredentialContent::of(&self.0.file, version.version))
            .collect()
    }

    /// Every change of its standing, oldest first.
    async fn standings(&self) -> Vec<StandingEntry> {
        self.0.file.standings.iter().map(Into::into).collect()
    }

    /// The ids of its cases, oldest first.
    async fn case_ids(&self) -> Vec<ID> {
        let cases = self.0.cases.iter();
        cases.map(|record| ID(case_id(record.id()))).collect()
    }

    /// The id of the credential that it takes the place of once it is verified.
    async fn supersedes_id(&self) -> Option<ID> {
        let id = self.0.file.supersedes?;
        Some(ID(credential_id(id, self.0.file.kind)))
    }

    /// The id of the revoked credential that an appeal gave back as this one.
    async fn replaces_id(&self) -> Option<ID> {
        let id = self.0.file.replaces?;
        Some(ID(credential_id(id, self.0.file.kind)))
    }

    /// The id of the appeal that overturned its revocation. It stays revoked.
    async fn overturned_by_case_id(&self) -> Option<ID> {
        let overturned = self.0.file.overturned?;
        Some(ID(case_id(overturned.case)))
    }
}

/// A change of standing. Not public.
#[derive(SimpleObject)]
pub struct StandingEntry {
    /// When.
    at: DateTime,
    /// To what.
    standing: Standing,
    /// Why it is suspended.
    suspension: Option<SuspensionKind>,
    /// Why, as a code.
    reason_code: Option<String>,
    /// Why, in words, of a suspension by a person; what a case decided says why itself.
    reason_text: Option<String>,
    /// The ids of the files that show why.
    evidence_ids: Vec<ID>,
    /// The id of the case that decided it.
    case_id: Option<ID>,
    /// The day whose truth the oldest proof of a verification tells.
    psv_as_of: Option<Date>,
    /// How well a verification is proved: `SELF_ATTESTED`, `EVIDENCE_REVIEWED`, `PRIMARY_SOURCE` or
    /// `ISSUER_SIGNED`.
    assurance: Option<String>,
    /// The number of the log's entry that tells of it; null of what came by an import.
    seq: Option<String>,
}

impl From<&StandingRow> for StandingEntry {
    fn from(row: &StandingRow) -> Self {
        Self {
            at: row.at.into(),
            standing: row.standing.into(),
            suspension: row.suspension.map(Into::into),
            reason_code: row.reason_code.clone(),
            reason_text: row.reason_text.clone(),
            evidence_ids: row
                .evidence
                .iter()
                .map(|id| ID(format!("evidence_{id}")))
                .collect(),
            case_id: row.case_id.map(|id| ID(format!("case_{id}"))),
            psv_as_of: row.psv_as_of.map(Into::into),
            assurance: row.assurance.clone(),
            seq: row.seq.map(|seq| seq.to_string()),
        }
    }
}

/// One version of what a credential says. Not public.
#[derive(Description)]
pub struct CredentialContent {
    version: ContentVersion,
    before: Option<Content>,
}

impl CredentialContent {
    /// The version of that number.
    pub(super) fn of(file: &CredentialFile, version: u32) -> Option<Self> {
        let at = file
            .contents
            .iter()
            .position(|one| one.version == version)?;
        let before = at
            .checked_sub(1)
            .map(|before| file.contents[before].content.clone());
        Some(Self {
            version: file.contents[at].clone(),
            before,
        })
    }

    fn training(&self) -> Option<&TrainingContent> {
        self.version.content.training.as_ref()
    }
}

/// A field in which a version differs from the one before.
#[derive(SimpleObject)]
pub struct ContentDifference {
    /// The field, by its path.
    field: String,
    /// What stood there; null where nothing did.
    before: Option<String>,
    /// What stands there now; null where nothing does.
    after: Option<String>,
}

impl From<Difference> for ContentDifference {
    fn from(difference: Difference) -> Self {
        Self {
            field: difference.field,
            before: difference.before,
            after: difference.after,
        }
    }
}

/// Somebody who taught a course.
#[derive(SimpleObject)]
pub struct Instructor {
    /// Their name as printed.
    name: String,
    /// Their licence as printed.
    license: Option<String>,
}

/// A body's approval of a course, with the days on which it held.
#[derive(SimpleObject)]
pub struct ApprovalPeriod {
    /// Who approved it.
    body: String,
    /// Its number.
    number: Option<String>,
    /// First day.
    from: Option<Date>,
    /// Last day.
    to: Option<Date>,
}

#[Object(use_type_description)]
impl CredentialContent {
    /// Its number, from 1.
    async fn version(&self) -> i32 {
        super::version(self.version.version)
    }

    /// The SHA-256 of its canonical JSON, in hexadecimal: what a signature and a decision name.
    async fn sha256(&self) -> &str {
        &self.version.sha256
    }

    /// Since when it is never changed again; null while nobody has signed for it.
    async fn frozen_at(&self) -> Option<DateTime> {
        self.version.frozen_at.map(Into::into)
    }

    /// When it was written.
    async fn written_at(&self) -> DateTime {
        self.version.written_at.into()
    }

    /// The account that wrote it.
    async fn written_by(&self) -> Option<ID> {
        self.version.written_by.map(account)
    }

    /// Where it differs from the version before; empty of the first.
    async fn differences(&self) -> Vec<ContentDifference> {
        let Some(before) = &self.before else {
            return Vec::new();
        };
        let found = differences(before, &self.version.content);
        found.into_iter().map(Into::into).collect()
    }

    /// Its title as printed.
    async fn title(&self) -> &str {
        &self.version.content.title
    }

    /// The holder's name as printed.
    async fn holder_name(&self) -> Option<&str> {
        self.version.content.holder_name.as_deref()
    }

    /// The id of who issued it.
    async fn issuer_id(&self) -> ID {
        ID(format!("issuer_{}", self.version.content.issuer.id))
    }

    /// The issuer's name as printed.
    async fn issuer_named(&self) -> &str {
        &self.version.content.issuer.named
    }

    /// Its number.
    async fn number(&self) -> Option<&str> {
        self.version.content.number.as_deref()
    }

    /// What it proves, by the name that requirements use.
    async fn names(&self) -> Option<&str> {
        self.version.content.names.as_deref()
    }

    /// The state whose endorsement or permit it is.
    async fn jurisdiction(&self) -> Option<Jurisdiction> {
        self.version.content.jurisdiction.map(Into::into)
    }

    /// The profession it was given for.
    async fn discipline(&self) -> Option<Discipline> {
        self.version.content.discipline.map(Into::into)
    }

    /// The number of sessions of a log.
    async fn sessions(&self) -> Option<u32> {
        self.version.content.sessions
    }

    /// First day.
    async fn issued_on(&self) -> Option<Date> {
        self.version.content.issued_on.map(Into::into)
    }

    /// The day on which the work for it ended.
    async fn completed_on(&self) -> Option<Date> {
        self.version.content.completed_on.map(Into::into)
    }

    /// Last day.
    async fn expires_on(&self) -> Option<Date> {
        self.version.content.expires_on.map(Into::into)
    }

    /// Hours by mode; null of what is no training.
    async fn hours(&self) -> Option<TrainingHours> {
        let hours = self.training()?.hours;
        Some(domain::training::TrainingHours::from(hours).into())
    }

    /// The course's code.
    async fn course_code(&self) -> Option<&str> {
        self.training()?.course_code.as_deref()
    }

    /// The course's level.
    async fn level(&self) -> Option<&str> {
        self.training()?.level.as_deref()
    }

    /// The year of the edition that was taught.
    async fn edition_year(&self) -> Option<i32> {
        self.training()?.edition_year
    }

    /// First day of the course; of a log its first session.
    async fn started_on(&self) -> Option<Date> {
        let of_course = || self.training()?.started_on;
        let started_on = self.version.content.started_on.or_else(of_course);
        started_on.map(Into::into)
    }

    /// Minutes of theory.
    async fn theory_minutes(&self) -> Option<u32> {
        self.training()?.theory_minutes
    }

    /// Minutes of practical work.
    async fn practical_minutes(&self) -> Option<u32> {
        self.training()?.practical_minutes
    }

    /// Minutes taken after the entry-level degree.
    async fn postgraduate_minutes(&self) -> Option<u32> {
        self.training()?.postgraduate_minutes
    }

    /// Regions of the body that were taught.
    async fn body_regions(&self) -> Vec<&str> {
        let regions = self.training().map(|training| &training.body_regions);
        regions
            .into_iter()
            .flatten()
            .map(|region| &**region)
            .collect()
    }

    /// How the course ended.
    async fn assessment(&self) -> Option<AssessmentResult> {
        self.training()?.assessment.map(Into::into)
    }

    /// Who taught it.
    async fn instructors(&self) -> Vec<Instructor> {
        let instructors = self.training().map(|training| &training.instructors);
        let instructors = instructors.into_iter().flatten();
        instructors
            .map(|one| Instructor {
                name: one.name.to_string(),
                license: one.license.as_deref().map(str::to_owned),
            })
            .collect()
    }

    /// Bodies that approved the course.
    async fn approvals(&self) -> Vec<ApprovalPeriod> {
        let approvals = self.training().map(|training| &training.approvals);
        let approvals = approvals.into_iter().flatten();
        approvals
            .map(|one| ApprovalPeriod {
                body: one.body.to_string(),
                number: one.number.as_deref().map(str::to_owned),
                from: one.from.map(Into::into),
                to: one.to.map(Into::into),
            })
            .collect()
    }

    /// Where it was taught, in words.
    async fn place(&self) -> Option<&str> {
        self.training()?.place.as_deref()
    }

    /// The state in whose time zone its days are read.
    async fn place_jurisdiction(&self) -> Option<Jurisdiction> {
        self.training()?.place_jurisdiction.map(Into::into)
    }

    /// The number of the course's certificate.
    async fn certificate_number(&self) -> Option<&str> {
        self.training()?.certificate_number.as_deref()
    }
}
