//! Pages of what time brings, and of issuers.

use async_graphql::{Description, Object};

use super::{PageInfo, row_connection};
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

/// What ends soon, what ends first being first.
#[derive(Description)]
pub struct ExpiringConnection {
    edges: Vec<(String, Expiring)>,
    has_next: bool,
    after: bool,
    total: usize,
}

/// Something that ends soon, on a page.
#[derive(Description)]
pub struct ExpiringEdge<'a>(&'a (String, Expiring));

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

#[Object(use_type_description)]
impl ExpiringEdge<'_> {
    /// Where the next page goes on after it.
    async fn cursor(&self) -> &str {
        &self.0.0
    }

    /// What ends.
    async fn node(&self) -> &Expiring {
        &self.0.1
    }
}

#[Object(use_type_description)]
impl ExpiringConnection {
    /// What ends, with cursors.
    async fn edges(&self) -> Vec<ExpiringEdge<'_>> {
        self.edges.iter().map(ExpiringEdge).collect()
    }

    /// What ends.
    async fn nodes(&self) -> Vec<&Expiring> {
        self.edges.iter().map(|(_, node)| node).collect()
    }

    /// Where this page lies.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.after,
            start_cursor: self.edges.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: self.edges.last().map(|(cursor, _)| cursor.clone()),
        }
    }

    /// How many there are, whatever the cursor.
    async fn total_count(&self) -> i32 {
        crate::graphql::object::count(self.total)
    }
}
