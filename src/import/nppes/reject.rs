//! Why a row is not taken, and what is odd in one that is.

use chrono::NaiveDate;
use domain::npi::InvalidNpi;

/// Why a row was not taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Not an NPI.
    #[error(transparent)]
    Npi(#[from] InvalidNpi),
    /// Another number of fields than the header.
    #[error("{fields} fields where the header has {wanted}")]
    Fields {
        /// How many.
        fields: usize,
        /// How many the header has.
        wanted: usize,
    },
    /// Neither a person nor an organisation.
    #[error("entity type {0:?} is neither 1 nor 2")]
    EntityType(String),
    /// A date that is none.
    #[error("{column} {text:?} is no date (MM/DD/YYYY)")]
    Date {
        /// In which column.
        column: &'static str,
        /// As written.
        text: String,
    },
    /// Reactivated, but never deactivated.
    #[error("reactivated on {0} without a deactivation")]
    NeverDeactivated(NaiveDate),
    /// Nobody's name.
    #[error("the row has no name")]
    NoName,
    /// A practice address in a state that there is not.
    #[error("the practice address names the state {0:?}, which is none")]
    State(String),
    /// A field longer than any that the registry has.
    #[error("{0} is longer than {MAX_FIELD} characters")]
    TooLong(&'static str),
}

impl Reason {
    /// The word by which such rows are counted.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Npi(InvalidNpi::CheckDigit(_)) => "NPI_CHECK_DIGIT",
            Self::Npi(InvalidNpi::NotTenDigits | InvalidNpi::FirstDigit) => "NPI",
            Self::Fields { .. } => "FIELDS",
            Self::EntityType(_) => "ENTITY_TYPE",
            Self::Date { .. } => "DATE",
            Self::NeverDeactivated(_) => "NEVER_DEACTIVATED",
            Self::NoName => "NO_NAME",
            Self::State(_) => "STATE",
            Self::TooLong(_) => "TOO_LONG",
        }
    }
}

/// The longest text that is kept of a field; the registry's own longest, 100, is half of it.
pub const MAX_FIELD: usize = 200;

/// What is odd in a row that is taken over nevertheless.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// There is no practice address.
    NoAddress,
    /// The practice address is abroad, so no state's law governs it here.
    Abroad(String),
    /// The practice address is a military post (AA, AE, AP), which lies in no state.
    Military(String),
    /// The practice address is in a freely associated state, whose law the directory does not hold.
    Associated(String),
    /// The practice address has a postal code that is no ZIP.
    BadPostalCode(String),
    /// No point is known for the ZIP.
    UnknownPostalCode(String),
    /// The ZIP belongs to another state than the address.
    ZipState {
        /// The ZIP.
        postal_code: String,
        /// Whose it is.
        zip_state: &'static str,
        /// What the address says.
        state: &'static str,
    },
    /// A taxonomy code that has not the form of one.
    BadTaxonomy(String),
    /// A licence number whose state is missing or none.
    LicenseState(String),
    /// The replacement is not an NPI.
    BadReplacement(String),
}

impl Oddity {
    /// The word by which such rows are counted.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoAddress => "NO_ADDRESS",
            Self::Abroad(_) => "ABROAD",
            Self::Military(_) => "MILITARY",
            Self::Associated(_) => "ASSOCIATED_STATE",
            Self::BadPostalCode(_) => "BAD_POSTAL_CODE",
            Self::UnknownPostalCode(_) => "UNKNOWN_POSTAL_CODE",
            Self::ZipState { .. } => "ZIP_STATE",
            Self::BadTaxonomy(_) => "BAD_TAXONOMY",
            Self::LicenseState(_) => "LICENSE_STATE",
            Self::BadReplacement(_) => "BAD_REPLACEMENT",
        }
    }
}

impl std::fmt::Display for Oddity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoAddress => f.write_str("no practice address; kept without a place"),
            Self::Abroad(country) => {
                write!(
                    f,
                    "the practice address is abroad ({country}); kept without a place"
                )
            }
            Self::Military(state) => {
                write!(
                    f,
                    "the practice address is a military post ({state}); kept without a place"
                )
            }
            Self::Associated(state) => write!(
                f,
                "the practice address is in {state}, whose law is not held; kept without a place"
            ),
            Self::BadPostalCode(text) => {
                write!(f, "{text:?} is no ZIP code; kept without a place")
            }
            Self::UnknownPostalCode(code) => {
                write!(
                    f,
                    "no point is known for ZIP {code}; kept without a position"
                )
            }
            Self::ZipState {
                postal_code,
                zip_state,
                state,
            } => write!(
                f,
                "ZIP {postal_code} belongs to {zip_state}, the address says {state}; kept under the address's state"
            ),
            Self::BadTaxonomy(code) => write!(f, "{code:?} is no taxonomy code; left out"),
            Self::LicenseState(state) if state.is_empty() => {
                f.write_str("a licence number without a state; left out")
            }
            Self::LicenseState(state) => {
                write!(
                    f,
                    "a licence of the state {state:?}, which is none; left out"
                )
            }
            Self::BadReplacement(text) => write!(f, "the replacement {text:?} is no NPI; left out"),
        }
    }
}
