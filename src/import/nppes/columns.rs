//! The columns that are read, by the registry's own names.
//!
//! Source: the registry's file layouts of June 2025. The one column that was renamed since, `Provider
//! Gender Code` to `Provider Sex Code`, is not read, nor is any column of the mailing address, which
//! is often a home.

use crate::import::file::Column;

/// Taxonomy groups of a main row.
pub(super) const GROUPS: usize = 15;

/// Where a wanted column of the main file stands in [`main`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Main {
    Npi,
    EntityType,
    Replacement,
    Family,
    Given,
    Middle,
    Suffix,
    OtherFamily,
    OtherGiven,
    OtherMiddle,
    OtherSuffix,
    Street,
    Suite,
    City,
    State,
    PostalCode,
    Country,
    Phone,
    EnumeratedOn,
    UpdatedOn,
    DeactivatedOn,
    ReactivatedOn,
    FirstGroup,
}

/// One of the four columns of a taxonomy group.
#[derive(Debug, Clone, Copy)]
pub(super) enum Group {
    Taxonomy,
    LicenseNumber,
    LicenseState,
    IsPrimary,
}

impl Group {
    /// Where the column of group `n`, counted from 0, stands in [`main`].
    pub(super) const fn of(self, n: usize) -> usize {
        Main::FirstGroup as usize + 4 * n + self as usize
    }
}

/// The columns of the main file in the order of [`Main`], then the groups.
pub(super) fn main() -> Vec<Column<'static>> {
    let mut columns = MAIN.to_vec();
    columns.extend(TAXONOMY_GROUPS.iter().flatten().map(|name| {
        // One name each: a slice of one.
        Column(std::slice::from_ref(name))
    }));
    columns
}

const MAIN: [Column; Main::FirstGroup as usize] = [
    Column(&["NPI"]),
    Column(&["Entity Type Code"]),
    Column(&["Replacement NPI"]),
    Column(&["Provider Last Name (Legal Name)"]),
    Column(&["Provider First Name"]),
    Column(&["Provider Middle Name"]),
    Column(&["Provider Name Suffix Text"]),
    Column(&["Provider Other Last Name"]),
    Column(&["Provider Other First Name"]),
    Column(&["Provider Other Middle Name"]),
    Column(&["Provider Other Name Suffix Text"]),
    Column(&["Provider First Line Business Practice Location Address"]),
    Column(&["Provider Second Line Business Practice Location Address"]),
    Column(&["Provider Business Practice Location Address City Name"]),
    Column(&["Provider Business Practice Location Address State Name"]),
    Column(&["Provider Business Practice Location Address Postal Code"]),
    Column(&["Provider Business Practice Location Address Country Code (If outside U.S.)"]),
    Column(&["Provider Business Practice Location Address Telephone Number"]),
    Column(&["Provider Enumeration Date"]),
    Column(&["Last Update Date"]),
    Column(&["NPI Deactivation Date"]),
    Column(&["NPI Reactivation Date"]),
];

macro_rules! group {
    ($n:literal) => {
        [
            concat!("Healthcare Provider Taxonomy Code_", $n),
            concat!("Provider License Number_", $n),
            concat!("Provider License Number State Code_", $n),
            concat!("Healthcare Provider Primary Taxonomy Switch_", $n),
        ]
    };
}

static TAXONOMY_GROUPS: [[&str; 4]; GROUPS] = [
    group!(1),
    group!(2),
    group!(3),
    group!(4),
    group!(5),
    group!(6),
    group!(7),
    group!(8),
    group!(9),
    group!(10),
    group!(11),
    group!(12),
    group!(13),
    group!(14),
    group!(15),
];

/// Where a wanted column of the further locations stands in [`LOCATIONS`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Location {
    Npi,
    Street,
    Suite,
    City,
    State,
    PostalCode,
    Country,
    Phone,
}

/// The columns of the further locations, in the order of [`Location`].
pub(super) const LOCATIONS: [Column; 8] = [
    Column(&["NPI"]),
    Column(&["Provider Secondary Practice Location Address- Address Line 1"]),
    Column(&["Provider Secondary Practice Location Address-  Address Line 2"]),
    Column(&["Provider Secondary Practice Location Address - City Name"]),
    Column(&["Provider Secondary Practice Location Address - State Name"]),
    Column(&["Provider Secondary Practice Location Address - Postal Code"]),
    Column(&["Provider Secondary Practice Location Address - Country Code (If outside U.S.)"]),
    Column(&["Provider Secondary Practice Location Address - Telephone Number"]),
];

/// Where a wanted column of the other names stands in [`OTHER_NAMES`].
#[derive(Debug, Clone, Copy)]
pub(super) enum OtherName {
    Npi,
    Name,
    Kind,
}

/// The columns of the other names, in the order of [`OtherName`].
pub(super) const OTHER_NAMES: [Column; 3] = [
    Column(&["NPI"]),
    Column(&["Provider Other Organization Name"]),
    Column(&["Provider Other Organization Name Type Code"]),
];
