//! Facts in words, for the people who settle a difference.

use crate::place::Jurisdiction;
use crate::provider::Address;
use crate::taxonomy::Discipline;

pub(super) fn of_license(
    discipline: Discipline,
    jurisdiction: Jurisdiction,
    number: Option<&str>,
) -> String {
    let number = number.map_or_else(|| "without a number".to_owned(), |n| format!("no. {n}"));
    format!("{} in {jurisdiction}, {number}", discipline.noun())
}

pub(super) fn of_location(address: &Address, phone: Option<&str>) -> String {
    let street = address.lines.join(", ");
    let comma = if street.is_empty() { "" } else { ", " };
    let phone = phone.map_or_else(String::new, |phone| format!(", phone {phone}"));
    format!(
        "{street}{comma}{}, {} {}{phone}",
        address.city, address.state, address.postal_code
    )
}
