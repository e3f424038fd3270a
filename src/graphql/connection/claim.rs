use super::row_connection;

row_connection!(
    /// Claims to entries, oldest first.
    ClaimConnection,
    /// A claim on a page.
    ClaimEdge,
    crate::graphql::object::Claim
);

row_connection!(
    /// Requests that entries go, oldest first.
    RemovalConnection,
    /// A request that an entry goes, on a page.
    RemovalEdge,
    crate::graphql::object::Removal
);

row_connection!(
    /// Reports of mistakes, oldest first.
    MistakeReportConnection,
    /// A report of a mistake on a page.
    MistakeReportEdge,
    crate::graphql::object::MistakeReport
);
