//! Keys of apps and scripts: `dp_PREFIX_SECRET`. The prefix names a key where it is listed, revoked and
//! logged; the secret is 256 random bits, of which only a hash is kept.

use chrono::NaiveDate;
use data_encoding::BASE32_NOPAD;

use super::{Account, sha256};
use crate::app::App;
use crate::store::account::api_key::{self, ApiKey};
use crate::store::{StoreError, WriteTxn};

/// What every key begins with: secret scanners know it by this.
const SCHEME: &str = "dp";

/// A key that has just been made, to be shown once.
#[derive(Clone)]
pub struct NewKey {
    /// The part that may be seen again.
    pub prefix: String,
    /// The whole key.
    pub key: String,
}

/// Makes a key within a change. The entry in the log is the caller's.
pub(super) async fn issue(
    app: &App,
    txn: &WriteTxn,
    account: &Account,
    name: &str,
    expires_on: Option<NaiveDate>,
) -> Result<NewKey, StoreError> {
    let prefix = BASE32_NOPAD.encode(&app.chance.bytes::<5>()).to_lowercase();
    let key = format!("{SCHEME}_{prefix}_{}", app.chance.token());
    let new = ApiKey {
        account: account.id,
        prefix: prefix.clone().into(),
        sha256: sha256(&key).into(),
        name: name.into(),
        created_at: app.clock.now(),
        last_used_at: None,
        revoked_at: None,
        expires_on,
    };
    api_key::insert(txn, &new).await?;
    Ok(NewKey { prefix, key })
}

/// The prefix of what looks like a key.
pub(super) fn prefix_of(key: &str) -> Option<&str> {
    let mut parts = key.splitn(3, '_');
    let (scheme, prefix, secret) = (parts.next()?, parts.next()?, parts.next()?);
    let is_key = scheme == SCHEME && prefix.len() == 8 && secret.len() == 43;
    is_key.then_some(prefix)
}

/// How the log names a key.
pub(super) fn log_name(prefix: &str) -> String {
    format!("key_{prefix}")
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewKey({})", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_looks_like_a_key_has_a_prefix() {
        let secret = "a_-".repeat(14) + "x";
        for (key, expected) in [
            (format!("dp_abcdefgh_{secret}"), Some("abcdefgh")),
            (format!("dp_abcdefg_{secret}"), None),
            (format!("xx_abcdefgh_{secret}"), None),
            (format!("dp_abcdefgh_{secret}x"), None),
            ("dp_abcdefgh".into(), None),
            (String::new(), None),
        ] {
            assert_eq!(prefix_of(&key), expected, "{key}");
        }
    }
}
