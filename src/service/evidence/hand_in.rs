use domain::access::{Act, Reach};
use domain::evidence::{
    Evidence, EvidenceId, EvidenceKind, FILES_OF_ONE, FileName, MediaType, sniff,
};
use domain::npi::Npi;
use serde::{Deserialize, Serialize};

use super::{TABLE, WHAT, name, vault};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store;
use crate::store::evidence::NewEvidence;
use crate::vault::{Incoming, Received, VaultError};

/// How often bytes are put back that were purged while they were handed in anew.
const ATTEMPTS: usize = 3;

/// What is said of a file by whoever hands it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Whose entry it is about.
    pub provider: Npi,
    /// What it is said to be.
    pub kind: EvidenceKind,
    /// What it was called.
    pub file_name: Option<FileName>,
    /// The key by which asking again is known; without one, the same bytes are the same file.
    pub idempotency_key: Option<Box<str>>,
}

/// A file on record, and whether it was there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The file.
    pub evidence: Evidence,
    /// Was it handed in before?
    pub was_there: bool,
}

/// What is remembered of an upload.
#[derive(Serialize, Deserialize)]
struct Answer {
    id: EvidenceId,
    was_there: bool,
}

/// Begins to take a file in, from somebody who may hand in one of somebody's.
pub async fn receive(app: &App, who: &Requester) -> Result<Incoming, Trouble> {
    if who.acting(Act::UploadEvidence).is_err() {
        // The door says why, and logs the attempt.
        let order = Order::of(Act::UploadEvidence, &unused_key(app), &())?;
        perform(app, who, &order, async |_| Err::<(), _>(Trouble::Forbidden)).await?;
    }
    Ok(vault(app)?.receive(&app.chance).await?)
}

/// Puts a file that has come in on record.
///
/// The same bytes again for the same person are the same file, whatever they are said to be this time;
/// once it was purged, they are a new one.
///
/// # Errors
/// [`Trouble::BadInput`] for a file that is empty or of no type that is taken; [`Trouble::NotFound`]
/// for a person who is not on file or not the requester's.
pub async fn hand_in(
    app: &App,
    who: &Requester,
    incoming: Incoming,
    label: Label,
) -> Result<Receipt, Trouble> {
    let bad = |message: &str| Trouble::BadInput {
        field: "file".into(),
        message: message.into(),
    };
    if incoming.bytes() == 0 {
        return Err(bad("the file is empty"));
    }
    let received = incoming.finish().await?;
    let media_type = sniff(&received.head, received.is_text).ok_or_else(|| {
        bad("its content is none of PDF, PNG, JPEG or plain text in UTF-8, whatever its name says")
    })?;
    let order = order(app, &received, &label)?;
    let vault = vault(app)?;
    let mut attempt = 1;
    let answer = loop {
        vault.keep(&received).await?;
        let done = perform(app, who, &order, async |change| {
            record(change, &received, media_type, &label).await
        });
        match done.await {
            // The last file of these bytes was purged between the two.
            Err(Trouble::Vault(VaultError::Missing(_))) if attempt < ATTEMPTS => attempt += 1,
            Ok(answer) => break answer,
            Err(trouble) => {
                // Nobody's yet: what cannot be removed now is a stray, and the refusal is the answer.
                let _ = super::purge::destroy(app, &received.sha256).await;
                return Err(trouble);
            }
        }
    };
    let found = super::find(app, answer.id).await?;
    let evidence = found.ok_or(Trouble::NotFound(WHAT))?;
    // The same upload may come again after the person ceased to be theirs.
    let (_, reach) = who.acting(Act::UploadEvidence)?;
    if reach == Reach::Own && !who.owns(evidence.provider) {
        return Err(Trouble::NotFound("provider"));
    }
    if evidence.tombstone.is_some() {
        // An order that is repeated after its file was destroyed brings the bytes, and not the file, back.
        super::purge::destroy(app, &received.sha256).await?;
        return Err(Trouble::guard(
            "this file was destroyed after it had been handed in: hand it in anew with another key",
        ));
    }
    Ok(Receipt {
        evidence,
        was_there: answer.was_there,
    })
}

async fn record(
    change: &Change<'_>,
    received: &Received,
    media_type: MediaType,
    label: &Label,
) -> Result<Answer, Trouble> {
    let npi = label.provider;
    change.own(npi, "provider")?;
    let db = change.txn.db();
    let entry = store::entry::find(db, npi).await?;
    if entry.is_none_or(|entry| entry.erased_at.is_some()) {
        return Err(Trouble::NotFound("provider"));
    }
    if let Some(known) = store::evidence::find(db, npi, &received.sha256).await? {
        let mut event = change.event(TABLE, name(known.id));
        event.reason_code = Some("HANDED_IN_AGAIN".to_owned());
        change.log(event).await?;
        return Ok(Answer {
            id: known.id,
            was_there: true,
        });
    }
    if store::evidence::count(db, npi).await? >= FILES_OF_ONE {
        return Err(Trouble::field(
            UserErrorCode::GuardFailed,
            "provider",
            format!("{FILES_OF_ONE} files of this person are kept, which is as many as may be"),
        ));
    }
    // Under the log's head nobody destroys anything: a file that is there now stays.
    let is_there = vault(change.app)?.has(&received.sha256, received.bytes);
    if !is_there.await? {
        return Err(Trouble::Vault(VaultError::Missing(received.sha256)));
    }
    let new = NewEvidence {
        provider: npi,
        kind: label.kind,
        sha256: received.sha256,
        bytes: received.bytes,
        media_type,
        file_name: label.file_name.clone(),
        uploaded_by: change.who.account,
        uploaded_at: change.now,
    };
    let id = store::evidence::insert(&change.txn, new).await?;
    let mut event = change.event(TABLE, name(id));
    event.entity_version = Some(1);
    event.after_hash = Some(received.sha256.to_string());
    change.log(event).await?;
    Ok(Answer {
        id,
        was_there: false,
    })
}

/// The order under the client's key, or under one that nobody used.
fn order(app: &App, received: &Received, label: &Label) -> Result<Order, Trouble> {
    #[derive(Serialize)]
    struct Body {
        provider: String,
        kind: EvidenceKind,
        sha256: String,
    }
    let body = Body {
        provider: label.provider.to_string(),
        kind: label.kind,
        sha256: received.sha256.to_string(),
    };
    let key = match &label.idempotency_key {
        Some(key) => key.clone(),
        None => unused_key(app),
    };
    Order::of(Act::UploadEvidence, &key, &body)
}

fn unused_key(app: &App) -> Box<str> {
    format!("upload-{}", app.chance.token()).into()
}
