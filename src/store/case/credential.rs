//! Credentials as those who work on them see them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::CaseId;
use domain::content::Content;
use domain::credential::{CredentialId, CredentialKind, Issuer, Standing, SuspensionKind};
use domain::npi::Npi;
use domain::standing::Overturned;
use domain::training::{CourseApproval, TrainingCredential, TrainingHours};
use entity::{
    course_approval, credential, credential_content, credential_standing, training_detail,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::store::provider::{npi, number, training};
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row};

/// A credential with everything that was ever said and decided of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialFile {
    /// Its stored number.
    pub id: CredentialId,
    /// Whose.
    pub npi: Npi,
    /// What it is.
    pub kind: CredentialKind,
    /// Was it never submitted?
    pub draft: bool,
    /// The credential that it takes the place of once it is verified.
    pub supersedes: Option<CredentialId>,
    /// The revoked credential that an appeal gave back as this one.
    pub replaces: Option<CredentialId>,
    /// The appeal that overturned its revocation.
    pub overturned: Option<Overturned>,
    /// What it says, version by version. Of a credential that came by import there is none.
    pub contents: Vec<ContentVersion>,
    /// Every change of its standing, oldest first.
    pub standings: Vec<StandingRow>,
    /// How often it was changed by an act.
    pub version: u32,
}

/// One version of what a credential says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentVersion {
    /// Its number, from 1.
    pub version: u32,
    /// What it says.
    pub content: Content,
    /// SHA-256 of its canonical JSON, in hexadecimal.
    pub sha256: String,
    /// When it was last written.
    pub written_at: DateTime<Utc>,
    /// By which account.
    pub written_by: Option<i64>,
    /// Since when it is never changed again.
    pub frozen_at: Option<DateTime<Utc>>,
}

/// One change of standing, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRow {
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// To what.
    pub standing: Standing,
    /// Why it is suspended.
    pub suspension: Option<SuspensionKind>,
    /// Why, as a code.
    pub reason_code: Option<String>,
    /// The same in words, of what no case decided.
    pub reason_text: Option<String>,
    /// The numbers of the files that show why.
    pub evidence: Vec<i64>,
    /// By which case.
    pub case_id: Option<i64>,
    /// Did one person review that case and decide it?
    pub single_reviewer: bool,
    /// As of which day the oldest source that it rests on was asked.
    pub psv_as_of: Option<NaiveDate>,
    /// How well it is proved.
    pub assurance: Option<String>,
    /// The log entry that tells of it.
    pub seq: Option<u64>,
}

impl CredentialFile {
    /// The latest content.
    pub fn latest(&self) -> Option<&ContentVersion> {
        self.contents.last()
    }

    /// The content of that version.
    pub fn content(&self, version: u32) -> Option<&ContentVersion> {
        self.contents.iter().find(|one| one.version == version)
    }

    /// Where it stands; UNVERIFIED before anything was decided.
    pub fn standing(&self) -> Standing {
        self.standings
            .last()
            .map_or(Standing::Unverified, |change| change.standing)
    }
}

/// A credential by its number, drafts included.
pub async fn file(
    db: &impl ConnectionTrait,
    id: CredentialId,
) -> Result<Option<CredentialFile>, StoreError> {
    Ok(files(db, &[id]).await?.pop())
}

/// The first credential of a kind that each of these people had on file, whatever became of it.
pub async fn firsts(
    db: &impl ConnectionTrait,
    npis: &[Npi],
    kind: CredentialKind,
) -> Result<HashMap<Npi, CredentialId>, StoreError> {
    let select = credential::Entity::find()
        .filter(credential::Column::ProviderNpi.is_in(npis.iter().copied().map(number)))
        .filter(credential::Column::Kind.eq(kind.code()))
        .order_by_desc(credential::Column::Id);
    // The last to be put in is the lowest.
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let whose = npi(found.provider_npi, "provider_npi", found.id)?;
            Ok((whose, CredentialId(found.id)))
        })
        .collect()
}

/// Credentials by their numbers, as far as there are any.
pub async fn files(
    db: &impl ConnectionTrait,
    ids: &[CredentialId],
) -> Result<Vec<CredentialFile>, StoreError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let select = credential::Entity::find()
        .filter(credential::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(credential::Column::Id);
    let rows = row::read(db, select).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let contents = credential_content::Entity::find()
        .filter(credential_content::Column::CredentialId.is_in(ids.iter().copied()))
        .order_by_asc(credential_content::Column::Version);
    let contents = row::read(db, contents).await?;
    let standings = credential_standing::Entity::find()
        .filter(credential_standing::Column::CredentialId.is_in(ids.iter().copied()))
        .order_by_asc(credential_standing::Column::Ordinal);
    let standings = row::read(db, standings).await?;
    rows.into_iter()
        .map(|found| {
            let id = found.id;
            Ok(CredentialFile {
                id: CredentialId(id),
                npi: npi(found.provider_npi, "npi", found.provider_npi)?,
                kind: row::parse(&found.kind, "credential", "kind", id)?,
                draft: found.draft,
                supersedes: found.supersedes_id.map(CredentialId),
                replaces: found.replaces_id.map(CredentialId),
                overturned: found.overturned_by_case_id.zip(found.overturned_at).map(
                    |(case, at)| Overturned {
                        case: CaseId(case),
                        at,
                    },
                ),
                contents: contents
                    .iter()
                    .filter(|content| content.credential_id == id)
                    .map(content_of_row)
                    .collect::<Result<_, _>>()?,
                standings: standings
                    .iter()
                    .filter(|standing| standing.credential_id == id)
                    .map(standing_of_row)
                    .collect::<Result<_, _>>()?,
                version: row::fit(found.row_version, "credential", "row_version", id)?,
            })
        })
        .collect()
}

/// Writes a credential that nobody but its author sees yet. Its number.
pub async fn draft(
    txn: &WriteTxn,
    of: Npi,
    content: &Content,
    supersedes: Option<CredentialId>,
    replaces: Option<CredentialId>,
) -> Result<CredentialId, StoreError> {
    let id = txn.take_id();
    let row = credential::Model {
        id,
        provider_npi: number(of),
        kind: content.kind.code().to_owned(),
        title: content.title.to_string(),
        issuer_id: content.issuer.id,
        names: None,
        jurisdiction: None,
        discipline: None,
        sessions: None,
        issued_on: None,
        completed_on: None,
        expires_on: None,
        row_version: 1,
        draft: true,
        supersedes_id: supersedes.map(|id| id.0),
        replaces_id: replaces.map(|id| id.0),
        overturned_by_case_id: None,
        overturned_at: None,
    };
    row::insert::<credential::Entity>(txn.db(), vec![row]).await?;
    Ok(CredentialId(id))
}

/// Writes a version of what a credential says, in place of one with the same number that nobody has
/// signed for yet.
pub async fn write_content(
    txn: &WriteTxn,
    id: CredentialId,
    version: &ContentVersion,
    document: String,
) -> Result<(), StoreError> {
    let row = credential_content::Model {
        credential_id: id.0,
        version: row::version(version.version),
        document,
        sha256: version.sha256.clone(),
        written_at: row::instant(version.written_at),
        written_by: version.written_by,
        frozen_at: version.frozen_at.map(row::instant),
    };
    row::upsert::<credential_content::Entity>(txn.db(), vec![row]).await
}

/// Makes a version unchangeable.
pub async fn freeze(
    txn: &WriteTxn,
    id: CredentialId,
    version: u32,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    credential_content::Entity::update_many()
        .col_expr(
            credential_content::Column::FrozenAt,
            row::instant(at).into(),
        )
        .filter(credential_content::Column::CredentialId.eq(id.0))
        .filter(credential_content::Column::Version.eq(row::version(version)))
        .filter(credential_content::Column::FrozenAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Puts a content where the rules and the public read it.
pub async fn project(
    txn: &WriteTxn,
    id: CredentialId,
    content: &Content,
    draft: bool,
) -> Result<(), StoreError> {
    use credential::Column;
    let sessions: Option<i32> = content
        .sessions
        .map(|sessions| row::fit(sessions, "credential", "sessions", id.0))
        .transpose()?;
    let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    credential::Entity::update_many()
        .col_expr(Column::Title, content.title.to_string().into())
        .col_expr(Column::IssuerId, content.issuer.id.into())
        .col_expr(Column::Names, text(&content.names).into())
        .col_expr(
            Column::Jurisdiction,
            content.jurisdiction.map(|one| one.code().to_owned()).into(),
        )
        .col_expr(
            Column::Discipline,
            content.discipline.map(|one| one.code().to_owned()).into(),
        )
        .col_expr(Column::Sessions, sessions.into())
        .col_expr(Column::IssuedOn, content.issued_on.into())
        .col_expr(Column::CompletedOn, content.completed_on.into())
        .col_expr(Column::ExpiresOn, content.expires_on.into())
        .col_expr(Column::Draft, draft.into())
        .filter(Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    let Some(claimed) = training_of(id, content) else {
        return Ok(());
    };
    course_approval::Entity::delete_many()
        .filter(course_approval::Column::CredentialId.eq(id.0))
        .exec(txn.db())
        .await?;
    let detail = training::detail_row(id.0, &claimed)?;
    row::upsert::<training_detail::Entity>(txn.db(), vec![detail]).await?;
    let approvals = training::approval_rows(id.0, &claimed).collect();
    row::insert::<course_approval::Entity>(txn.db(), approvals).await
}

/// Counts a change of a credential. Nothing when it is not at that version any longer.
pub async fn bump(txn: &WriteTxn, id: CredentialId, held: u32) -> Result<bool, StoreError> {
    let changed = credential::Entity::update_many()
        .col_expr(
            credential::Column::RowVersion,
            Expr::col(credential::Column::RowVersion).add(1),
        )
        .filter(credential::Column::Id.eq(id.0))
        .filter(credential::Column::RowVersion.eq(row::version(held)))
        .exec(txn.db())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Adds a change of standing, which holds from its instant on.
pub async fn append_standing(
    txn: &WriteTxn,
    id: CredentialId,
    change: &StandingRow,
) -> Result<(), StoreError> {
    let before = credential_standing::Entity::find()
        .filter(credential_standing::Column::CredentialId.eq(id.0))
        .count(txn.db())
        .await?;
    let row = credential_standing::Model {
        credential_id: id.0,
        ordinal: row::fit(before, "credential_standing", "ordinal", id.0)?,
        decided_at: row::instant(change.at),
        standing: change.standing.code().to_owned(),
        suspension: change.suspension.map(|kind| kind.code().to_owned()),
        reason_code: change.reason_code.clone(),
        reason_text: change.reason_text.clone(),
        evidence_ids: (!change.evidence.is_empty())
            .then(|| serde_json::Value::from(change.evidence.clone()).to_string()),
        case_id: change.case_id,
        single_reviewer: change.single_reviewer,
        psv_as_of: change.psv_as_of,
        assurance: change.assurance.clone(),
        seq: change.seq.map(seq_value),
    };
    row::insert::<credential_standing::Entity>(txn.db(), vec![row]).await
}

/// Notes that an appeal overturned a revocation; the credential stays revoked.
pub async fn mark_overturned(
    txn: &WriteTxn,
    id: CredentialId,
    by: Overturned,
) -> Result<(), StoreError> {
    credential::Entity::update_many()
        .col_expr(credential::Column::OverturnedByCaseId, by.case.0.into())
        .col_expr(credential::Column::OverturnedAt, row::instant(by.at).into())
        .filter(credential::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// The training that a content tells of, as its tables keep it.
fn training_of(id: CredentialId, content: &Content) -> Option<TrainingCredential> {
    let training = content.training.as_ref()?;
    Some(TrainingCredential {
        credential: domain::credential::Credential {
            version: 1,
            id,
            kind: content.kind,
            title: content.title.clone(),
            issuer: Issuer {
                id: content.issuer.id,
                name: content.issuer.named.clone(),
            },
            names: None,
            jurisdiction: None,
            discipline: None,
            sessions: None,
            issued_on: None,
            completed_on: None,
            expires_on: None,
            overturned_at: None,
            history: Vec::new(),
        },
        started_on: training.started_on,
        hours: TrainingHours::from(training.hours),
        theory_minutes: training.theory_minutes,
        practical_minutes: training.practical_minutes,
        postgraduate_minutes: training.postgraduate_minutes,
        approvals: training
            .approvals
            .iter()
            .map(|approval| CourseApproval {
                body: approval.body.clone(),
                number: approval.number.clone(),
            })
            .collect(),
    })
}

fn content_of_row(found: &credential_content::Model) -> Result<ContentVersion, StoreError> {
    let (table, key) = (
        "credential_content",
        format!("{}/{}", found.credential_id, found.version),
    );
    Ok(ContentVersion {
        version: row::fit(found.version, table, "version", &key)?,
        content: serde_json::from_str(&found.document)
            .map_err(|error| StoreError::inconsistent(table, "document", &key, error))?,
        sha256: found.sha256.clone(),
        written_at: found.written_at,
        written_by: found.written_by,
        frozen_at: found.frozen_at,
    })
}

fn standing_of_row(found: &credential_standing::Model) -> Result<StandingRow, StoreError> {
    let (table, id) = ("credential_standing", found.credential_id);
    Ok(StandingRow {
        at: found.decided_at,
        standing: row::parse(&found.standing, table, "standing", id)?,
        suspension: found
            .suspension
            .as_deref()
            .map(|code| row::parse(code, table, "suspension", id))
            .transpose()?,
        reason_code: found.reason_code.clone(),
        reason_text: found.reason_text.clone(),
        evidence: match &found.evidence_ids {
            None => Vec::new(),
            Some(ids) => serde_json::from_str(ids)
                .map_err(|error| StoreError::inconsistent(table, "evidence_ids", id, error))?,
        },
        case_id: found.case_id,
        single_reviewer: found.single_reviewer,
        psv_as_of: found.psv_as_of,
        assurance: found.assurance.clone(),
        seq: found
            .seq
            .map(|seq| row::fit(seq, table, "seq", id))
            .transpose()?,
    })
}
