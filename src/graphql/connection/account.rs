use super::row_connection;

row_connection!(
    /// Accounts, oldest first.
    AccountConnection,
    /// An account, on a page.
    AccountEdge,
    crate::graphql::object::Account
);
