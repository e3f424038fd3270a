//! Every check of a needle that needs nothing but its own label (verification.md 4.4).

use chrono::{Days, Months, NaiveDate};

use super::finding::{Finding, FindingCode as Code};
use super::k_number::{InvalidKNumber, KNumber};
use super::product::{ClaimedLot, ClaimedNeedle, DiIssuer, NeedleKind, NeedleLine, ProductCode};
use super::sentence::says_approved;
use crate::attestation::FdaPathway;
use crate::udi::{DeviceIdentifier, Udi, gs1};

/// Everything wrong with a product and its lots in use, on a day. Empty is well.
///
/// Fields are named from the product: `diameterUm`, `lots[0].expires`.
pub fn check(product: &ClaimedNeedle, lots: &[ClaimedLot], on: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    names(product, &mut found);
    device_identifier(product, &mut found);
    way_to_market(product, on, &mut found);
    nature(product, &mut found);
    size(product, &mut found);
    if lots.is_empty() {
        found.push(Finding::new(
            Code::NoLot,
            "lots",
            "at least one lot in use is needed",
        ));
    }
    for (at, claimed) in lots.iter().enumerate() {
        let found_here = lot(product, claimed, on);
        let outer = format!("lots[{at}]");
        found.extend(found_here.into_iter().map(|finding| finding.within(&outer)));
    }
    found.extend(two_expiries(lots.iter().enumerate().map(|(at, lot)| {
        LotSeen {
            device: product.device_identifier.as_deref(),
            lot,
            field: format!("lots[{at}].expires"),
        }
    })));
    found
}

/// Everything wrong with the lines of an attestation. Fields begin with `products[0]`.
pub fn check_lines(lines: &[NeedleLine], on: NaiveDate) -> Vec<Finding> {
    lines
        .iter()
        .enumerate()
        .flat_map(|(at, line)| {
            let outer = format!("products[{at}]");
            check(&line.product, &line.lots, on)
                .into_iter()
                .map(move |finding| finding.within(&outer))
        })
        .collect()
}

/// A lot somewhere: of whatever provider.
#[derive(Debug, Clone)]
pub struct LotSeen<'a> {
    /// The device identifier that it stands under.
    pub device: Option<&'a str>,
    /// The lot.
    pub lot: &'a ClaimedLot,
    /// How to name it in a finding.
    pub field: String,
}

/// Lots of one device and number whose last days differ from the first one's: somebody misread a
/// label, or a label is false. A task for compliance.
pub fn two_expiries<'a>(lots: impl Iterator<Item = LotSeen<'a>>) -> Vec<Finding> {
    use std::collections::BTreeMap;
    let mut first_seen: BTreeMap<(String, &str), NaiveDate> = BTreeMap::new();
    let mut found = Vec::new();
    for seen in lots {
        // Without a device two lots of one number may be two makers'.
        let Some(device) = seen.device.map(bare) else {
            continue;
        };
        let last_day = seen.lot.expires.last_day;
        let first = *first_seen
            .entry((device, &seen.lot.lot))
            .or_insert(last_day);
        if first != last_day {
            found.push(Finding::new(
                Code::LotTwoExpiries,
                seen.field,
                format!(
                    "lot {} is also on file with the last day {first}",
                    seen.lot.lot
                ),
            ));
        }
    }
    found
}

/// A lot in somebody else's attestation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotElsewhere {
    /// The device identifier as [`ClaimedNeedle::device_bare`] gives it.
    pub device_bare: Box<str>,
    /// Its number.
    pub lot: Box<str>,
    /// Its last day there.
    pub last_day: NaiveDate,
}

/// Lots of these lines that others gave another last day: one of them misread a label, or a label is
/// false. Fields begin with `products[0]`.
pub fn lots_elsewhere(lines: &[NeedleLine], elsewhere: &[LotElsewhere]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(device) = line.product.device_bare() else {
            continue;
        };
        for (lot_at, lot) in line.lots.iter().enumerate() {
            let other = elsewhere.iter().find(|other| {
                *other.device_bare == *device
                    && *other.lot == *lot.lot
                    && other.last_day != lot.expires.last_day
            });
            found.extend(other.map(|other| {
                Finding::new(
                    Code::LotTwoExpiries,
                    format!("products[{at}].lots[{lot_at}].expires"),
                    format!(
                        "somebody else has lot {} on file with the last day {}",
                        lot.lot, other.last_day
                    ),
                )
            }));
        }
    }
    found
}

/// A device identifier as databases keep it, or as it was typed where it is none: the one spelling by
/// which lots and recalls are found.
pub fn bare(device_identifier: &str) -> String {
    DeviceIdentifier::parse(device_identifier).map_or_else(
        |_| device_identifier.trim().to_owned(),
        |device| device.bare(),
    )
}

fn names(product: &ClaimedNeedle, found: &mut Vec<Finding>) {
    for (field, name) in [("brand", &product.brand), ("labelerName", &product.labeler)] {
        if name.trim().is_empty() {
            found.push(Finding::new(
                Code::NameMissing,
                field,
                "write it as the box does",
            ));
        }
        if says_approved(name) {
            found.push(Finding::new(
                Code::NameSaysApproved,
                field,
                "no acupuncture needle is that: FDA clears devices or exempts them (21 CFR 807.97)",
            ));
        }
    }
}

fn device_identifier(product: &ClaimedNeedle, found: &mut Vec<Finding>) {
    let field = "deviceIdentifier";
    let mut push = |code, message: &str| found.push(Finding::new(code, field, message));
    let Some(text) = product.device_identifier.as_deref() else {
        return push(
            Code::DiNotStated,
            "no device identifier: see 21 CFR 801.30 for the exceptions",
        );
    };
    match product.di_issuer {
        DiIssuer::NoneStated => push(
            Code::DiInvalid,
            "a device identifier is given, and its issuer is said to be none",
        ),
        DiIssuer::Other if text.trim().is_empty() => push(Code::DiInvalid, "it is empty"),
        DiIssuer::Other => push(
            Code::DiNotChecked,
            "numbers of this issuer cannot be checked here",
        ),
        DiIssuer::Gs1 | DiIssuer::Hibcc => match (DeviceIdentifier::parse(text), product.di_issuer)
        {
            (Err(why), _) => push(Code::DiInvalid, &why.to_string()),
            (Ok(DeviceIdentifier::Gs1(gtin)), DiIssuer::Gs1) => {
                if gtin.is_variable_measure() {
                    push(
                        Code::DiVariableMeasure,
                        "a GTIN with a leading 9 is for goods sold by measure",
                    );
                }
            }
            (Ok(DeviceIdentifier::Hibc(_)), DiIssuer::Hibcc) => {}
            (Ok(_), _) => push(Code::DiInvalid, "it follows the other issuer's scheme"),
        },
    }
}

/// 21 CFR 880.5580(b): needles for single use are exempt from premarket clearance, so a 510(k)
/// number is never demanded.
fn way_to_market(product: &ClaimedNeedle, on: NaiveDate, found: &mut Vec<Finding>) {
    let mut push =
        |code, field: &str, message: &str| found.push(Finding::new(code, field, message));
    match product
        .k510_number
        .as_deref()
        .map(|text| KNumber::parse(text, on))
    {
        Some(Err(why)) => {
            let code = match why {
                InvalidKNumber::OtherSubmission(_) => Code::K510OtherSubmission,
                InvalidKNumber::Format | InvalidKNumber::Year(_) | InvalidKNumber::Zeros => {
                    Code::K510Invalid
                }
            };
            push(code, "k510Number", &why.to_string());
        }
        Some(Ok(number)) => {
            if product.fda_pathway == FdaPathway::Exempt510k {
                push(
                    Code::K510WithExempt,
                    "fdaPathway",
                    &format!("{number} was given, and the needle is said to be exempt"),
                );
            }
            if product.product_code == ProductCode::Other {
                push(
                    Code::K510ProductCode,
                    "productCode",
                    &format!("{number} was given, and the product code is neither MQX nor NRW"),
                );
            }
        }
        None if product.fda_pathway == FdaPathway::Cleared510k => push(
            Code::K510Missing,
            "k510Number",
            "said to be cleared, without the number",
        ),
        None => {}
    }
    match (product.fda_pathway, product.product_code) {
        (FdaPathway::Exempt510k, ProductCode::Nrw) => push(
            Code::ExemptProductCode,
            "fdaPathway",
            "the exemption of 21 CFR 880.5580(b) does not name NRW",
        ),
        (FdaPathway::NotUsMarketed, _) => push(
            Code::NotUsMarketed,
            "fdaPathway",
            "said not to be marketed in the United States",
        ),
        _ => {}
    }
}

fn nature(product: &ClaimedNeedle, found: &mut Vec<Finding>) {
    let mut demand = |met: bool, code, field: &str, message: &str| {
        if !met {
            found.push(Finding::new(code, field, message));
        }
    };
    demand(
        product.needle_kind == NeedleKind::FiliformSolid,
        Code::NeedleKind,
        "needleKind",
        "dry needling uses solid filiform needles only",
    );
    demand(
        product.single_use,
        Code::NotSingleUse,
        "singleUse",
        "the label must say: for single use only (21 CFR 880.5580)",
    );
    demand(
        product.sterile_as_packaged,
        Code::NotSterile,
        "sterileAsPackaged",
        "the needle must be sterile in its package",
    );
    demand(
        !product.needs_sterilization_before_use,
        Code::NeedsSterilization,
        "needsSterilizationBeforeUse",
        "a needle that its user sterilises is not taken",
    );
}

fn size(product: &ClaimedNeedle, found: &mut Vec<Finding>) {
    let mut push =
        |code, field: &str, message: String| found.push(Finding::new(code, field, message));
    match product.diameter_um {
        160..=400 => {}
        100..=600 => push(
            Code::DiameterUnusual,
            "diameterUm",
            format!(
                "{} µm is unusual: most needles have 160 to 400",
                product.diameter_um
            ),
        ),
        _ => push(
            Code::DiameterRange,
            "diameterUm",
            format!(
                "{} µm is no needle's diameter: 100 to 600",
                product.diameter_um
            ),
        ),
    }
    match product.length_mm {
        13..=75 => {}
        7..=150 => push(
            Code::LengthUnusual,
            "lengthMm",
            format!(
                "{} mm is unusual: most needles have 13 to 75",
                product.length_mm
            ),
        ),
        _ => push(
            Code::LengthRange,
            "lengthMm",
            format!("{} mm is no needle's length: 7 to 150", product.length_mm),
        ),
    }
}

fn lot(product: &ClaimedNeedle, lot: &ClaimedLot, on: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut push =
        |code, field: &str, message: String| found.push(Finding::new(code, field, message));
    if !gs1::is_lot(&lot.lot) {
        push(
            Code::LotInvalid,
            "lot",
            "a lot number has 1 to 20 letters, digits or signs, and no space".to_owned(),
        );
    }
    let last_day = lot.expires.last_day;
    if last_day < on {
        push(
            Code::LotExpired,
            "expires",
            format!("its last day was {last_day}"),
        );
    } else if last_day < later(on, Days::new(30)) {
        push(
            Code::LotExpiresSoon,
            "expires",
            format!("its last day is {last_day}"),
        );
    } else if last_day > years_later(on, 10) {
        push(
            Code::ExpiryFarOff,
            "expires",
            format!("{last_day} is more than ten years away"),
        );
    }
    if let Some(made_on) = lot.manufactured_on {
        if last_day < made_on {
            push(
                Code::ExpiryBeforeManufacture,
                "expires",
                format!("{last_day} is before the manufacture on {made_on}"),
            );
        } else if last_day > years_later(made_on, 5) {
            push(
                Code::ExpiryLongAfterManufacture,
                "expires",
                format!("{last_day} is more than five years after the manufacture on {made_on}"),
            );
        }
    }
    if let Some(text) = &lot.udi_raw {
        match Udi::parse(text, on) {
            Err(why) => push(Code::UdiInvalid, "udiRaw", why.to_string()),
            Ok(udi) => {
                for (field, label) in differences(product, lot, &udi) {
                    push(
                        Code::UdiDiffers,
                        "udiRaw",
                        format!("the label's {field} is {label}"),
                    );
                }
            }
        }
    }
    found
}

/// Fields in which a label says something else than was typed. What either does not say differs in
/// nothing.
fn differences(
    product: &ClaimedNeedle,
    lot: &ClaimedLot,
    udi: &Udi,
) -> Vec<(&'static str, String)> {
    let mut differing = Vec::new();
    let device = udi.device.bare();
    if product
        .device_identifier
        .as_deref()
        .is_some_and(|typed| bare(typed) != device)
    {
        differing.push(("device identifier", device));
    }
    if let Some(label) = udi
        .production
        .lot
        .as_deref()
        .filter(|label| **label != *lot.lot)
    {
        differing.push(("lot", label.to_owned()));
    }
    if let Some(label) = udi
        .production
        .expires
        .filter(|label| label.last_day != lot.expires.last_day)
    {
        differing.push(("last day", label.last_day.to_string()));
    }
    if let (Some(label), Some(typed)) = (udi.production.made_on, lot.manufactured_on)
        && label != typed
    {
        differing.push(("day of manufacture", label.to_string()));
    }
    differing
}

// The end of chrono's calendar stands in for what lies beyond it.
fn later(on: NaiveDate, days: Days) -> NaiveDate {
    on.checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

fn years_later(on: NaiveDate, years: u32) -> NaiveDate {
    on.checked_add_months(Months::new(years * 12))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests;
