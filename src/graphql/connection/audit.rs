use super::row_connection;

row_connection!(
    /// Entries of the log, oldest first.
    AuditEventConnection,
    /// An entry of the log on a page.
    AuditEventEdge,
    crate::graphql::object::AuditEvent
);
