//! What the first bytes of a file say it is.

/// How many bytes are enough to tell.
pub(super) const ENOUGH: usize = 8 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    Empty,
    Csv,
    Zip,
    Other(&'static str),
}

/// Judges by magic numbers first, then by what text never holds.
pub(super) fn sniff(start: &[u8]) -> Looks {
    let known: [(&[u8], &str); 5] = [
        (b"\x1f\x8b", "a gzip archive: unpack it first"),
        (b"%PDF", "a PDF document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook: save it as CSV"),
        (b"\xff\xfe", "UTF-16 text: save it as CSV in UTF-8"),
    ];
    if start.is_empty() {
        return Looks::Empty;
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Looks::Zip;
    }
    if let Some((_, name)) = known.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Looks::Other(name);
    }
    if start.contains(&0) {
        return Looks::Other("a binary file");
    }
    let text = start
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(start)
        .trim_ascii_start();
    match text.first() {
        None => Looks::Empty,
        Some(b'<') => Looks::Other("a web page (HTML): was an error page saved under this name?"),
        Some(b'{' | b'[') => Looks::Other("JSON"),
        Some(_) => Looks::Csv,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_apart_by_their_first_bytes() {
        for (start, expected) in [
            (&b""[..], Looks::Empty),
            (b" \r\n", Looks::Empty),
            (b"\"NPI\",\"Entity Type Code\"", Looks::Csv),
            (b"\xef\xbb\xbfNPI,x", Looks::Csv),
            (b"PK\x03\x04....", Looks::Zip),
        ] {
            assert_eq!(sniff(start), expected);
        }
        for start in [
            &b"\n <!DOCTYPE html>"[..],
            b"\xef\xbb\xbf<html>",
            b"\x7fELF\x02\x01\x01\x00",
            b"\x1f\x8b\x08",
            b"{\"results\":[]}",
        ] {
            assert!(matches!(sniff(start), Looks::Other(_)), "{start:?}");
        }
    }
}
