use domain::access::{Act, Reach, Role};
use domain::evidence::{Evidence, EvidenceId};
use domain::npi::Npi;

use super::{TABLE, WHAT, name, vault};
use crate::app::App;
use crate::service::{Requester, Trouble, read_log};
use crate::store;
use crate::store::log::NewEvent;
use crate::vault::{Bytes, VaultError};

/// What is known of a file, for whoever has been found to see it.
pub async fn find(app: &App, id: EvidenceId) -> Result<Option<Evidence>, Trouble> {
    let found = store::evidence::by_ids(app.store.connection(), &[id]).await?;
    Ok(found.into_iter().next())
}

/// What is known of a file, a purged one too.
///
/// # Errors
/// [`Trouble::NotFound`] for one that is not there, and for one of somebody else's.
pub async fn by_id(app: &App, who: &Requester, id: EvidenceId) -> Result<Evidence, Trouble> {
    let (_, evidence) = visible(app, who, Act::ReadEvidence, id).await?;
    Ok(evidence)
}

/// What is known of all files of a person, the latest first.
///
/// # Errors
/// [`Trouble::NotFound`] for a person who is not the requester's.
pub async fn of_provider(app: &App, who: &Requester, npi: Npi) -> Result<Vec<Evidence>, Trouble> {
    let (_, reach) = who.acting(Act::ReadEvidenceOf)?;
    if reach == Reach::Own && !who.owns(npi) {
        return Err(Trouble::NotFound("provider"));
    }
    Ok(store::evidence::of_provider(app.store.connection(), npi).await?)
}

/// Opens a file for somebody who may read it. That they did is in the log when this returns, before
/// they have seen any of it.
///
/// # Errors
/// [`Trouble::NotFound`] for one that is not there, was purged, or is somebody else's.
pub async fn open(
    app: &App,
    who: &Requester,
    id: EvidenceId,
) -> Result<(Evidence, Bytes), Trouble> {
    let (role, evidence) = visible(app, who, Act::DownloadEvidence, id).await?;
    if evidence.tombstone.is_some() {
        return Err(Trouble::NotFound(WHAT));
    }
    let bytes = match vault(app)?.read(&evidence.sha256, evidence.bytes).await {
        // Purged since it was found.
        Err(VaultError::Missing(_)) if is_purged(app, id).await? => {
            return Err(Trouble::NotFound(WHAT));
        }
        read => read?,
    };
    let event = NewEvent {
        on_behalf_of: (role == Role::ProviderDelegate).then(|| evidence.provider.to_string()),
        entity_id: Some(name(id)),
        after_hash: Some(evidence.sha256.to_string()),
        ..read_log::signed(who, role, ("evidence.read", TABLE), app.clock.now())
    };
    read_log::write(app, event).await?;
    Ok((evidence, bytes))
}

async fn is_purged(app: &App, id: EvidenceId) -> Result<bool, Trouble> {
    let found = find(app, id).await?;
    Ok(found.is_some_and(|evidence| evidence.tombstone.is_some()))
}

async fn visible(
    app: &App,
    who: &Requester,
    act: Act,
    id: EvidenceId,
) -> Result<(Role, Evidence), Trouble> {
    let (role, reach) = who.acting(act)?;
    let evidence = find(app, id).await?.ok_or(Trouble::NotFound(WHAT))?;
    if reach == Reach::Own && !who.owns(evidence.provider) {
        return Err(Trouble::NotFound(WHAT));
    }
    Ok((role, evidence))
}
