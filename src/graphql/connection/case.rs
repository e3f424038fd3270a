use chrono::DateTime;
use data_encoding::BASE64URL_NOPAD;
use domain::case::CaseId;

use super::{Cursor, row_connection};
use crate::graphql::error::Fault;
use crate::graphql::object::Case;
use crate::service::case::QueuePlace;
use crate::service::case::read::WholeCase;

/// Where a page of cases goes on. Opaque to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseCursor(pub QueuePlace);

impl Cursor for CaseCursor {
    fn encode(self) -> String {
        let due = self.0.due_at.map_or(0, |at| at.timestamp_micros());
        BASE64URL_NOPAD.encode(format!("case:{due}:{}", self.0.id.0).as_bytes())
    }
}

impl CaseCursor {
    /// Where a case stands in the queue.
    pub fn of(case: &WholeCase) -> Self {
        Self(QueuePlace {
            due_at: case.record.due_at,
            id: case.record.id(),
        })
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

row_connection!(
    /// Cases that wait, in the order asked for.
    CaseConnection,
    /// A case that waits, on a page.
    CaseEdge,
    Case
);
