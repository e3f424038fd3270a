//! The numbers of rows: by these the parts of one person refer to each other.

/// More rows than one person can have.
const PER_PERSON: i64 = 64;

/// Hands out numbers that nobody else of any run has.
pub(super) struct Ids(i64);

impl Ids {
    /// Those of the person with this serial number.
    pub(super) fn of(serial: u32) -> Self {
        Self(i64::from(serial) * PER_PERSON)
    }

    pub(super) fn next(&mut self) -> i64 {
        self.0 += 1;
        self.0
    }
}
