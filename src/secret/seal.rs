use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};

use super::{Secret, Use};
use crate::chance::Chance;

/// Bytes of a nonce of `XChaCha20`: so many that drawing them never meets one twice.
const NONCE: usize = 24;

/// What is sealed was not sealed with this key for this use and this holder, or was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was not sealed with this installation's key for this, or it was changed")]
pub struct Unsealable;

impl Secret {
    /// Encrypts with XChaCha20-Poly1305; the nonce stands before the rest.
    ///
    /// `holder` is whose it is ("account/7", "provider/1234567893"): what is sealed for one holder cannot
    /// be opened as another's, so that rows cannot be exchanged.
    ///
    /// # Panics
    /// Never: the cipher takes texts of 256 GB.
    pub fn seal(&self, chance: &Chance, purpose: Use, holder: &str, plain: &[u8]) -> Vec<u8> {
        let nonce = chance.bytes::<NONCE>();
        let payload = Payload {
            msg: plain,
            aad: holder.as_bytes(),
        };
        let sealed = self
            .cipher(purpose)
            .encrypt(&XNonce::from(nonce), payload)
            .expect("a message of less than 256 GiB can be sealed");
        [&nonce[..], &sealed].concat()
    }

    /// What was sealed for this use and holder.
    pub fn open(&self, purpose: Use, holder: &str, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(Unsealable)?;
        let payload = Payload {
            msg: sealed,
            aad: holder.as_bytes(),
        };
        self.cipher(purpose)
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| Unsealable)
    }

    fn cipher(&self, purpose: Use) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derived(purpose, "seal").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_use_and_holder_open_what_is_sealed() {
        let (secret, chance) = (Secret::of([1; 32]), Chance::seeded(1));
        let sealed = secret.seal(&chance, Use::SecondFactor, "account/1", b"JBSWY3DP");
        let open = |secret: &Secret, purpose, holder| secret.open(purpose, holder, &sealed);
        assert_eq!(
            open(&secret, Use::SecondFactor, "account/1").unwrap(),
            b"JBSWY3DP"
        );
        assert_eq!(
            open(&secret, Use::SecondFactor, "account/2"),
            Err(Unsealable)
        );
        assert_eq!(open(&secret, Use::BirthDate, "account/1"), Err(Unsealable));
        let other = Secret::of([2; 32]);
        assert_eq!(
            open(&other, Use::SecondFactor, "account/1"),
            Err(Unsealable)
        );
    }

    #[test]
    fn a_changed_byte_is_noticed_wherever_it_is() {
        let (secret, chance) = (Secret::of([1; 32]), Chance::seeded(1));
        let sealed = secret.seal(&chance, Use::BirthDate, "provider/1", b"1980-02-29");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(
                secret.open(Use::BirthDate, "provider/1", &changed),
                Err(Unsealable),
                "{at}"
            );
            assert_eq!(
                secret.open(Use::BirthDate, "provider/1", &sealed[..at]),
                Err(Unsealable)
            );
        }
    }

    #[test]
    fn the_same_is_sealed_differently_each_time() {
        let (secret, chance) = (Secret::of([1; 32]), Chance::seeded(1));
        let seal = || secret.seal(&chance, Use::BirthDate, "provider/1", b"1980-02-29");
        assert_ne!(seal(), seal());
    }
}
