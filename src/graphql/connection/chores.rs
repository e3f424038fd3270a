//! Pages of what time brings, and of issuers.

use super::row_connection;
use crate::graphql::object::{AdminIssuer, Expiring, Notice, TaintedCredential, Task};
use crate::service::expiring::Page;

row_connection!(
    /// Notices, the latest first.
    NoticeConnection,
    /// A notice, on a page.
    NoticeEdge,
    Notice
);

row_connection!(
    /// Tasks, oldest first.
    TaskConnection,
    /// A task, on a page.
    TaskEdge,
    Task
);

row_connection!(
    /// Issuers, in the order in which they came on file.
    IssuerConnection,
    /// An issuer, on a page.
    IssuerEdge,
    AdminIssuer
);

row_connection!(
    /// Credentials that a taint suspended.
    TaintedCredentialConnection,
    /// A credential that a taint suspended, on a page.
    TaintedCredentialEdge,
    TaintedCredential
);

row_connection!(
    /// What ends soon, what ends first being first.
    ExpiringConnection,
    /// Something that ends soon, on a page.
    ExpiringEdge,
    Expiring,
    { total: usize },
    {
        /// How many there are, whatever the cursor.
        async fn total_count(&self) -> i32 {
            crate::graphql::object::count(self.total)
        }
    }
);

impl ExpiringConnection {
    /// A page.
    pub fn of(page: Page, after: bool) -> Self {
        let edges = page.items.into_iter();
        Self {
            edges: edges
                .map(|ending| (ending.cursor(), Expiring(ending)))
                .collect(),
            has_next: page.has_next,
            after,
            total: page.total,
        }
    }
}
