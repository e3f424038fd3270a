//! Bytes of a field as text.

use std::borrow::Cow;

/// The text of a field, trimmed, without control characters; what stands for "nothing" is empty.
///
/// The registry writes latin-1. A field that is valid UTF-8 is read as that, for files that passed
/// through other hands: in real names no latin-1 text is also valid UTF-8.
pub fn field(bytes: &[u8]) -> Cow<'_, str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::mem::decode_latin1(bytes),
    };
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    if matches!(&*text, "--" | "<UNAVAIL>") {
        return Cow::Borrowed("");
    }
    if text.contains(char::is_control) {
        let clean: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        return Cow::Owned(clean.trim().to_owned());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_from_latin_1_and_from_utf_8() {
        for (bytes, expected) in [
            (&b" MU\xD1OZ "[..], "MUÑOZ"),
            ("MUÑOZ".as_bytes(), "MUÑOZ"),
            (b"--", ""),
            (b"<UNAVAIL>", ""),
            (b"A\tB\x1b[31m", "A B [31m"),
            (b"\x00", ""),
            (b"", ""),
        ] {
            assert_eq!(field(bytes), expected, "{bytes:?}");
        }
    }
}
