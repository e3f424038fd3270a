//! Finding people: what is asked, the page, the counts.
//!
//! Every layer answers for its own people: `asked` prepares the criteria for its rows, `page` finds its
//! next people in order, `tally` counts. What the layers say is then made one.

mod asked;
mod found;
mod page;
mod tally;

pub use found::{Facets, Found, Hit, Notice, Page, SortKey, Want};

use chrono::{DateTime, Utc};
use domain::search::Criteria;

use crate::snapshot::Snapshot;
use asked::Asked;
use tally::Tally;

impl Snapshot {
    /// The people who match, as a page in order, with the counts that are wanted.
    ///
    /// A day that is not named is today in the zone of each place, as of `now`.
    ///
    /// Each person comes once. With `near` people come nearest first, ties by NPI, each with the
    /// nearest location at which a practice qualifies; of equally near ones that with the best
    /// outcome, then the first on file. Without, they come by folded family name, given name and NPI,
    /// each with the location of the best outcome. The practice shown is the best there, ties by
    /// discipline, then licence.
    pub fn search(
        &self,
        criteria: &Criteria,
        now: DateTime<Utc>,
        page: Page<'_>,
        want: Want,
    ) -> Found {
        let mut hits = Vec::new();
        let mut tally = Tally::default();
        for layer in self.layers() {
            let asked = Asked::new(layer, self.rules(), criteria, now);
            hits.extend(page::page(&asked, page));
            tally.count(&asked, want);
        }
        hits.sort_by(|a, b| a.key.order(&b.key));
        let has_next = hits.len() > page.first;
        hits.truncate(page.first);
        tally.found(hits, has_next, want)
    }
}
