//! Recalls, and what they and time make of a lot.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::check::bare;
use super::finding::{Finding, FindingCode};
use super::product::{ClaimedLot, ClaimedNeedle};
use crate::codes::codes;

/// A notice that takes needles out of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// Of which device, as its identifier is typed or kept.
    pub device_identifier: Box<str>,
    /// Of which lot; `None` when the device itself is withdrawn, with every lot.
    pub lot: Option<Box<str>>,
    /// From which day on.
    pub announced_on: NaiveDate,
    /// Where it was published.
    pub source: Box<str>,
}

/// Every recall on file, found by device.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecallTable {
    by_device: BTreeMap<String, Vec<Recall>>,
}

codes! {
    /// What a lot is on a day. Derived, never stored.
    pub enum LotStatus("lot status") {
        /// May be used.
        InDate = "IN_DATE",
        /// Past its last day.
        Expired = "EXPIRED",
        /// Recalled.
        Recalled = "RECALLED",
        /// Its device is withdrawn, with every lot.
        Withdrawn = "WITHDRAWN",
    }
}

impl RecallTable {
    /// From recalls in any order.
    pub fn new(recalls: impl IntoIterator<Item = Recall>) -> Self {
        let mut by_device: BTreeMap<String, Vec<Recall>> = BTreeMap::new();
        for recall in recalls {
            by_device
                .entry(bare(&recall.device_identifier))
                .or_default()
                .push(recall);
        }
        Self { by_device }
    }

    /// The recall that takes a lot out of use on a day, if one does: the device's own before the lot's.
    ///
    /// Lots are compared without regard to capitals: a notice typed in another case recalls as well.
    pub fn find(&self, device_identifier: &str, lot: &str, on: NaiveDate) -> Option<&Recall> {
        let of_device = self.by_device.get(&bare(device_identifier))?;
        of_device
            .iter()
            .filter(|recall| recall.announced_on <= on)
            .filter(|recall| {
                recall
                    .lot
                    .as_deref()
                    .is_none_or(|recalled| recalled.trim().eq_ignore_ascii_case(lot.trim()))
            })
            .min_by_key(|recall| recall.lot.is_some())
    }

    /// What the recalls on file say against a product's lots.
    pub fn check(
        &self,
        product: &ClaimedNeedle,
        lots: &[ClaimedLot],
        on: NaiveDate,
    ) -> Vec<Finding> {
        let Some(device) = product.device_identifier.as_deref() else {
            return Vec::new();
        };
        lots.iter()
            .enumerate()
            .filter_map(|(at, lot)| {
                let recall = self.find(device, &lot.lot, on)?;
                Some(Finding::new(
                    FindingCode::LotRecalled,
                    format!("lots[{at}].lot"),
                    format!("recalled on {}: {}", recall.announced_on, recall.source),
                ))
            })
            .collect()
    }

    /// What a lot is at the end of a day. Nothing brings a withdrawn or recalled lot back.
    pub fn status(&self, product: &ClaimedNeedle, lot: &ClaimedLot, on: NaiveDate) -> LotStatus {
        let recall = product
            .device_identifier
            .as_deref()
            .and_then(|device| self.find(device, &lot.lot, on));
        match recall {
            Some(Recall { lot: None, .. }) => LotStatus::Withdrawn,
            Some(Recall { lot: Some(_), .. }) => LotStatus::Recalled,
            None if lot.expires.last_day < on => LotStatus::Expired,
            None => LotStatus::InDate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needle::test_support::{DI, a_lot, a_needle, in_days, recall, today};

    #[track_caller]
    fn check(recalls: &[Recall], lot: &str, last_day: u64, on: NaiveDate, expected: LotStatus) {
        let table = RecallTable::new(recalls.iter().cloned());
        let status = table.status(&a_needle(), &a_lot(lot, in_days(last_day)), on);
        assert_eq!(status, expected, "{recalls:?} {lot} {on}");
    }

    #[test]
    fn a_lot_is_what_the_day_and_the_recalls_make_of_it() {
        let of_lot = recall(Some("LOT1"), in_days(2));
        let of_device = recall(None, in_days(3));
        check(&[], "LOT1", 0, today(), LotStatus::InDate);
        check(&[], "LOT1", 0, in_days(1), LotStatus::Expired);
        let both = [of_lot.clone(), of_device.clone()];
        check(&both, "LOT1", 9, in_days(1), LotStatus::InDate);
        check(&both, "LOT1", 9, in_days(2), LotStatus::Recalled);
        check(&both, "lot1 ", 9, in_days(2), LotStatus::Recalled);
        check(&both, "LOT2", 9, in_days(2), LotStatus::InDate);
        check(&both, "LOT2", 9, in_days(3), LotStatus::Withdrawn);
        check(&both, "LOT1", 9, in_days(3), LotStatus::Withdrawn);
        check(&[of_lot], "LOT1", 1, in_days(3), LotStatus::Recalled);
    }

    #[test]
    fn a_recall_finds_its_device_in_every_spelling_and_no_other() {
        let mut notice = recall(Some("L"), today());
        notice.device_identifier = "885234000121".into();
        let table = RecallTable::new([notice]);
        assert!(table.find("00885234000121", "L", today()).is_some());
        assert!(table.find(DI, "L", today()).is_none());
        let mut notice = recall(Some("L"), today());
        notice.device_identifier = "+A123DN25401J".into();
        let table = RecallTable::new([notice]);
        assert!(table.find(" +A123DN25401J", "L", today()).is_some());
    }

    #[test]
    fn a_recalled_lot_is_a_hard_finding() {
        let table = RecallTable::new([recall(Some("B"), today())]);
        let lots = [a_lot("A", in_days(9)), a_lot("B", in_days(9))];
        let found = table.check(&a_needle(), &lots, today());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code, FindingCode::LotRecalled);
        assert_eq!(&*found[0].field, "lots[1].lot");
    }
}
