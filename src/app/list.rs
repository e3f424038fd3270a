use std::sync::Arc;

use domain::screening::ExclusionList;
use domain::screening::list::ExclusionListIndex;

use super::App;
use crate::store::exclusion::list::{self, ListSnapshot};
use crate::store::{Store, StoreError};

/// A list of excluded people in memory, with keys to its rows.
#[derive(Debug)]
pub struct LoadedList {
    /// Which.
    pub snapshot: ListSnapshot,
    /// Its rows.
    pub index: ExclusionListIndex,
    /// The digest of each row, by its position.
    pub fingerprints: Vec<Box<str>>,
}

impl LoadedList {
    /// The list in force; nothing where none was ever taken in.
    pub async fn load(store: &Store, list: ExclusionList) -> Result<Option<Arc<Self>>, StoreError> {
        let view = store.read().await?;
        let Some(snapshot) = list::in_force(&view, list).await? else {
            return Ok(None);
        };
        let rows = list::rows(&view, snapshot.id).await?;
        drop(view);
        let (rows, fingerprints) = rows
            .into_iter()
            .map(|listed| (listed.row, listed.fingerprint.into()))
            .unzip();
        Ok(Some(Arc::new(Self {
            snapshot,
            fingerprints,
            index: ExclusionListIndex::new(rows),
        })))
    }
}

impl App {
    /// The list of the Office of Inspector General that is in force, kept in memory until another is.
    pub async fn exclusion_list(&self) -> Result<Option<Arc<LoadedList>>, StoreError> {
        let mut kept = self.list.lock().await;
        let in_force = list::in_force(self.store.connection(), ExclusionList::OigLeie).await?;
        let is_it = |kept: &Arc<LoadedList>| {
            in_force
                .as_ref()
                .is_some_and(|in_force| in_force.id == kept.snapshot.id)
        };
        if let Some(kept) = kept.as_ref().filter(|kept| is_it(kept)) {
            return Ok(Some(Arc::clone(kept)));
        }
        let loaded = LoadedList::load(&self.store, ExclusionList::OigLeie).await?;
        kept.clone_from(&loaded);
        Ok(loaded)
    }
}
