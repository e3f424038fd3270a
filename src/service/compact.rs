//! Compacts: which state takes part how, and what an admin puts on file of it.

use chrono::NaiveDate;
use domain::license::compact::{CompactPeriod, CompactStatus, Compacts};
use domain::place::Jurisdiction;
use domain::taxonomy::Discipline;

use super::{Change, Order, Reading, Requester, Trouble, UserErrorCode, perform};
use crate::app::App;
use crate::store::compact;

/// Puts on file what a state has done about a compact from a day on. A period of the same state,
/// discipline and day is corrected by it; what was judged by the one before keeps its row.
///
/// # Errors
/// `BAD_INPUT` for a period without a source.
pub async fn add_period(
    app: &App,
    who: &Requester,
    order: &Order,
    period: CompactPeriod,
) -> Result<(), Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        if Compacts::new([period.clone()]).is_err() {
            return Err(Trouble::field(
                UserErrorCode::BadInput,
                "citation",
                "name a citation or a source URL",
            ));
        }
        let is_corrected = compact::put(&change.txn, &period, change.txn.next_seq()).await?;
        let id = format!(
            "{}_{}_{}",
            period.jurisdiction, period.discipline, period.from
        );
        let mut event = change.event("compact_period", id);
        let done = if is_corrected { "CORRECTED" } else { "ADDED" };
        event.reason_code = Some(done.to_owned());
        event.reason_text = Some(period.status.code().to_owned());
        change.log(event).await?;
        Ok(())
    })
    .await
}

/// Every period of a jurisdiction, of a discipline, as far as each is named; by jurisdiction's code,
/// discipline and day.
pub fn periods(
    reading: &Reading,
    jurisdiction: Option<Jurisdiction>,
    discipline: Option<Discipline>,
) -> Vec<CompactPeriod> {
    let all = reading.rules().compacts.periods();
    let mut found: Vec<_> = all
        .filter(|period| jurisdiction.is_none_or(|asked| asked == period.jurisdiction))
        .filter(|period| discipline.is_none_or(|asked| asked == period.discipline))
        .cloned()
        .collect();
    found.sort_by_key(|period| (period.jurisdiction.code(), period.discipline, period.from));
    found
}

/// The period of that state, discipline and first day.
pub fn period(
    reading: &Reading,
    (discipline, jurisdiction): (Discipline, Jurisdiction),
    from: NaiveDate,
) -> Option<CompactPeriod> {
    let periods = reading.rules().compacts.of(discipline, jurisdiction);
    periods.iter().find(|period| period.from == from).cloned()
}

/// What a state has done about a compact by a day, or by today there.
pub fn status(
    reading: &Reading,
    (discipline, jurisdiction): (Discipline, Jurisdiction),
    on: Option<NaiveDate>,
) -> CompactStatus {
    let on = on.unwrap_or_else(|| reading.today(jurisdiction.zone()));
    let compacts = &reading.rules().compacts;
    compacts.status(discipline, jurisdiction, on)
}
