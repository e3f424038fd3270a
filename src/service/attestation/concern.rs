//! What compliance has to look at because of what somebody signed.

use domain::needle::attestation::Content;
use domain::needle::check::LotElsewhere;
use domain::notice::{Task, TaskKind};
use domain::npi::Npi;

use crate::service::{Change, Trouble};
use crate::store;

/// A task to be opened, once.
pub(super) type Concern = Task;

/// Lots to which two people gave two last days.
pub(super) fn two_expiries(
    subject: Npi,
    content: &Content,
    elsewhere: &[(Npi, LotElsewhere)],
) -> Vec<Concern> {
    let mut concerns = Vec::new();
    for line in &content.lines {
        let Some(device) = line.product.device_bare() else {
            continue;
        };
        for lot in &line.lots {
            let differing = elsewhere.iter().filter(|(_, other)| {
                *other.device_bare == *device
                    && other.lot == lot.lot
                    && other.last_day != lot.expires.last_day
            });
            for (npi, other) in differing {
                let (ours, theirs) = (lot.expires.last_day, other.last_day);
                for (of, by, held) in [(subject, *npi, ours), (*npi, subject, theirs)] {
                    concerns.push(Task {
                        kind: TaskKind::LotTwoExpiries,
                        npi: Some(of),
                        about: None,
                        what: format!(
                            "lot {} of {device} has the last day {held} here and another with {by}: \
                             one label was misread, or is false",
                            lot.lot
                        )
                        .into(),
                        due_on: None,
                        once_key: format!("lot-two-expiries:{device}:{}:{of}:{by}", lot.lot).into(),
                    });
                }
            }
        }
    }
    concerns
}

/// Opens the tasks that are not open yet.
pub(super) async fn raise(change: &Change<'_>, concerns: &[Concern]) -> Result<(), Trouble> {
    store::task::open(&change.txn, concerns, change.now).await?;
    Ok(())
}
