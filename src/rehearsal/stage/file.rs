//! Handing files in.

use domain::evidence::{EvidenceId, EvidenceKind};

use super::{Doing, Stage};
use crate::rehearsal::{RehearsalError, done, paper};
use crate::service::evidence::{self, Label};

impl Stage {
    /// Hands a file of the scene's person in, with their name and some words in it.
    pub(super) async fn file(
        &self,
        doing: &Doing<'_>,
        kind: EvidenceKind,
        words: &str,
    ) -> Result<EvidenceId, RehearsalError> {
        let person = &self.plays[doing.scene].person;
        let key = format!("{}-file", doing.key);
        let lines = [
            words.to_owned(),
            format!("{} (NPI {})", person.name.full(), person.npi),
            format!("Of {}", self.today()),
        ];
        let file = paper::file(kind, &key, &lines);
        let mut incoming = done(&key, evidence::receive(&self.app, doing.by).await)?;
        let written = incoming.write(&file.bytes).await;
        done(&key, written.map_err(Into::into))?;
        let label = Label {
            provider: person.npi,
            kind,
            file_name: file.name,
            idempotency_key: Some(key.as_str().into()),
        };
        let receipt = evidence::hand_in(&self.app, doing.by, incoming, label).await;
        Ok(done(&key, receipt)?.evidence.id)
    }
}
