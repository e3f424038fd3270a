use async_graphql::Enum;

/// What a file is said to be, by whoever handed it in.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::evidence::EvidenceKind")]
pub enum EvidenceKind {
    /// A certificate, scanned or as issued.
    CertificateScan,
    /// Marks and courses, from a school.
    Transcript,
    /// Sessions done, line by line.
    SessionLog,
    /// A letter by who supervised.
    SupervisorLetter,
    /// What a board's page showed.
    BoardScreenshot,
    /// What an issuer wrote by e-mail.
    IssuerEmail,
    /// A photograph of a product's label.
    LabelPhoto,
    /// An invoice for products or a course.
    Invoice,
    /// A signed statement as a token.
    VcJwt,
    /// What a search gave, for instance of an exclusion list.
    SearchResult,
}

/// Why the bytes of a file were destroyed.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::evidence::PurgeReason")]
pub enum PurgeReason {
    /// It was kept for as long as it had to be.
    RetentionEnded,
    /// It is about somebody else.
    WrongPerson,
    /// The person asked for it.
    ProviderRequest,
    /// It should never have been handed in: a patient's record, something harmful.
    Unlawful,
    /// Another reason, told in words.
    Other,
}
