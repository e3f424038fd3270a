//! Counts of distinct people: the total, the facets, the notices.

mod match_count;
mod notice_count;
mod reach;

use super::asked::Asked;
use super::found::{Found, Hit, Want};
use match_count::MatchCount;
use notice_count::NoticeCount;
use reach::Reach;

/// What was counted so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    matches: MatchCount,
    notices: NoticeCount,
}

impl Tally {
    /// Counts the people of a layer.
    pub(super) fn count(&mut self, asked: &Asked<'_>, want: Want) {
        if want.total || want.facets {
            self.matches.count(asked, &Reach::of_matches(asked, want));
        }
        if want.notices {
            self.notices.count(asked, &Reach::of_notices(asked));
        }
    }

    /// The answer with what was wanted of the counts.
    pub(super) fn found(self, hits: Vec<Hit>, has_next: bool, want: Want) -> Found {
        Found {
            hits,
            has_next,
            total: want.total.then(|| self.matches.total()),
            notices: want.notices.then(|| self.notices.finish()),
            facets: want.facets.then(|| self.matches.facets()),
        }
    }
}
