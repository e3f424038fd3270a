//! A set of row numbers, one bit each.

/// A set of the numbers below a length.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set of numbers below `length`.
    pub(crate) fn none(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    pub(crate) fn contains(&self, number: u32) -> bool {
        self.0[number as usize / 64] & mask(number) != 0
    }

    /// Puts a number in; true when it was not in before.
    pub(crate) fn insert(&mut self, number: u32) -> bool {
        let word = &mut self.0[number as usize / 64];
        let is_new = *word & mask(number) == 0;
        *word |= mask(number);
        is_new
    }
}

fn mask(number: u32) -> u64 {
    1 << (number % 64)
}
