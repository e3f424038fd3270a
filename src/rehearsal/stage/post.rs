//! Notices leave the house. Made-up people have no address: that they were told is noted, and nothing is
//! sent to anybody.

use domain::notice::{Addressee, NoticeKind};

use super::Stage;
use crate::rehearsal::{RehearsalError, done};
use crate::service::schedule;
use crate::store::notice::{self, Filter, StoredNotice};

/// More than wait at any time.
const AT_ONCE: u64 = 1_000;

/// Who got it, where an address would stand.
const NOBODY: &str = "nobody: made-up people have no address";

impl Stage {
    pub(super) async fn post(&self) -> Result<(), RehearsalError> {
        let waiting = Filter {
            sent: Some(false),
            ..Filter::default()
        };
        let waiting = notice::page(self.app.store.connection(), &waiting, None, AT_ONCE).await?;
        let told: Vec<_> = waiting
            .into_iter()
            .rev()
            // Played again, it comes upon notices that were written later.
            .filter(|waiting| waiting.queued_at <= self.app.clock.now())
            .filter(|waiting| !self.is_forgotten(waiting))
            .map(|waiting| (waiting, NOBODY.to_owned()))
            .collect();
        done(
            "post",
            schedule::note(&self.app, &told).await.map_err(Into::into),
        )
        .map(drop)
    }

    fn is_forgotten(&self, waiting: &StoredNotice) -> bool {
        let notice = &waiting.notice;
        let of_untold = matches!(&notice.to, Addressee::Entry(npi) if self.untold.contains(npi));
        of_untold && notice.kind == NoticeKind::Decision
    }
}
