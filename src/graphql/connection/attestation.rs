use super::row_connection;

row_connection!(
    /// Attestations that wait for a reviewer, oldest first.
    AttestationConnection,
    /// An attestation, on a page.
    AttestationEdge,
    crate::graphql::object::AttestationRecord
);
