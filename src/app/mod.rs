//! What one running node holds: its equipment, the store and the snapshot that answers every public read.
//!
//! The snapshot is swapped whole. [`App::refresh`] brings it up to the log's head once; [`App::follow`]
//! does so for as long as the node runs.

mod chores;
mod equipment;
mod feed;
mod list;
mod load;
mod watch;

use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use domain::eligibility::Rulebook;
use index::{Gazetteer, Snapshot};
use tokio::sync::Mutex;

pub use chores::Chores;
pub use equipment::Equipment;
pub use list::LoadedList;
pub use load::LoadError;
use watch::Watch;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::password::Cost;
use crate::secret::Secret;
use crate::store::Store;
use crate::vault::Vault;

/// One running node.
pub struct App {
    /// What time it is.
    pub clock: Clock,
    /// Where chance comes from.
    pub chance: Chance,
    /// The installation's key.
    pub secret: Secret,
    /// How much work a password is worth.
    pub password_cost: Cost,
    /// Where files lie; nothing where none are kept.
    pub vault: Option<Vault>,
    /// The database.
    pub store: Store,
    /// What became of the work that time brings.
    pub chores: Chores,
    snapshot: ArcSwap<Snapshot>,
    /// When the snapshot was last known to be up to the log's head.
    refreshed_at: ArcSwap<DateTime<Utc>>,
    /// Held while it is brought there.
    refreshing: Mutex<()>,
    /// The list of excluded people, once it was asked for.
    list: Mutex<Option<Arc<LoadedList>>>,
    watch: Watch,
    /// Does it answer anything? A blank node is not brought up to the log.
    is_blank: bool,
}

impl App {
    /// A node that answers from a snapshot it is given.
    pub fn new(store: Store, equipment: Equipment, snapshot: Snapshot) -> Self {
        let Equipment {
            clock,
            chance,
            secret,
            password_cost,
            vault,
        } = equipment;
        Self {
            refreshed_at: ArcSwap::from_pointee(clock.now()),
            refreshing: Mutex::new(()),
            list: Mutex::new(None),
            watch: Watch::from(snapshot.version()),
            snapshot: ArcSwap::from_pointee(snapshot),
            chores: Chores::default(),
            is_blank: false,
            clock,
            chance,
            secret,
            password_cost,
            vault,
            store,
        }
    }

    /// A node that answers nothing and changes things all the same: for the command line, which does not
    /// wait for an index of the whole country to put one account on file. Its snapshot stays empty.
    pub fn blank(store: Store, equipment: Equipment) -> Self {
        let rules = Rulebook::default();
        let places = Arc::new(Gazetteer::new(Vec::new()));
        let nothing = Snapshot::build(0, Arc::new(rules), places, []);
        Self {
            is_blank: true,
            ..Self::new(store, equipment, nothing)
        }
    }

    /// A node that answers from all that its database holds.
    pub async fn load(store: Store, equipment: Equipment) -> Result<Self, LoadError> {
        let snapshot = load::everything(&store, equipment.clock.now()).await?;
        Ok(Self::new(store, equipment, snapshot))
    }

    /// What public reads are answered from now. Hold it for one request, so that the request sees one
    /// data version.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }
}
