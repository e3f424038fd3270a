use async_graphql::{Description, ID, Object};
use domain::evidence::{FileName, Tombstone};

use crate::graphql::codes::{EvidenceKind, PurgeReason};
use crate::graphql::scalar::{DateTime, Npi};

/// A file that proves a claim. Not public. Its bytes never change; once they are purged, what is told
/// here is all that is left.
#[derive(Description)]
pub struct Evidence(pub domain::evidence::Evidence);

#[Object(use_type_description)]
impl Evidence {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("evidence_{}", self.0.id.0))
    }

    /// How often it was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.0.version)
    }

    /// Whose entry it is about.
    async fn npi(&self) -> Npi {
        self.0.provider.into()
    }

    /// What it is said to be.
    async fn kind(&self) -> EvidenceKind {
        self.0.kind.into()
    }

    /// SHA-256 of its bytes, in hexadecimal.
    async fn sha256(&self) -> String {
        self.0.sha256.to_string()
    }

    /// How many bytes it has.
    async fn bytes(&self) -> i32 {
        i32::try_from(self.0.bytes).unwrap_or(i32::MAX)
    }

    /// What its bytes are, whatever its name says: application/pdf, image/png, image/jpeg or text/plain.
    async fn mime(&self) -> &str {
        self.0.media_type.code()
    }

    /// What it was called, made harmless; null where it had no name, and once it was purged.
    async fn file_name(&self) -> Option<&str> {
        self.0.file_name.as_ref().map(FileName::as_str)
    }

    /// When it was handed in.
    async fn uploaded_at(&self) -> DateTime {
        self.0.uploaded_at.into()
    }

    /// The account that handed it in; null where the program itself did.
    async fn uploaded_by(&self) -> Option<ID> {
        Some(ID(format!("account_{}", self.0.uploaded_by?.0)))
    }

    /// Where it is read, as a download; that somebody did is logged. Null once it was purged.
    async fn url(&self) -> Option<String> {
        let is_there = self.0.tombstone.is_none();
        is_there.then(|| format!("/evidence/evidence_{}", self.0.id.0))
    }

    /// Why it must not be purged; null where it may be.
    async fn hold_reason(&self) -> Option<&str> {
        self.0.hold.as_deref()
    }

    /// What is left of it, once its bytes were destroyed.
    async fn tombstone(&self) -> Option<EvidenceTombstone<'_>> {
        self.0.tombstone.as_ref().map(EvidenceTombstone)
    }
}

/// When and why the bytes of a file were destroyed.
#[derive(Description)]
pub struct EvidenceTombstone<'a>(&'a Tombstone);

#[Object(use_type_description)]
impl EvidenceTombstone<'_> {
    /// When.
    async fn purged_at(&self) -> DateTime {
        self.0.purged_at.into()
    }

    /// The account that decided it.
    async fn purged_by(&self) -> Option<ID> {
        Some(ID(format!("account_{}", self.0.purged_by?.0)))
    }

    /// Why.
    async fn reason(&self) -> PurgeReason {
        self.0.reason.into()
    }

    /// Why, in words.
    async fn reason_text(&self) -> &str {
        &self.0.text
    }
}
