//! Connections: pages of what can grow, after the Relay specification.

mod account;
mod attestation;
mod audit;
mod case;
mod chores;
mod claim;
mod page_info;
mod proposal;
mod provider_search;
mod rows;
mod screening;

pub use account::{AccountConnection, AccountEdge};
pub use attestation::{AttestationConnection, AttestationEdge};
pub use audit::{AuditEventConnection, AuditEventEdge};
pub use case::{CaseConnection, CaseCursor, CaseEdge};
pub use chores::{
    ExpiringConnection, ExpiringEdge, IssuerConnection, IssuerEdge, NoticeConnection, NoticeEdge,
    TaintedCredentialConnection, TaintedCredentialEdge, TaskConnection, TaskEdge,
};
pub use claim::{
    ClaimConnection, ClaimEdge, MistakeReportConnection, MistakeReportEdge, RemovalConnection,
    RemovalEdge,
};
pub use page_info::PageInfo;
pub use proposal::{ProposalConnection, ProposalEdge};
pub use provider_search::{Distance, ProviderSearchConnection, ProviderSearchEdge};
pub(crate) use rows::row_connection;
pub use rows::{Cursor, RowCursor};
pub use screening::{
    ExclusionMatchConnection, ExclusionMatchEdge, ScreeningRunConnection, ScreeningRunEdge,
};

use super::error::Fault;

/// The largest page.
pub const MAX_FIRST: i32 = 100;

/// The size of a page, from 1 to [`MAX_FIRST`].
pub fn page_size(first: i32) -> Result<usize, Fault> {
    match usize::try_from(first) {
        Ok(size) if (1..=MAX_FIRST).contains(&first) => Ok(size),
        _ => Err(Fault::bad_input(
            "first",
            format!("first is between 1 and {MAX_FIRST}, unlike {first}"),
        )),
    }
}
