use async_graphql::SimpleObject;

/// Where a page lies.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Is there another page?
    pub has_next_page: bool,
    /// Was a page before this one, as far as the cursor tells?
    pub has_previous_page: bool,
    /// The cursor of the first edge; null on an empty page.
    pub start_cursor: Option<String>,
    /// The cursor of the last edge, for the next page's `after`; null on an empty page.
    pub end_cursor: Option<String>,
}
