use async_graphql::Enum;

/// What an issuer is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::service::issuer::IssuerKind")]
pub enum IssuerKind {
    /// Teaches.
    TrainingOrganisation,
    /// Certifies people.
    CertificationBody,
    /// Examines.
    ExaminationBody,
    /// A college or university.
    AcademicInstitution,
    /// A state's board.
    StateBoard,
    /// Anything else, and what nobody has looked at.
    Other,
}

/// What an issuer's word is worth.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::issuer::TrustLevel")]
pub enum TrustLevel {
    /// Known, and its word counts.
    Trusted,
    /// Nobody has looked into it.
    Unknown,
    /// What it issued is not to be relied on.
    Tainted,
}
