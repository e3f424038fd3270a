use crate::codes::codes;

codes! {
    /// What kinds of files are taken, by what their bytes are.
    pub enum MediaType("media type") {
        /// A document.
        Pdf = "application/pdf",
        /// A picture.
        Png = "image/png",
        /// A photograph.
        Jpeg = "image/jpeg",
        /// Plain text in UTF-8.
        Text = "text/plain",
    }
}

impl MediaType {
    /// How a file of the type is usually called at its end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Text => "txt",
        }
    }
}

/// Texts that are not plain: the beginnings of programs and page descriptions.
const NOT_PLAIN: [&[u8]; 4] = [b"<", b"#!", b"%!", b"{\\rtf"];

/// What a file is, by its first bytes and, for text, by whether all of it is text. Neither its name
/// nor what it was declared as counts. Nothing when it is of none of the types.
///
/// Binary types are known by what they must begin with: PDF 32000-1:2008, 7.5.2 (at the very first
/// byte, where readers would search further); PNG, third edition, 5.2; JPEG, ITU-T T.81, B.1.1.3.
/// Text that begins like a page, a program or a document of another type is none that is plain.
pub fn sniff(head: &[u8], is_text: bool) -> Option<MediaType> {
    let begins = |magic: &[u8]| head.starts_with(magic);
    if begins(b"%PDF-") {
        return Some(MediaType::Pdf);
    }
    if begins(b"\x89PNG\r\n\x1a\n") {
        return Some(MediaType::Png);
    }
    if begins(b"\xff\xd8\xff") {
        return Some(MediaType::Jpeg);
    }
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    let text = text.trim_ascii_start();
    let is_plain = !text.is_empty() && !NOT_PLAIN.iter().any(|begin| text.starts_with(begin));
    (is_text && is_plain).then_some(MediaType::Text)
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Watches bytes go by and tells whether all of them were text: UTF-8 without control characters
/// other than tab, line feed, form feed and carriage return.
#[derive(Debug, Clone)]
pub struct TextWatch {
    /// The beginning of a character whose end is in the next piece.
    open: [u8; 4],
    open_len: usize,
    is_text: bool,
}

impl Default for TextWatch {
    fn default() -> Self {
        Self {
            open: [0; 4],
            open_len: 0,
            is_text: true,
        }
    }
}

impl TextWatch {
    /// The next piece, of any length.
    pub fn push(&mut self, mut piece: &[u8]) {
        while self.is_text && self.open_len > 0 {
            let Some((first, rest)) = piece.split_first() else {
                return;
            };
            self.open[self.open_len] = *first;
            self.open_len += 1;
            piece = rest;
            match std::str::from_utf8(&self.open[..self.open_len]) {
                Ok(_) => self.open_len = 0,
                // Never more than four: the fourth completes a character or is wrong.
                Err(error) => self.is_text = error.error_len().is_none(),
            }
        }
        if !self.is_text {
            return;
        }
        match std::str::from_utf8(piece) {
            Ok(text) => self.look_at(text),
            Err(error) => {
                let (whole, open) = piece.split_at(error.valid_up_to());
                match (error.error_len(), std::str::from_utf8(whole)) {
                    (None, Ok(text)) => {
                        self.look_at(text);
                        self.open[..open.len()].copy_from_slice(open);
                        self.open_len = open.len();
                    }
                    _ => self.is_text = false,
                }
            }
        }
    }

    /// Was all of it text, with nothing left open?
    pub const fn is_text(&self) -> bool {
        self.is_text && self.open_len == 0
    }

    fn look_at(&mut self, text: &str) {
        let is_foul = |byte: u8| {
            byte == 0x7f || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r'))
        };
        if text.bytes().any(is_foul) {
            self.is_text = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_text(bytes: &[u8], piece: usize) -> bool {
        let mut watch = TextWatch::default();
        for piece in bytes.chunks(piece) {
            watch.push(piece);
        }
        watch.is_text()
    }

    fn check(bytes: &[u8], expected: Option<MediaType>) {
        for piece in [1, 2, 3, 7, 1_000] {
            let found = sniff(bytes, is_text(bytes, piece));
            assert_eq!(found, expected, "{:?}", bytes.escape_ascii().to_string());
        }
    }

    #[test]
    fn a_file_is_what_its_bytes_are() {
        check(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Some(MediaType::Pdf));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(MediaType::Png));
        check(b"\xff\xd8\xff\xe0\0\x10JFIF", Some(MediaType::Jpeg));
        check(
            "Sessions: Zoë, 250\r\n\tmore".as_bytes(),
            Some(MediaType::Text),
        );
        check("\u{feff}with a mark".as_bytes(), Some(MediaType::Text));
        check(
            "BMI of a person; MZ; CWS log 証明 🪡".as_bytes(),
            Some(MediaType::Text),
        );
    }

    #[test]
    fn what_only_looks_like_it_is_refused() {
        for other in [
            &b""[..],
            b"   \n ",
            b"<!DOCTYPE html><title>%PDF-1.7</title>",
            b"\xef\xbb\xbf  <svg onload=x>",
            b"<?xml version='1.0'?>",
            b"#!/bin/sh\nrm -rf /",
            b"%!PS-Adobe-3.0",
            b"{\\rtf1 hello}",
            b" %PDF-1.7 \x01",
            b"GIF89a\0\0",
            b"PK\x03\x04",
            b"MZ\x90\0",
            b"\x89PNG\n",
            b"\xff\xfeu\0t\0f\x001\x006\0",
            b"text and \0",
            b"text and \x1b[31m",
            b"latin \xe9",
            b"cut off \xc3",
            b"\xed\xa0\x80",
            b"\xf8\x88\x80\x80\x80",
        ] {
            check(other, None);
        }
    }

    #[test]
    fn text_is_told_the_same_however_it_is_cut() {
        let text = "aé証🪡\n".repeat(50);
        for piece in 1..20 {
            assert!(is_text(text.as_bytes(), piece), "{piece}");
            let cut = &text.as_bytes()[..text.len() - 2];
            assert!(!is_text(cut, piece), "{piece}");
        }
    }
}
