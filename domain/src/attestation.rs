//! Sterility attestations: what a person signed about needles, where and until when.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::codes::codes;
use crate::needle::recall::LotStatus;
use crate::provider::LocationId;
use crate::time::{Day, happened_by};

codes! {
    /// A state of an attestation: stored, but for LAPSED.
    pub enum AttestationState("attestation state") {
        /// Being written.
        Draft = "DRAFT",
        /// Signed, checks running.
        Signed = "SIGNED",
        /// A check failed.
        NeedsFix = "NEEDS_FIX",
        /// Somebody looks at the evidence.
        UnderReview = "UNDER_REVIEW",
        /// In force until its last day.
        Accepted = "ACCEPTED",
        /// Refused.
        Rejected = "REJECTED",
        /// Past its last day. A reading of the calendar, never stored.
        Lapsed = "LAPSED",
        /// Taken out of force, by a recall or for cause.
        Invalidated = "INVALIDATED",
        /// Taken back.
        Withdrawn = "WITHDRAWN",
        /// Replaced by a later one.
        Superseded = "SUPERSEDED",
    }
}

codes! {
    /// How a needle may be sold in the United States. Never "approved": 21 CFR 807.97.
    pub enum FdaPathway("FDA pathway") {
        /// Cleared, with a 510(k) number.
        Cleared510k = "CLEARED_510K",
        /// Exempt since 30 December 2019 (21 CFR 880.5580(b)).
        Exempt510k = "EXEMPT_510K",
        /// Not marketed in the United States.
        NotUsMarketed = "NOT_US_MARKETED",
        /// Not stated.
        Unknown = "UNKNOWN",
    }
}

impl AttestationState {
    /// Can a record hold it? Nothing that the passing of time causes is stored.
    pub const fn is_stored(self) -> bool {
        !matches!(self, Self::Lapsed)
    }
}

/// A lot of needles in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedleLot {
    /// The lot number as printed.
    pub lot: Box<str>,
    /// Its last day.
    pub expires_on: NaiveDate,
    /// From which day on a recall takes it out of use; never before the day on which we learned of it.
    pub recalled_on: Option<NaiveDate>,
}

impl NeedleLot {
    /// The last day on which it may be used.
    pub fn last_usable_day(&self) -> NaiveDate {
        let before_recall = self
            .recalled_on
            .map(|on| on.pred_opt().unwrap_or(NaiveDate::MIN));
        before_recall.map_or(self.expires_on, |last| last.min(self.expires_on))
    }

    /// What it is on a day.
    pub fn status(&self, on: NaiveDate) -> LotStatus {
        if self.recalled_on.is_some_and(|from| from <= on) {
            LotStatus::Recalled
        } else if self.expires_on < on {
            LotStatus::Expired
        } else {
            LotStatus::InDate
        }
    }
}

/// A needle as its box describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedleProduct {
    /// Brand.
    pub brand: Box<str>,
    /// Whose label it bears.
    pub labeler: Box<str>,
    /// The device identifier of its UDI, where one is stated.
    pub device_identifier: Option<Box<str>>,
    /// How it came to market.
    pub fda_pathway: FdaPathway,
    /// The 510(k) number of a cleared needle.
    pub k510_number: Option<Box<str>>,
    /// Micrometres.
    pub diameter_um: u32,
    /// Millimetres.
    pub length_mm: u32,
    /// The lots in use.
    pub lots: Vec<NeedleLot>,
}

/// One change of an attestation's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestationChange {
    /// When.
    pub at: DateTime<Utc>,
    /// To what.
    pub state: AttestationState,
}

/// The stored number of an attestation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttestationId(pub i64);

/// What a person signed about the needles used at some places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SterilityAttestation {
    /// How often it was changed by an act, itself counted: what a change has to name. Starts at 1.
    pub version: u32,
    /// Its stored number.
    pub id: AttestationId,
    /// Where it holds.
    pub locations: Vec<LocationId>,
    /// When it was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// The last day on which it holds.
    pub valid_until: Option<NaiveDate>,
    /// The needles it speaks of.
    pub products: Vec<NeedleProduct>,
    /// Every change of state, oldest first. None at all is DRAFT.
    pub history: Vec<AttestationChange>,
}

impl SterilityAttestation {
    /// The state at the end of a day: as stored, or LAPSED when an accepted one no longer holds.
    pub fn state(&self, day: Day, zone: Tz) -> AttestationState {
        let stored = self
            .history
            .iter()
            .rev()
            .find(|change| happened_by(change.at, zone, day.evidence_on()))
            .map_or(AttestationState::Draft, |change| change.state);
        if stored == AttestationState::Accepted
            && self.holds_through().is_none_or(|last| last < day.on())
        {
            return AttestationState::Lapsed;
        }
        stored
    }

    /// The last day on which it can hold: its own, or that of the last lot to expire or be recalled.
    pub fn holds_through(&self) -> Option<NaiveDate> {
        let lots = self
            .products
            .iter()
            .map(|product| product.lots.iter().map(NeedleLot::last_usable_day));
        self.valid_until
            .zip(lots_hold_through(lots))
            .map(|(own, lots)| own.min(lots))
    }
}

/// The last day on which some needle of these products, each given by the last days of its lots, may
/// be used; `None` when none of them has a lot. Without any product, lots set no end.
pub(crate) fn lots_hold_through<Lots>(products: impl IntoIterator<Item = Lots>) -> Option<NaiveDate>
where
    Lots: IntoIterator<Item = NaiveDate>,
{
    let mut products = products.into_iter().peekable();
    if products.peek().is_none() {
        return Some(NaiveDate::MAX);
    }
    products.flatten().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn a_lot_is_in_date_until_it_expires_or_is_recalled() {
        let mut lot = NeedleLot {
            lot: "A".into(),
            expires_on: on(20),
            recalled_on: None,
        };
        assert_eq!(lot.last_usable_day(), on(20));
        assert_eq!(lot.status(on(20)), LotStatus::InDate);
        assert_eq!(lot.status(on(21)), LotStatus::Expired);
        lot.recalled_on = Some(on(10));
        assert_eq!(lot.last_usable_day(), on(9));
        assert_eq!(lot.status(on(9)), LotStatus::InDate);
        assert_eq!(lot.status(on(10)), LotStatus::Recalled);
        assert_eq!(lot.status(on(21)), LotStatus::Recalled);
        lot.recalled_on = Some(on(25));
        assert_eq!(lot.last_usable_day(), on(20));
    }
}
