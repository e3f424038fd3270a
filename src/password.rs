//! Passwords: which will do, and what is stored of them.
//!
//! Argon2id (RFC 9106) with the parameters of OWASP's Password Storage Cheat Sheet (2025): 19 MiB, two
//! passes, one lane. Working takes tens of milliseconds by design: callers use a thread for blocking work.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::chance::Chance;

/// The fewest characters. NIST SP 800-63B-4, section 3.1.1.2 asks for 15 where nothing else is asked for
/// and for 8 beside a second factor.
pub const MIN_CHARACTERS: usize = 12;

/// The most bytes: more is no password but a load.
pub const MAX_BYTES: usize = 256;

/// Passwords of at least [`MIN_CHARACTERS`] that people choose most, lower case, one a line.
const COMMON: &str = include_str!("../data/common_passwords.txt");

/// How much work a password is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    kibibytes: u32,
    passes: u32,
}

/// Why a password will not do, in words for whoever chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Fewer than [`MIN_CHARACTERS`].
    #[error("a password has at least {MIN_CHARACTERS} characters")]
    TooShort,
    /// More than [`MAX_BYTES`].
    #[error("a password has at most {MAX_BYTES} bytes")]
    TooLong,
    /// Known to everybody who guesses.
    #[error("this is one of the first passwords that are guessed: choose another")]
    Common,
    /// The account's own name.
    #[error("a password does not contain the name it belongs to")]
    Name,
}

/// The stored text is no password's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not the hash of a password")]
pub struct NotAHash;

impl Cost {
    /// What a node in service asks.
    pub const OWASP: Self = Self {
        kibibytes: 19 * 1024,
        passes: 2,
    };

    /// The least that the algorithm knows. For tests only.
    pub const LEAST: Self = Self {
        kibibytes: Params::MIN_M_COST,
        passes: 1,
    };

    fn argon2(self) -> Argon2<'static> {
        let params = Params::new(self.kibibytes, self.passes, 1, None)
            .expect("both costs are within the algorithm's bounds");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

/// Will it do for an account of this name?
pub fn judge(password: &str, name: &str) -> Result<(), Unfit> {
    let lower = password.to_lowercase();
    let distinct: std::collections::HashSet<char> = lower.chars().collect();
    if password.chars().count() < MIN_CHARACTERS {
        Err(Unfit::TooShort)
    } else if password.len() > MAX_BYTES {
        Err(Unfit::TooLong)
    } else if distinct.len() < 4 || COMMON.lines().any(|common| common == lower) {
        Err(Unfit::Common)
    } else if name.chars().count() >= 4 && lower.contains(&name.to_lowercase()) {
        Err(Unfit::Name)
    } else {
        Ok(())
    }
}

/// What is stored: algorithm, parameters, a random salt and the hash, as a PHC string.
///
/// # Panics
/// Never: a salt of 16 bytes is what the algorithm recommends.
pub fn hash(password: &str, cost: Cost, chance: &Chance) -> String {
    cost.argon2()
        .hash_password_with_salt(password.as_bytes(), &chance.bytes::<16>())
        .expect("16 bytes are a salt")
        .to_string()
}

/// Is it the password that was stored? Compares in constant time.
pub fn matches(password: &str, stored: &str) -> Result<bool, NotAHash> {
    let stored = PasswordHash::new(stored).map_err(|_| NotAHash)?;
    // The parameters are those of the stored text.
    let verified = Argon2::default().verify_password(password.as_bytes(), &stored);
    Ok(verified.is_ok())
}

/// Does the work of [`matches()`] for an account that does not exist or has no password, so that the time
/// an answer takes does not tell.
pub fn pretend(password: &str, cost: Cost) {
    let mut out = [0; 32];
    let worked =
        cost.argon2()
            .hash_password_into(password.as_bytes(), b"nobody's account", &mut out);
    // The outcome is of no interest, the time was; a password too long has been refused before.
    std::hint::black_box((worked.is_ok(), out));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other_is() {
        let chance = Chance::seeded(1);
        let stored = hash("correct horse battery", Cost::LEAST, &chance);
        assert!(stored.starts_with("$argon2id$v=19$"), "{stored}");
        assert!(!stored.contains("horse"));
        assert_eq!(matches("correct horse battery", &stored), Ok(true));
        assert_eq!(matches("correct horse batterz", &stored), Ok(false));
        assert_eq!(matches("", &stored), Ok(false));
        assert_ne!(stored, hash("correct horse battery", Cost::LEAST, &chance));
    }

    #[test]
    fn the_cost_in_service_is_that_of_owasp() {
        let stored = hash("correct horse battery", Cost::OWASP, &Chance::seeded(1));
        assert!(stored.contains("$m=19456,t=2,p=1$"), "{stored}");
    }

    #[test]
    fn what_is_no_hash_is_an_error_and_not_a_wrong_password() {
        for stored in ["", "plain"] {
            let judged = matches("correct horse battery", stored);
            assert_eq!(judged, Err(NotAHash), "{stored}");
        }
    }

    #[test]
    fn only_long_uncommon_passwords_will_do() {
        for (password, expected) in [
            ("elevenchars", Err(Unfit::TooShort)),
            ("twelve chars", Ok(())),
            ("пароль длинный", Ok(())),
            ("password1234", Err(Unfit::Common)),
            ("PASSWORD1234", Err(Unfit::Common)),
            ("123456789012", Err(Unfit::Common)),
            ("abababababababab", Err(Unfit::Common)),
            ("my Victoria rose", Err(Unfit::Name)),
            (&"long ".repeat(60), Err(Unfit::TooLong)),
        ] {
            assert_eq!(judge(password, "victoria"), expected, "{password}");
        }
    }

    #[test]
    fn the_list_holds_only_what_could_be_chosen() {
        for common in COMMON.lines() {
            assert!(common.chars().count() >= MIN_CHARACTERS, "{common}");
            assert_eq!(common, common.to_lowercase());
        }
    }
}
