use super::row_connection;

row_connection!(
    /// Acts that need two people, oldest first.
    ProposalConnection,
    /// An act that needs two people, on a page.
    ProposalEdge,
    crate::graphql::object::Proposal
);
