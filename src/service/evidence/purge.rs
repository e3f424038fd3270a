use domain::evidence::{Evidence, EvidenceId, PurgeReason, Sha256, Tombstone};

use super::{TABLE, WHAT, name, vault};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store;

/// Why a file is destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purge {
    /// The reason.
    pub reason: PurgeReason,
    /// The reason, in words; never empty.
    pub text: Box<str>,
}

/// Destroys the bytes of a file and leaves a tombstone. When this returns they are gone, unless another
/// person's file consists of the same.
///
/// # Errors
/// A file on hold or before somebody in an open case is not destroyed; nor is one twice.
pub async fn purge(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (EvidenceId, i64),
    why: Purge,
) -> Result<EvidenceId, Trouble> {
    let done = perform(app, who, order, async |change| {
        let evidence = standing(change, id, expected_version).await?;
        if why.text.trim().is_empty() {
            return Err(reason_required());
        }
        if let Some(hold) = &evidence.hold {
            return Err(Trouble::guard(format!("it is on hold: {hold}")));
        }
        if store::evidence::is_in_open_case(change.txn.db(), id).await? {
            return Err(Trouble::guard(
                "it belongs to an open case: it can be destroyed once that is decided",
            ));
        }
        let tombstone = Tombstone {
            purged_at: change.now,
            purged_by: change.who.account,
            reason: why.reason,
            text: why.text.clone(),
        };
        store::evidence::purge(&change.txn, id, &tombstone).await?;
        let mut event = change.event(TABLE, name(id));
        event.entity_version = Some(u64::from(evidence.version) + 1);
        event.reason_code = Some(why.reason.code().to_owned());
        event.reason_text = Some(why.text.to_string());
        event.before_hash = Some(evidence.sha256.to_string());
        event.changed_fields = vec!["purgedAt".to_owned(), "fileName".to_owned()];
        change.log(event).await?;
        Ok(id)
    });
    let id = done.await?;
    if let Some(evidence) = super::find(app, id).await? {
        destroy(app, &evidence.sha256).await?;
    }
    Ok(id)
}

/// Forbids a file's purge, for a reason: a court's order, an inspection.
pub async fn hold(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (EvidenceId, i64),
    reason: &str,
) -> Result<EvidenceId, Trouble> {
    set_hold(app, who, order, (id, expected_version), (true, reason)).await
}

/// Lifts such a hold, for a reason.
pub async fn release(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (EvidenceId, i64),
    reason: &str,
) -> Result<EvidenceId, Trouble> {
    set_hold(app, who, order, (id, expected_version), (false, reason)).await
}

async fn set_hold(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (EvidenceId, i64),
    (on_hold, reason): (bool, &str),
) -> Result<EvidenceId, Trouble> {
    perform(app, who, order, async |change| {
        let evidence = standing(change, id, expected_version).await?;
        if reason.trim().is_empty() {
            return Err(reason_required());
        }
        if evidence.hold.is_some() == on_hold {
            let message = if on_hold {
                "it is on hold already"
            } else {
                "it is not on hold"
            };
            return Err(Trouble::refused(UserErrorCode::IllegalTransition, message));
        }
        store::evidence::hold(&change.txn, id, on_hold.then_some(reason)).await?;
        let mut event = change.event(TABLE, name(id));
        event.entity_version = Some(u64::from(evidence.version) + 1);
        event.reason_text = Some(reason.to_owned());
        event.changed_fields = vec!["hold".to_owned()];
        change.log(event).await?;
        Ok(id)
    })
    .await
}

/// The file, as the client has seen it and with its bytes.
async fn standing(
    change: &Change<'_>,
    id: EvidenceId,
    expected_version: i64,
) -> Result<Evidence, Trouble> {
    let found = store::evidence::by_ids(change.txn.db(), &[id]).await?;
    let evidence = found.into_iter().next().ok_or(Trouble::NotFound(WHAT))?;
    change.own(evidence.provider, WHAT)?;
    change.check_version(expected_version, i64::from(evidence.version))?;
    if evidence.tombstone.is_some() {
        return Err(Trouble::refused(
            UserErrorCode::IllegalTransition,
            "it was purged already",
        ));
    }
    Ok(evidence)
}

/// Removes bytes that no file consists of any more. Holds the log's head meanwhile: whoever hands the
/// same bytes in finds them either there for good or gone.
pub(super) async fn destroy(app: &App, sha256: &Sha256) -> Result<(), Trouble> {
    let vault = vault(app)?;
    let txn = app.store.begin().await?;
    let done = match store::evidence::keeps(txn.db(), sha256).await {
        Ok(false) => vault.destroy(sha256).await.map_err(Trouble::from),
        Ok(true) => Ok(()),
        Err(error) => Err(error.into()),
    };
    txn.rollback().await?;
    done
}

fn reason_required() -> Trouble {
    Trouble::field(
        UserErrorCode::ReasonRequired,
        "reasonText",
        "say why, in words",
    )
}
