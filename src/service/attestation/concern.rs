//! What compliance has to look at because of what somebody signed.

use domain::needle::attestation::{Claim, Content};
use domain::needle::check::LotElsewhere;
use domain::notice::{Task, TaskKind};
use domain::npi::Npi;

use super::step;
use crate::service::{Change, Trouble};
use crate::store;

/// A task to be opened, once.
pub(super) type Concern = Task;

/// Statements that are denied, and lots to which two people gave two last days.
pub(super) fn of_signature(
    claim: &Claim,
    content: &Content,
    elsewhere: &[(Npi, LotElsewhere)],
) -> Vec<Concern> {
    let mut concerns = two_expiries(claim.subject, content, elsewhere);
    let denied: Vec<_> = content.answers.denied();
    if !denied.is_empty() {
        let denied: Vec<_> = denied.iter().map(|statement| statement.code()).collect();
        concerns.push(Task {
            kind: TaskKind::StatementDenied,
            npi: Some(claim.subject),
            about: Some(about(claim)),
            what: format!(
                "{} was signed with {} denied: it is not accepted as it is; ask what is done instead",
                step::named(claim.id),
                denied.join(", ")
            )
            .into(),
            due_on: None,
            once_key: format!("statement-denied:{}:{}", claim.id.0, claim.version).into(),
        });
    }
    concerns
}

/// Opens the tasks that are not open yet.
pub(super) async fn raise(change: &Change<'_>, concerns: &[Concern]) -> Result<(), Trouble> {
    store::task::open(&change.txn, concerns, change.now).await?;
    Ok(())
}

fn two_expiries(
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

fn about(claim: &Claim) -> (Box<str>, Box<str>) {
    (
        "sterility_attestation".into(),
        claim.id.0.to_string().into(),
    )
}
