//! What those who work on cases, and those whom they are about, may read of them.

use std::collections::BTreeSet;

use domain::access::{Act, Reach};
use domain::attestation::AttestationId;
use domain::case::{About, CaseId, CaseState};
use domain::check::CheckOutcome;
use domain::content::Content;
use domain::credential::CredentialId;
use domain::issuer::named;
use domain::npi::Npi;

use super::{CaseRecord, CredentialFile, QueueFilter, QueuePlace, Work};
use crate::app::App;
use crate::service::{Requester, Trouble, attestation};
use crate::store::issuer::{IssuerId, IssuerRecord};
use crate::store::{self, View};

pub use super::step::{case_id, credential_id, state_at};

/// A case with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct WholeCase {
    /// The case.
    pub record: CaseRecord,
    /// Its states, checks, files and questions.
    pub work: Work,
    /// The credential that it is about; nothing of a case about an attestation.
    pub credential: Option<CredentialFile>,
    /// Who issued that, as on file now.
    pub issuer: Option<IssuerRecord>,
    /// The attestation that it is about; nothing of a case about a credential.
    pub attestation: Option<attestation::read::Record>,
}

impl WholeCase {
    /// What the issuer's name on the paper comes to on the paper's day; nothing of a case about an
    /// attestation, and of a credential that came without a content.
    pub fn issuer_named(&self) -> Option<CheckOutcome> {
        let content = content(self.credential.as_ref()?, &self.record)?;
        let names = self.issuer.as_ref()?.names();
        let (outcome, _) = named(&content.issuer.named, content.paper_day(), &names);
        Some(outcome)
    }
}

/// What is claimed, as the case has it.
fn content<'a>(credential: &'a CredentialFile, record: &CaseRecord) -> Option<&'a Content> {
    let version = record.case.file().content.version;
    credential.content(version).map(|version| &version.content)
}

/// A credential with its cases, oldest first.
#[derive(Debug, Clone)]
pub struct WholeCredential {
    /// The credential.
    pub file: CredentialFile,
    /// Its cases.
    pub cases: Vec<CaseRecord>,
}

/// A case, to whoever may read it.
///
/// # Errors
/// Not theirs answers like not there.
pub async fn case(app: &App, who: &Requester, id: CaseId) -> Result<WholeCase, Trouble> {
    let (_, reach) = who.acting(Act::ReadCase)?;
    let found = whole(app, id).await?;
    visible(who, reach, found.record.case.file().subject, "case")?;
    Ok(found)
}

async fn whole(app: &App, id: CaseId) -> Result<WholeCase, Trouble> {
    let view = app.store.read().await?;
    let record = store::case::by_id(&view, id).await?;
    let mut found = with_work(app, &view, record.into_iter().collect()).await?;
    found.pop().ok_or(Trouble::NotFound("case"))
}

/// Cases with everything that belongs to them: the same number of statements however many.
async fn with_work(
    app: &App,
    view: &View,
    records: Vec<CaseRecord>,
) -> Result<Vec<WholeCase>, Trouble> {
    let ids: Vec<CaseId> = records.iter().map(CaseRecord::id).collect();
    let mut works = store::case::works(view, &ids).await?;
    let about = |record: &CaseRecord| match record.case.file().about {
        About::Credential(id, _) => Some(id),
        About::Attestation(_) => None,
    };
    let credentials: Vec<CredentialId> = records.iter().filter_map(about).collect();
    let credentials = store::case::credentials(view, &credentials).await?;
    let file = |record: &CaseRecord| {
        let id = about(record)?;
        credentials.iter().find(|file| file.id == id)
    };
    let issuer = |record: &CaseRecord| Some(content(file(record)?, record)?.issuer.id);
    let issuers: BTreeSet<i64> = records.iter().filter_map(issuer).collect();
    let issuers: Vec<IssuerId> = issuers.into_iter().map(IssuerId).collect();
    let issuers = store::issuer::by_ids(view, &issuers).await?;
    let signed = |record: &CaseRecord| match record.case.file().about {
        About::Attestation(id) => Some(id),
        About::Credential(..) => None,
    };
    let attestations: Vec<AttestationId> = records.iter().filter_map(signed).collect();
    let attestations = store::attestation::by_ids(view, &attestations).await?;
    let attestations = attestation::read::records(app, view, attestations).await?;
    let whole = records.iter().map(|record| WholeCase {
        work: works.remove(&record.id()).unwrap_or_default(),
        credential: file(record).cloned(),
        issuer: issuer(record)
            .and_then(|id| issuers.iter().find(|one| one.id == IssuerId(id)).cloned()),
        attestation: signed(record).and_then(|id| {
            let mut found = attestations.iter();
            found
                .find(|it| it.filed.attestation.claim().id == id)
                .cloned()
        }),
        record: record.clone(),
    });
    Ok(whole.collect())
}

/// A credential, drafts included, to whoever may read its cases.
pub async fn credential(
    app: &App,
    who: &Requester,
    id: CredentialId,
) -> Result<WholeCredential, Trouble> {
    let (_, reach) = who.acting(Act::ReadCredentialRecord)?;
    let found = whole_credential(app, id).await?;
    visible(who, reach, found.file.npi, "credential")?;
    Ok(found)
}

async fn whole_credential(app: &App, id: CredentialId) -> Result<WholeCredential, Trouble> {
    let view = app.store.read().await?;
    let file = store::case::file(&view, id)
        .await?
        .ok_or(Trouble::NotFound("credential"))?;
    let cases = store::case::of_credential(&view, id).await?;
    Ok(WholeCredential { file, cases })
}

/// What waits: a page, and one more where there is one.
pub async fn queue(
    app: &App,
    who: &Requester,
    mut filter: QueueFilter,
    after: Option<QueuePlace>,
    size: usize,
) -> Result<Vec<WholeCase>, Trouble> {
    let (_, reach) = who.acting(Act::ReadCaseQueue)?;
    if reach == Reach::Own {
        filter.of = Some(who.entries.clone());
    }
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    let view = app.store.read().await?;
    let records = store::case::queue(&view, &filter, after, limit).await?;
    with_work(app, &view, records).await
}

/// The state of a case as read now.
pub fn state(app: &App, record: &CaseRecord) -> CaseState {
    state_at(record, app.clock.now())
}

fn visible(who: &Requester, reach: Reach, npi: Npi, what: &'static str) -> Result<(), Trouble> {
    if reach == Reach::Any || who.owns(npi) {
        Ok(())
    } else {
        Err(Trouble::NotFound(what))
    }
}
