//! Hashes of personal data for the log.

use domain::access::Role;
use domain::npi::Npi;
use serde::Serialize;

use super::{Change, Trouble};
use crate::secret::Use;
use crate::store::subject;

impl Change<'_> {
    /// A keyed hash of what is, or was, on file about a person: for `before_hash` and `after_hash`.
    ///
    /// The key is the installation's and the person's together. With the person's destroyed, which is
    /// what erasing them does, the hash is of nothing that anybody can find by trying.
    ///
    /// # Panics
    /// Never: personal data is plain data.
    pub async fn hash_of(&self, npi: Npi, value: &impl Serialize) -> Result<String, Trouble> {
        let salt = subject::key(&self.txn, npi, &self.app.chance).await?;
        let canonical =
            serde_json_canonicalizer::to_string(value).expect("personal data is plain data");
        let text = format!("{salt}:{canonical}");
        Ok(self.app.secret.blind(Use::Personal, &text))
    }

    /// Words as the log holds them. Those of staff stand in it: whoever reads it asks why. Of what a person
    /// says in their own matter, or a delegate for them, it holds a keyed hash alone, because nothing is
    /// ever taken out of the log; the words stand in the case, out of which they can go.
    pub async fn words_in_log(
        &self,
        npi: Npi,
        words: Option<&str>,
    ) -> Result<Option<String>, Trouble> {
        Ok(match (words, self.role()) {
            (None, _) => None,
            (Some(words), Role::Provider | Role::ProviderDelegate) => {
                Some(format!("hmac-sha256:{}", self.hash_of(npi, &words).await?))
            }
            (Some(words), _) => Some(words.to_owned()),
        })
    }
}
