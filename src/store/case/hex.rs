//! Digests as columns keep them.

use domain::duty::Sha256;

/// In lower-case hexadecimal.
pub fn text(digest: &Sha256) -> String {
    data_encoding::HEXLOWER.encode(digest)
}

/// `None` where the text is no SHA-256 in lower-case hexadecimal.
pub fn bytes(text: &str) -> Option<Sha256> {
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?;
    bytes.try_into().ok()
}
