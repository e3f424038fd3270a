//! Which attestations are looked at although nothing speaks against them.

/// A decision of chance, kept whole so that an auditor can repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// The number drawn, each of its values equally likely.
    pub drawn: u32,
    /// How many in a hundred were to be taken.
    pub percent: u32,
}

impl Sample {
    /// Is the attestation taken? The share of all draws that are is `percent` in a hundred, to
    /// within one draw.
    pub const fn is_taken(self) -> bool {
        // Widening: neither factor is above u32's largest value.
        (self.drawn as u64) * 100 < (self.percent as u64) << 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(percent: u32, last_taken: Option<u32>) {
        let first_left = last_taken.map_or(Some(0), |last| last.checked_add(1));
        if let Some(drawn) = last_taken {
            assert!(Sample { drawn, percent }.is_taken(), "{percent} {drawn}");
        }
        if let Some(drawn) = first_left {
            assert!(!Sample { drawn, percent }.is_taken(), "{percent} {drawn}");
        }
    }

    #[test]
    fn a_tenth_of_all_draws_is_taken() {
        check(10, Some(429_496_729));
        check(0, None);
        check(50, Some((1 << 31) - 1));
        check(100, Some(u32::MAX));
    }
}
