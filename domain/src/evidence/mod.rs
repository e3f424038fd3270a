//! Files that prove a claim: certificates, letters, screenshots.
//!
//! A file is known by the SHA-256 of its bytes, which never change. When the bytes are purged a
//! tombstone stays: what they were, and why they went. Where the bytes lie is not told here.

mod digest;
mod file_name;
mod media;

use chrono::{DateTime, Utc};

pub use digest::{InvalidDigest, Sha256};
pub use file_name::FileName;
pub use media::{MediaType, TextWatch, sniff};

use crate::access::AccountId;
use crate::codes::codes;
use crate::npi::Npi;

/// The most bytes that one file may have.
pub const FILE_BYTES: u64 = 20 * 1024 * 1024;

/// The most files, purged ones apart, that are kept of one person.
pub const FILES_OF_ONE: u64 = 200;

codes! {
    /// What a file is said to be, by whoever handed it in.
    pub enum EvidenceKind("evidence kind") {
        /// A certificate, scanned or as issued.
        CertificateScan = "CERTIFICATE_SCAN",
        /// Marks and courses, from a school.
        Transcript = "TRANSCRIPT",
        /// Sessions done, line by line.
        SessionLog = "SESSION_LOG",
        /// A letter by who supervised.
        SupervisorLetter = "SUPERVISOR_LETTER",
        /// What a board's page showed.
        BoardScreenshot = "BOARD_SCREENSHOT",
        /// What an issuer wrote by e-mail.
        IssuerEmail = "ISSUER_EMAIL",
        /// A photograph of a product's label.
        LabelPhoto = "LABEL_PHOTO",
        /// An invoice for products or a course.
        Invoice = "INVOICE",
        /// A signed statement as a token.
        VcJwt = "VC_JWT",
        /// What a search gave, for instance of an exclusion list.
        SearchResult = "SEARCH_RESULT",
    }
}

codes! {
    /// Why the bytes of a file were destroyed.
    pub enum PurgeReason("purge reason") {
        /// It was kept for as long as it had to be.
        RetentionEnded = "RETENTION_ENDED",
        /// It is about somebody else.
        WrongPerson = "WRONG_PERSON",
        /// The person asked for it.
        ProviderRequest = "PROVIDER_REQUEST",
        /// It should never have been handed in: a patient's record, something harmful.
        Unlawful = "UNLAWFUL",
        /// Another reason, told in words.
        Other = "OTHER",
    }
}

/// A file's number.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct EvidenceId(pub i64);

/// A file on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its number.
    pub id: EvidenceId,
    /// Whose entry it is about.
    pub provider: Npi,
    /// What it is said to be.
    pub kind: EvidenceKind,
    /// Of its bytes.
    pub sha256: Sha256,
    /// How many bytes.
    pub bytes: u64,
    /// What its bytes are, whatever its name says.
    pub media_type: MediaType,
    /// What it was called, made harmless. Gone when purged: names tell too.
    pub file_name: Option<FileName>,
    /// Who handed it in; nobody for the program itself.
    pub uploaded_by: Option<AccountId>,
    /// When.
    pub uploaded_at: DateTime<Utc>,
    /// Why it must not be purged, while that is so.
    pub hold: Option<Box<str>>,
    /// When and why its bytes were destroyed, if they were.
    pub tombstone: Option<Tombstone>,
    /// Its version: 1, and one more with every change.
    pub version: u32,
}

/// What is left of a file beside what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// When the bytes went.
    pub purged_at: DateTime<Utc>,
    /// Who decided it.
    pub purged_by: Option<AccountId>,
    /// Why.
    pub reason: PurgeReason,
    /// Why, in words.
    pub text: Box<str>,
}
