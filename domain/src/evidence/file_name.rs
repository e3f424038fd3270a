use std::fmt;

/// The most bytes of a file's name that are kept.
const NAME_BYTES: usize = 120;

/// What a file was called by whoever handed it in, harmless to show and to offer for saving.
///
/// Every value has 1 to 120 bytes: letters and digits of any script, spaces, `-`, `_`, `.`, `(` and
/// `)`; it neither begins nor ends with a dot or a space, and has no folders in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FileName(Box<str>);

impl FileName {
    /// The harmless part of a name; nothing when nothing is left of it.
    ///
    /// Folders go, of whatever system. What is neither letter nor digit nor one of the few signs
    /// above becomes `_`: control characters, quotes, and the marks that turn the direction of text,
    /// with which `gpj.exe` is made to read as `exe.jpg`.
    pub fn sanitised(given: &str) -> Option<Self> {
        let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut kept = String::new();
        for character in name.chars() {
            let harmless = if character.is_alphanumeric() || " -_.()".contains(character) {
                character
            } else {
                '_'
            };
            if kept.len() + harmless.len_utf8() > NAME_BYTES {
                break;
            }
            kept.push(harmless);
        }
        let kept = kept.trim_matches(['.', ' ']);
        (!kept.is_empty()).then(|| Self(kept.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expected: &str) {
        let found = FileName::sanitised(given);
        let found = found.as_ref().map_or("", FileName::as_str);
        assert_eq!(found, expected, "{given:?}");
    }

    #[test]
    fn a_name_keeps_what_is_harmless() {
        check("Certificate (DN-1).pdf", "Certificate (DN-1).pdf");
        check("Zeugnis_für_Zoë.pdf", "Zeugnis_für_Zoë.pdf");
        check("証明書.png", "証明書.png");
        check("../../etc/passwd", "passwd");
        check("C:\\Users\\me\\scan.pdf", "scan.pdf");
        check(
            "a\"; filename=\"b.html",
            "a__ filename=_b.html".replace('=', "_").as_str(),
        );
        check("a\r\nSet-Cookie: x", "a__Set-Cookie_ x");
        check("photo_\u{202e}gpj.exe", "photo__gpj.exe");
        check(".htaccess", "htaccess");
        check(" . ", "");
        check("", "");
        check("folder/", "");
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        let name = FileName::sanitised(&"é".repeat(200)).unwrap();
        assert_eq!(name.as_str().len(), 120);
        let name = FileName::sanitised(&format!("a{}", "é".repeat(200))).unwrap();
        assert_eq!(name.as_str().len(), 119);
    }
}
