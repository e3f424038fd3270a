//! The one place that chance comes from: the operating system's, or a seeded one that tests can repeat.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::SysRng;
use rand::{Rng as _, SeedableRng as _, TryRng as _};
use rand_chacha::ChaCha20Rng;

/// Gives random bytes. Clones of a seeded one go on together.
#[derive(Clone)]
pub struct Chance(Kind);

#[derive(Clone)]
enum Kind {
    System,
    Seeded(Arc<Mutex<ChaCha20Rng>>),
}

impl Chance {
    /// The operating system's, fit for keys and tokens.
    pub const fn system() -> Self {
        Self(Kind::System)
    }

    /// The same bytes for the same seed: for tests and demonstrations. Never for keys.
    pub fn seeded(seed: u64) -> Self {
        let generator = ChaCha20Rng::seed_from_u64(seed);
        Self(Kind::Seeded(Arc::new(Mutex::new(generator))))
    }

    /// So many random bytes.
    ///
    /// # Panics
    /// When the operating system has none to give: nothing that needs them can go on without.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &self.0 {
            Kind::System => SysRng
                .try_fill_bytes(&mut bytes)
                .expect("the operating system gives random bytes"),
            Kind::Seeded(generator) => generator
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .fill_bytes(&mut bytes),
        }
        bytes
    }

    /// A number below `bound`, each as likely as another. Below 1 there is only 0.
    pub fn below(&self, bound: u64) -> u64 {
        if bound <= 1 {
            return 0;
        }
        // The last, incomplete run of `bound` numbers would make its numbers likelier: draw again.
        let whole_runs = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = u64::from_be_bytes(self.bytes());
            if drawn < whole_runs {
                return drawn % bound;
            }
        }
    }

    /// 256 random bits as 43 letters, digits, `-` and `_`: what nobody guesses.
    pub fn token(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&self.bytes::<32>())
    }
}

impl fmt::Debug for Chance {
    /// Says which kind, never the state: whoever knows that knows what comes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::System => "Chance(system)",
            Kind::Seeded(_) => "Chance(seeded)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_the_system_never_does() {
        let (one, same) = (Chance::seeded(7), Chance::seeded(7));
        assert_eq!(one.bytes::<40>(), same.bytes::<40>());
        assert_ne!(
            Chance::seeded(8).bytes::<32>(),
            Chance::seeded(7).bytes::<32>()
        );
        let system = Chance::system();
        assert_ne!(system.bytes::<32>(), system.bytes::<32>());
    }

    #[test]
    fn clones_of_a_seeded_one_go_on_together() {
        let one = Chance::seeded(7);
        let both = [one.clone().bytes::<8>(), one.bytes::<8>()];
        let alone = Chance::seeded(7);
        assert_eq!(both, [alone.bytes::<8>(), alone.bytes::<8>()]);
        assert_ne!(both[0], both[1]);
    }

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all_of_it() {
        let chance = Chance::seeded(1);
        assert_eq!((chance.below(0), chance.below(1)), (0, 0));
        let mut drawn = [0_u32; 6];
        for _ in 0..6_000 {
            drawn[usize::try_from(chance.below(6)).unwrap()] += 1;
        }
        assert!(
            drawn.iter().all(|times| (850..1_150).contains(times)),
            "{drawn:?}"
        );
    }

    #[test]
    fn a_token_is_one_word_of_256_bits() {
        let token = Chance::system().token();
        assert_eq!(token.len(), 43);
        assert!(
            token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
    }

    #[test]
    fn nothing_of_its_state_is_printed() {
        assert_eq!(format!("{:?}", Chance::seeded(7)), "Chance(seeded)");
    }
}
