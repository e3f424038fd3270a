//! The installation's own key, which stands beside the database and never in it.
//!
//! Each use has a key of its own, derived from the 32 bytes of the file, so that what is made for one use
//! says nothing about another. What is sealed or hashed here is worth no more than the file: whoever has
//! both file and database reads it, whoever has one of them does not.

mod file;
mod seal;

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

pub use file::SecretFileError;
pub use seal::Unsealable;

/// What the key is used for. Values made for one use cannot be read, compared or forged in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Addresses of clients, as the log and the throttle know them.
    Address,
    /// Birth dates.
    BirthDate,
    /// Secrets of second factors.
    SecondFactor,
    /// Codes for whoever has lost their second factor.
    Recovery,
    /// Hashes of personal data in the log.
    Personal,
    /// Codes that are sent to claim an entry.
    Claim,
    /// What a page of ours shows beside its session's cookie.
    Csrf,
    /// Names that somebody tried to sign in with.
    SignInName,
    /// Seals over what was signed.
    Signature,
    /// Which attestations are looked at by chance.
    Sample,
    /// Which key a database was begun with.
    Fingerprint,
}

impl Use {
    /// Bound into every derived key: a word here is never changed.
    const fn label(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::BirthDate => "birth-date",
            Self::SecondFactor => "second-factor",
            Self::Recovery => "recovery",
            Self::Personal => "personal",
            Self::Claim => "claim",
            Self::Csrf => "csrf",
            Self::SignInName => "sign-in-name",
            Self::Signature => "signature",
            Self::Sample => "sample",
            Self::Fingerprint => "fingerprint",
        }
    }
}

/// The key. Prints as a word; it has no `Display` and is never serialised.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The key of these bytes.
    pub const fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A keyed hash (HMAC-SHA-256) of a text, 64 hexadecimal digits: the same for the same text and use,
    /// and nothing that can be found by trying all texts without the key.
    pub fn blind(&self, purpose: Use, text: &str) -> String {
        let mut mac = mac(&self.derived(purpose, "blind"));
        mac.update(text.as_bytes());
        data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes())
    }

    /// What the database remembers of the key, so that another one is noticed.
    pub fn fingerprint(&self) -> String {
        self.blind(Use::Fingerprint, "drypoint")
    }

    /// The key for one use in one way.
    fn derived(&self, purpose: Use, way: &str) -> [u8; 32] {
        let mut mac = mac(&self.0);
        mac.update(b"drypoint/1/");
        mac.update(purpose.label().as_bytes());
        mac.update(b"/");
        mac.update(way.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

fn mac(key: &[u8; 32]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_blinded_by_key_and_use() {
        let (one, other) = (Secret::of([1; 32]), Secret::of([2; 32]));
        let blinded = one.blind(Use::Address, "192.0.2.1");
        assert_eq!(blinded.len(), 64);
        assert_eq!(blinded, one.blind(Use::Address, "192.0.2.1"));
        assert_ne!(blinded, one.blind(Use::Address, "192.0.2.2"));
        assert_ne!(blinded, one.blind(Use::BirthDate, "192.0.2.1"));
        assert_ne!(blinded, other.blind(Use::Address, "192.0.2.1"));
    }

    #[test]
    fn the_key_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::of([65; 32])), "Secret(…)");
    }
}
