//! What the claimant does with a case: submit it (C2), bring what was asked for (C6), take it back
//! (C12).

use domain::case::action::Supplied;
use domain::case::{Action, Attached, CaseId, Effect, Purpose, Signing};
use domain::check::changed;
use domain::content::Content;
use domain::credential::Standing;
use domain::duty::{AccountId, ReasonCode, Sha256, SignatureMeaning};
use domain::evidence::{Evidence, EvidenceId};
use domain::notice::{Task, TaskKind};
use domain::npi::Npi;

use super::content::canonical;
use super::draft::{IssuerRef, with_issuer, write};
use super::step::{self, CaseOrder, Step, Table};
use super::{AttachedFile, CredentialFile, hex};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform, task};
use crate::store;

/// A signature as it was made.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The signatory's name, as they wrote it.
    pub printed_name: Box<str>,
    /// What they say it means.
    pub meaning: SignatureMeaning,
    /// The content that they were shown.
    pub content_sha256: Sha256,
}

/// What is brought.
#[derive(Debug, Clone)]
pub struct Supplying {
    /// What the credential says now; nothing where it says the same.
    pub content: Option<(Content, IssuerRef)>,
    /// New files.
    pub evidence: Vec<EvidenceId>,
}

impl From<Signed> for Signing {
    fn from(signed: Signed) -> Self {
        Self {
            printed_name: signed.printed_name,
            meaning: signed.meaning,
            content_sha256: signed.content_sha256,
        }
    }
}

/// C2: puts a case before a verifier, with files that prove the claim and the signature of whoever
/// makes it. What was signed for is never changed again.
pub async fn submit(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    evidence: &[EvidenceId],
    signed: Signed,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let mut table = load(change, case).await?;
        let files = files(change, table.record.case.file().subject, evidence).await?;
        for file in &files {
            table.record = table.attach(change, attached(change, file))?;
        }
        let (meaning, name) = (signed.meaning, signed.printed_name.clone());
        let version = table.record.case.file().content.version;
        let credential = table.credential.clone();
        let content = table.content.clone();
        let step = table.take(change, Action::Submit(signed.clone().into()))?;
        let step = step.signed(meaning, name);
        keep(change, &step, &files).await?;
        if let Some(credential) = credential {
            store::case::freeze(&change.txn, credential.id, version, change.now).await?;
            // From now on others see it: as claimed, and by nobody verified.
            if credential.standing() == Standing::Unverified {
                store::case::project(&change.txn, credential.id, &content, false).await?;
                store::provider::touch(&change.txn, &[credential.npi]).await?;
            }
        }
        step.finish(change).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}

/// C6: brings what was asked for, as a new version of the content. Checks of what was changed have to
/// be made again.
pub async fn supply(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    supplying: Supplying,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let mut table = load(change, case).await?;
        let files = files(
            change,
            table.record.case.file().subject,
            &supplying.evidence,
        )
        .await?;
        let before = table.content.clone();
        if let Some((content, issuer)) = &supplying.content {
            if table.credential.is_none() {
                return Err(Trouble::field(
                    UserErrorCode::GuardFailed,
                    "content",
                    "this case is about an attestation, which is not changed once it is signed",
                ));
            }
            if content.kind != before.kind {
                return Err(Trouble::field(
                    UserErrorCode::GuardFailed,
                    "content",
                    "a credential stays of its kind",
                ));
            }
            table.content = with_issuer(change, content.clone(), issuer).await?;
        }
        let content = table.content.clone();
        let credential = table.credential.clone();
        let content_sha256 = match credential {
            Some(_) => canonical(&content).1,
            // What a person signed about needles is not changed by what they bring.
            None => table.record.case.file().content.sha256,
        };
        // Another case may have written versions of its own since this one began.
        let held = table.record.case.file().content.version;
        let latest = credential.as_ref().and_then(CredentialFile::latest);
        let version = latest.map_or(held, |latest| latest.version.max(held)) + 1;
        let supplied = Supplied {
            version,
            content_sha256,
            changed: changed(&before, &content),
            evidence: files.iter().map(|file| attached(change, file)).collect(),
        };
        let step = table.take(change, Action::SupplyInfo(supplied))?;
        if let Some(credential) = credential {
            write(change, credential.id, version, &content).await?;
            store::case::freeze(&change.txn, credential.id, version, change.now).await?;
            if credential.standing() == Standing::Unverified {
                store::case::project(&change.txn, credential.id, &content, false).await?;
                store::provider::touch(&change.txn, &[credential.npi]).await?;
            }
        }
        keep(change, &step, &files).await?;
        store::case::answered(&change.txn, case.id, change.now).await?;
        step.finish(change).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}

/// C12: takes a case back. A suspicion of fraud stays with it, and becomes a task.
pub async fn withdraw(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    reason_text: Option<Box<str>>,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let table = load(change, case).await?;
        let step = table.take(change, Action::Withdraw)?;
        if step.effects.contains(&Effect::FraudFlagSurvives) {
            task::open(change, &[suspicion(&step)]).await?;
        }
        let step = step.because(Some(ReasonCode::ProviderRequest), reason_text.clone());
        step.finish(change).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}

/// Somebody looks into what was taken back under a suspicion.
fn suspicion(step: &Step) -> Task {
    let file = step.after.case.file();
    let id = step::case_id(file.id);
    Task {
        kind: TaskKind::FraudSuspected,
        npi: Some(file.subject),
        about: Some(("case".into(), file.id.0.to_string().into())),
        what: format!("{id} was taken back under a suspicion of fraud: look into it").into(),
        due_on: None,
        once_key: format!("FRAUD/{id}").into(),
    }
}

async fn load(change: &Change<'_>, case: CaseOrder) -> Result<Table, Trouble> {
    let table = step::load(change, case).await?;
    let file = table.record.case.file();
    if file.purpose != Purpose::ForCause {
        step::as_claimant(change, file.subject);
    }
    Ok(table)
}

/// The files by their numbers: the person's own, and still there.
pub(in crate::service) async fn files(
    change: &Change<'_>,
    npi: Npi,
    ids: &[EvidenceId],
) -> Result<Vec<Evidence>, Trouble> {
    let found = store::evidence::by_ids(change.txn.db(), ids).await?;
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        let file = found.iter().find(|file| file.id == *id);
        let file = file.filter(|file| file.provider == npi);
        let file = file.ok_or(Trouble::NotFound("evidence"))?;
        if file.tombstone.is_some() {
            return Err(Trouble::field(
                UserErrorCode::EvidenceMissing,
                "evidenceIds",
                format!("the bytes of evidence_{} were destroyed", id.0),
            ));
        }
        files.push(file.clone());
    }
    Ok(files)
}

pub(in crate::service) fn attached(change: &Change<'_>, file: &Evidence) -> Attached {
    Attached {
        sha256: *file.sha256.as_bytes(),
        uploaded_by: AccountId(uploader(change, file)),
    }
}

/// Who answers for a file: whoever handed it in, else whoever attaches it.
fn uploader(change: &Change<'_>, file: &Evidence) -> i64 {
    let by = file.uploaded_by.or(change.who.account);
    by.map_or(0, |account| account.0)
}

/// Writes which files came with a step.
pub(super) async fn keep(
    change: &Change<'_>,
    step: &Step,
    files: &[Evidence],
) -> Result<(), Trouble> {
    keep_files(change, &step.after, files).await
}

/// Writes which files came with a case.
pub(super) async fn keep_files(
    change: &Change<'_>,
    record: &super::CaseRecord,
    files: &[Evidence],
) -> Result<(), Trouble> {
    let version = record.case.file().content.version;
    let rows: Vec<AttachedFile> = files
        .iter()
        .map(|file| AttachedFile {
            evidence: file.id.0,
            content_version: version,
            sha256: hex::text(file.sha256.as_bytes()),
            uploaded_by: uploader(change, file),
            attached_at: change.now,
            attached_by: change.who.account.map_or(0, |account| account.0),
        })
        .collect();
    Ok(store::case::attach(&change.txn, record.id(), &rows).await?)
}
