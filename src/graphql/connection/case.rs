use async_graphql::{Description, Object};
use chrono::DateTime;
use data_encoding::BASE64URL_NOPAD;
use domain::case::CaseId;

use super::PageInfo;
use crate::graphql::error::Fault;
use crate::graphql::object::Case;
use crate::service::case::QueuePlace;
use crate::service::case::read::WholeCase;

/// Where a page of cases goes on. Opaque to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseCursor(pub QueuePlace);

impl CaseCursor {
    fn encode(self) -> String {
        let due = self.0.due_at.map_or(0, |at| at.timestamp_micros());
        BASE64URL_NOPAD.encode(format!("case:{due}:{}", self.0.id.0).as_bytes())
    }

    /// The cursor that a client gives back; nothing where it gives none.
    pub fn read(text: Option<&str>) -> Result<Option<Self>, Fault> {
        let Some(text) = text else { return Ok(None) };
        let place = BASE64URL_NOPAD
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| place(&text));
        place.map(|place| Some(Self(place))).ok_or_else(|| {
            Fault::bad_input(
                "after",
                "after is the endCursor of a page of the same question",
            )
        })
    }
}

fn place(text: &str) -> Option<QueuePlace> {
    let (due, id) = text.strip_prefix("case:")?.split_once(':')?;
    let due: i64 = due.parse().ok()?;
    let due_at = match due {
        0 => None,
        micros => Some(DateTime::from_timestamp_micros(micros)?),
    };
    Some(QueuePlace {
        due_at,
        id: CaseId(id.parse().ok()?),
    })
}

/// Cases that wait, in the order asked for.
#[derive(Description)]
pub struct CaseConnection {
    edges: Vec<(String, Case)>,
    has_next: bool,
    after: bool,
}

/// A case that waits, on a page.
#[derive(Description)]
pub struct CaseEdge<'a>(&'a (String, Case));

impl CaseConnection {
    /// A page of at most `size` cases, made of one case more than fits where there is one.
    pub fn of(found: Vec<WholeCase>, after: bool, size: usize) -> Self {
        let has_next = found.len() > size;
        let page = found.into_iter().take(size);
        let edge = |case: WholeCase| {
            let place = QueuePlace {
                due_at: case.record.due_at,
                id: case.record.id(),
            };
            (CaseCursor(place).encode(), Case(case))
        };
        Self {
            edges: page.map(edge).collect(),
            has_next,
            after,
        }
    }
}

#[Object(use_type_description)]
impl CaseEdge<'_> {
    /// Where the next page goes on after it.
    async fn cursor(&self) -> &str {
        &self.0.0
    }

    /// The case itself.
    async fn node(&self) -> &Case {
        &self.0.1
    }
}

#[Object(use_type_description)]
impl CaseConnection {
    /// The cases with their cursors.
    async fn edges(&self) -> Vec<CaseEdge<'_>> {
        self.edges.iter().map(CaseEdge).collect()
    }

    /// The cases themselves.
    async fn nodes(&self) -> Vec<&Case> {
        self.edges.iter().map(|(_, case)| case).collect()
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
}
