use super::row_connection;

row_connection!(
    /// Attestations, page by page.
    AttestationConnection,
    /// An attestation, on a page.
    AttestationEdge,
    crate::graphql::object::AttestationRecord
);
