use super::row_connection;

row_connection!(
    /// Matches with lists of excluded people, oldest first.
    ExclusionMatchConnection,
    /// A match, on a page.
    ExclusionMatchEdge,
    crate::graphql::object::ExclusionMatch
);

row_connection!(
    /// Screening runs, the latest first.
    ScreeningRunConnection,
    /// A run, on a page.
    ScreeningRunEdge,
    crate::graphql::object::ScreeningRun
);
