//! The only source of chance.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// One person's own stream of chance, independent of everybody else's.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of a number under a seed.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number of a range, both ends included; `low` where the range is empty.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0.random_range(low..=high.max(low))
    }

    /// A number below a total that is not 0.
    pub(super) fn below(&mut self, total: u64) -> u64 {
        self.0.random_range(0..total)
    }

    /// True so many times of a hundred.
    pub(super) fn percent(&mut self, times: u32) -> bool {
        self.between(1, 100) <= times
    }

    /// True so many times of a thousand.
    pub(super) fn permille(&mut self, times: u32) -> bool {
        self.between(1, 1_000) <= times
    }

    /// One of a list that is not empty, each as likely.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.0.random_range(0..list.len())]
    }

    /// One of a list that is not empty, as likely as its weight.
    pub(super) fn weighted<T: Copy>(&mut self, list: &[(u32, T)]) -> T {
        let total = list.iter().map(|(weight, _)| u64::from(*weight)).sum();
        let mut rest = self.below(total);
        for (weight, value) in list {
            match rest.checked_sub(u64::from(*weight)) {
                Some(left) => rest = left,
                None => return *value,
            }
        }
        list[list.len() - 1].1
    }

    /// A point of the unit disc, as likely as any other. No trigonometry, so the same on every machine.
    pub(super) fn in_disc(&mut self) -> (f64, f64) {
        loop {
            let (x, y) = (
                self.0.random_range(-1.0..1.0_f64),
                self.0.random_range(-1.0..1.0_f64),
            );
            if x * x + y * y <= 1.0 {
                return (x, y);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_repeats_itself_and_no_other() {
        let draw = |seed, stream| {
            let mut dice = Dice::new(seed, stream);
            [(); 8].map(|()| dice.between(0, u32::MAX))
        };
        assert_eq!(draw(1, 1), draw(1, 1));
        assert_ne!(draw(1, 1), draw(1, 2));
        assert_ne!(draw(1, 1), draw(2, 1));
    }

    #[test]
    fn weights_decide_how_often() {
        let mut dice = Dice::new(1, 0);
        let often = (0..1_000)
            .filter(|_| dice.weighted(&[(9, true), (1, false)]))
            .count();
        assert!((850..950).contains(&often), "{often}");
        assert_eq!(dice.weighted(&[(0, 'a'), (5, 'b'), (0, 'c')]), 'b');
        assert_eq!(dice.between(7, 3), 7);
    }
}
