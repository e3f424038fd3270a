//! Files that prove a claim: handing one in, reading one, destroying one.
//!
//! The bytes are durable before the row that names them is written, and a row is never without its
//! bytes: what stops in between leaves at most a file that nobody refers to.

mod hand_in;
mod purge;
mod read;

pub use hand_in::{Label, Receipt, hand_in, receive};
pub use purge::{Purge, hold, purge, release};
pub use read::{by_id, find, of_provider, open};

use domain::evidence::EvidenceId;

use super::Trouble;
use crate::app::App;
use crate::vault::{Vault, VaultError};

/// What the log calls a file.
const TABLE: &str = "evidence";

/// What the public calls one that is not there, or not theirs.
const WHAT: &str = "evidence";

/// The node's vault.
fn vault(app: &App) -> Result<&Vault, Trouble> {
    app.vault.as_ref().ok_or(Trouble::Vault(VaultError::None))
}

/// As the log and the API name one.
fn name(id: EvidenceId) -> String {
    format!("evidence_{}", id.0)
}
