//! Writing a credential down, and changing what is written before anybody signed for it.

use domain::case::{Action, CaseState};
use domain::content::{Content, NamedIssuer};
use domain::credential::{CredentialId, Standing};
use domain::npi::Npi;

use super::content::canonical;
use super::step::{self, CaseOrder};
use super::{ContentVersion, CredentialFile, hex};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, issuer, perform};
use crate::store;
use crate::store::issuer::{IssuerFacts, IssuerId, IssuerRecord, Resolved};

/// Who issued it: an issuer on file, or a name. A name that nobody bears becomes an issuer that nobody
/// has judged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssuerRef {
    /// By its number.
    Id(i64),
    /// By a name that it bears or bore.
    Name(Box<str>),
}

/// What is written down. The content's own issuer is filled in from `issuer`.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// Whose.
    pub npi: Npi,
    /// What it says.
    pub content: Content,
    /// Who issued it.
    pub issuer: IssuerRef,
    /// The credential that it takes the place of once it is verified.
    pub supersedes: Option<CredentialId>,
}

/// Writes a credential down. Nobody but its author and reviewers see it before it is submitted.
pub async fn draft(
    app: &App,
    who: &Requester,
    order: &Order,
    new: NewDraft,
) -> Result<CredentialId, Trouble> {
    let id = perform(app, who, order, async |change: &Change<'_>| {
        change.own(new.npi, "provider")?;
        step::as_claimant(change, new.npi);
        in_view(change, new.npi).await?;
        if let Some(earlier) = new.supersedes {
            supersedable(change, earlier, &new).await?;
        }
        let content = with_issuer(change, new.content.clone(), &new.issuer).await?;
        let txn = &change.txn;
        let id = store::case::draft(txn, new.npi, &content, new.supersedes, None).await?;
        let version = write(change, id, 1, &content).await?;
        store::case::project(txn, id, &content, true).await?;
        let mut event = change.event("credential", step::credential_id(id, content.kind));
        event.entity_version = Some(1);
        event.after_hash = Some(version.sha256);
        change.log(event).await?;
        Ok(id.0)
    })
    .await?;
    Ok(CredentialId(id))
}

/// An entry that is hidden gets nothing new; what is under way about it goes on.
async fn in_view(change: &Change<'_>, npi: Npi) -> Result<(), Trouble> {
    let found = store::entry::find(change.txn.db(), npi).await?;
    let found = found.filter(|entry| entry.withdrawn_at.is_none());
    found.map(|_| ()).ok_or(Trouble::NotFound("provider"))
}

/// Changes what a credential says, while nobody has it in hand: before it is submitted, and again once
/// a case about it ended without a verification.
pub async fn update_draft(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (CredentialId, i64),
    content: Content,
    issuer: IssuerRef,
) -> Result<CredentialId, Trouble> {
    let id = perform(app, who, order, async |change: &Change<'_>| {
        let file = step::credential(change, id).await?;
        step::as_claimant(change, file.npi);
        change.check_version(expected_version, i64::from(file.version))?;
        if content.kind != file.kind {
            return Err(Trouble::field(
                UserErrorCode::GuardFailed,
                "kind",
                "a credential stays of its kind: write another one down",
            ));
        }
        if file.standing() != Standing::Unverified {
            return Err(Trouble::guard(format!(
                "what was decided about stays as it is ({}): write down a new credential that \
                 supersedes it, or open a case",
                file.standing()
            )));
        }
        let cases = store::case::of_credential(change.txn.db(), id).await?;
        let open = cases
            .into_iter()
            .find(|record| !step::reading(change, record).is_terminal());
        let content = with_issuer(change, content.clone(), &issuer).await?;
        let latest = file.latest();
        let before = latest.map(|one| one.sha256.clone());
        let number = match latest {
            None => 1,
            Some(one) if one.frozen_at.is_none() => one.version,
            Some(one) => one.version + 1,
        };
        if let Some(record) = open {
            edit_case(change, record, number, &content).await?;
        }
        let written = write(change, id, number, &content).await?;
        if file.draft {
            store::case::project(&change.txn, id, &content, true).await?;
        }
        step::bump(change, &file).await?;
        let mut event = change.event("credential", step::credential_id(id, file.kind));
        event.entity_version = Some(u64::from(file.version) + 1);
        event.before_hash = before;
        event.after_hash = Some(written.sha256);
        event.changed_fields = changed(&file, &content);
        change.log(event).await?;
        Ok(id.0)
    })
    .await?;
    Ok(CredentialId(id))
}

/// The case that is being written about it goes with it; one that somebody has in hand does not.
async fn edit_case(
    change: &Change<'_>,
    record: super::CaseRecord,
    version: u32,
    content: &Content,
) -> Result<(), Trouble> {
    let reading = step::reading(change, &record);
    if reading != CaseState::Draft {
        return Err(Trouble::refused(
            UserErrorCode::IllegalTransition,
            format!(
                "the case about it is {reading}: what it says is changed only when a verifier asks \
                 for it"
            ),
        ));
    }
    let order = CaseOrder {
        id: record.id(),
        expected_version: i64::from(record.version),
    };
    let mut table = step::load(change, order).await?;
    let (_, content_sha256) = canonical(content);
    table.content = content.clone();
    let edit = Action::Edit {
        version,
        content_sha256,
    };
    table.take(change, edit)?.save(change).await
}

fn changed(file: &CredentialFile, content: &Content) -> Vec<String> {
    let Some(latest) = file.latest() else {
        return Vec::new();
    };
    let differences = super::content::differences(&latest.content, content);
    differences
        .iter()
        .map(|difference| difference.field.clone())
        .collect()
}

/// Writes a version that nobody has signed for yet.
pub(super) async fn write(
    change: &Change<'_>,
    id: CredentialId,
    version: u32,
    content: &Content,
) -> Result<ContentVersion, Trouble> {
    let (document, digest) = canonical(content);
    let written = ContentVersion {
        version,
        content: content.clone(),
        sha256: hex::text(&digest),
        written_at: change.now,
        written_by: change.who.account.map(|account| account.0),
        frozen_at: None,
    };
    store::case::write_content(&change.txn, id, &written, document).await?;
    Ok(written)
}

/// The content with the issuer that it names.
pub(super) async fn with_issuer(
    change: &Change<'_>,
    mut content: Content,
    issuer: &IssuerRef,
) -> Result<Content, Trouble> {
    let db = change.txn.db();
    content.issuer = match issuer {
        IssuerRef::Id(id) => {
            let found = store::issuer::by_id(db, IssuerId(*id)).await?;
            let found = found.ok_or(Trouble::NotFound("issuer"))?;
            NamedIssuer {
                id: found.id.0,
                // Nobody typed what is printed: the name of that day.
                named: found.name_on(content.paper_day()),
            }
        }
        IssuerRef::Name(name) => {
            issuer::check_name("input.content.issuer.name", name)?;
            let on = content.paper_day();
            let id = match store::issuer::resolve(db, name, on).await? {
                Resolved::Known(found) => found.id,
                // Whether it could have issued it under that name is a check's to say.
                Resolved::OnOtherDays { issuer, .. } => issuer.id,
                Resolved::Ambiguous(found) => return Err(ambiguous(name, &found)),
                Resolved::Unknown => {
                    let facts = IssuerFacts {
                        name: name.trim().into(),
                        ..IssuerFacts::default()
                    };
                    store::issuer::insert(&change.txn, &facts).await?
                }
            };
            NamedIssuer {
                id: id.0,
                named: name.trim().into(),
            }
        }
    };
    Ok(content)
}

fn ambiguous(name: &str, found: &[IssuerRecord]) -> Trouble {
    let meant: Vec<_> = found
        .iter()
        .map(|one| format!("issuer_{} ({})", one.id.0, one.facts.name))
        .collect();
    Trouble::field(
        UserErrorCode::GuardFailed,
        "issuer.name",
        format!(
            "several issuers bear the name {name}: name one by its id: {}",
            meant.join(", ")
        ),
    )
}

/// Will it give way to a corrected version (S9)? Said before anybody works on one, and again when a case
/// about that is opened.
pub(super) fn gives_way(file: &CredentialFile, field: &str) -> Result<(), Trouble> {
    let refused = |why: String| Err(Trouble::field(UserErrorCode::GuardFailed, field, why));
    match file.standing() {
        Standing::Unverified | Standing::Verified => Ok(()),
        Standing::Suspended => refused(
            "a corrected paper lifts no suspension: ask that it be lifted first \
             (reinstateCredential), and correct what is in force again"
                .to_owned(),
        ),
        ended @ (Standing::Revoked
        | Standing::Withdrawn
        | Standing::Superseded
        | Standing::EnteredInError) => refused(format!(
            "what is {ended} is not corrected: write the paper down as a credential of its own"
        )),
    }
}

async fn supersedable(
    change: &Change<'_>,
    earlier: CredentialId,
    new: &NewDraft,
) -> Result<(), Trouble> {
    let file = step::credential(change, earlier).await?;
    if file.npi != new.npi {
        return Err(Trouble::NotFound("credential"));
    }
    let is_of_kind = file.kind == new.content.kind;
    gives_way(&file, "supersedesId")?;
    if is_of_kind && !file.draft {
        return Ok(());
    }
    Err(Trouble::field(
        UserErrorCode::GuardFailed,
        "supersedesId",
        "only a submitted credential of the same kind, not ended yet, is superseded",
    ))
}
