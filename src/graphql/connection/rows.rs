//! Pages of what is kept in tables, in the order of a number that is never given twice.

use data_encoding::BASE64URL_NOPAD;

use crate::graphql::error::Fault;

/// Where a page goes on: after the row of a number. Opaque to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCursor(pub i64);

/// Where a page goes on, as clients carry it.
pub trait Cursor {
    /// Opaque to clients.
    fn encode(self) -> String;
}

impl Cursor for RowCursor {
    fn encode(self) -> String {
        BASE64URL_NOPAD.encode(format!("row:{}", self.0).as_bytes())
    }
}

impl RowCursor {
    /// The cursor that a client gives back; nothing where it gives none.
    pub fn read(text: Option<&str>) -> Result<Option<Self>, Fault> {
        let Some(text) = text else { return Ok(None) };
        let number = BASE64URL_NOPAD
            .decode(text.as_bytes())
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| text.strip_prefix("row:")?.parse().ok());
        match number {
            Some(number) => Ok(Some(Self(number))),
            None => Err(Fault::bad_input(
                "after",
                "after is the endCursor of a page of the same question",
            )),
        }
    }
}

/// Declares a connection over rows: edges, nodes and where the page lies. The last two, where they are
/// given, are a fact of the whole list and the fields that show it.
macro_rules! row_connection {
    ($(#[$meta:meta])* $connection:ident, $(#[$edge_meta:meta])* $edge:ident, $node:ty) => {
        $crate::graphql::connection::row_connection!(
            $(#[$meta])* $connection, $(#[$edge_meta])* $edge, $node, {}, {}
        );

        impl $connection {
            /// A page of at most `size` rows, made of one row more than fits where there is one.
            pub fn of<T, C: $crate::graphql::connection::Cursor>(
                found: Vec<T>,
                after: bool,
                size: usize,
                cursor: impl Fn(&T) -> C,
                node: impl Fn(T) -> $node,
            ) -> Self {
                let has_next = found.len() > size;
                let page = found.into_iter().take(size);
                Self {
                    edges: page.map(|row| (cursor(&row).encode(), node(row))).collect(),
                    has_next,
                    after,
                }
            }
        }
    };
    (
        $(#[$meta:meta])* $connection:ident, $(#[$edge_meta:meta])* $edge:ident, $node:ty,
        { $($fact:tt)* }, { $($shown:tt)* }
    ) => {
        $(#[$meta])*
        #[derive(async_graphql::Description)]
        pub struct $connection {
            edges: Vec<(String, $node)>,
            has_next: bool,
            after: bool,
            $($fact)*
        }

        $(#[$edge_meta])*
        #[derive(async_graphql::Description)]
        pub struct $edge<'a>(&'a (String, $node));

        #[async_graphql::Object(use_type_description)]
        impl $edge<'_> {
            /// Where the next page goes on after it.
            async fn cursor(&self) -> &str {
                &self.0.0
            }

            /// The row itself.
            async fn node(&self) -> &$node {
                &self.0.1
            }
        }

        #[async_graphql::Object(use_type_description)]
        impl $connection {
            /// The rows with their cursors.
            async fn edges(&self) -> Vec<$edge<'_>> {
                self.edges.iter().map($edge).collect()
            }

            /// The rows themselves.
            async fn nodes(&self) -> Vec<&$node> {
                self.edges.iter().map(|(_, node)| node).collect()
            }

            /// Where this page lies.
            async fn page_info(&self) -> $crate::graphql::connection::PageInfo {
                $crate::graphql::connection::PageInfo {
                    has_next_page: self.has_next,
                    has_previous_page: self.after,
                    start_cursor: self.edges.first().map(|(cursor, _)| cursor.clone()),
                    end_cursor: self.edges.last().map(|(cursor, _)| cursor.clone()),
                }
            }

            $($shown)*
        }
    };
}
pub(crate) use row_connection;
