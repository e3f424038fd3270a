//! Reads `multipart/form-data` as it arrives (RFC 7578, RFC 2046 5.1), holding no more of it than the
//! head of a part or what may be the beginning of a delimiter.
//!
//! The library's reader takes in whatever the client has sent before it looks at it, and puts no bound
//! on a part's head (docs/decisions/0073). This one is stricter than the specification allows readers
//! to be: nothing stands before the first delimiter, and no spaces after one. No client sends either.

use std::io;

use futures_util::{Stream, StreamExt as _};

/// Bytes of a part's head.
const HEAD_BYTES: usize = 4 * 1024;

/// The longest boundary there is: RFC 2046 5.1.1.
const BOUNDARY_BYTES: usize = 70;

/// What is wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Malformed {
    /// It ended before its last delimiter, or the connection broke.
    BrokenOff,
    /// It did not arrive in time.
    TooSlow,
    /// It is longer than it may be.
    TooLong,
    /// A part's head is longer than it may be.
    HeadTooLong,
    /// It is no such body.
    NotMultipart,
    /// A part does not say which field it is.
    NoName,
}

/// What a part says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartHead {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
}

/// A body, read part by part: [`next_part`](Self::next_part), then
/// [`next_piece`](Self::next_piece) until there is none.
pub(super) struct Multipart<S> {
    pieces: S,
    /// What has arrived and was not handed out.
    waiting: Vec<u8>,
    /// What stands before and after every part.
    delimiter: Vec<u8>,
    /// How many bytes may still come.
    left: usize,
    has_ended: bool,
}

impl<S, C> Multipart<S>
where
    S: Stream<Item = io::Result<C>> + Unpin,
    C: AsRef<[u8]>,
{
    /// The body of so many bytes at most, whose type names this boundary.
    pub(super) fn new(pieces: S, boundary: &str, limit: usize) -> Self {
        Self {
            pieces,
            // The line break before the first delimiter is that of the head.
            waiting: b"\r\n".to_vec(),
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            left: limit,
            has_ended: false,
        }
    }

    /// What is left of the body, for whoever wants to see its end.
    pub(super) fn into_rest(self) -> S {
        self.pieces
    }

    /// The head of the next part; nothing after the last. The part before must have been read.
    pub(super) async fn next_part(&mut self) -> Result<Option<PartHead>, Malformed> {
        if self.has_ended {
            return Ok(None);
        }
        let after = self.delimiter.len();
        self.wait_for(after + 2).await?;
        if !self.waiting.starts_with(&self.delimiter) {
            return Err(Malformed::NotMultipart);
        }
        match &self.waiting[after..after + 2] {
            b"--" => {
                self.has_ended = true;
                return Ok(None);
            }
            b"\r\n" => drop(self.waiting.drain(..after)),
            _ => return Err(Malformed::NotMultipart),
        }
        // From the line break of the delimiter to the empty line: a part without a head has both in one.
        let end = loop {
            if let Some(end) = find(&self.waiting, b"\r\n\r\n") {
                break end;
            }
            if self.waiting.len() >= HEAD_BYTES + 4 {
                return Err(Malformed::HeadTooLong);
            }
            self.take_more().await?;
        };
        if end > HEAD_BYTES {
            return Err(Malformed::HeadTooLong);
        }
        let head = part_head(&self.waiting[..end]);
        self.waiting.drain(..end + 4);
        head.map(Some)
    }

    /// Further bytes of the part; nothing at its end.
    pub(super) async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, Malformed> {
        loop {
            if let Some(at) = find(&self.waiting, &self.delimiter) {
                if at == 0 {
                    return Ok(None);
                }
                return Ok(Some(self.waiting.drain(..at).collect()));
            }
            // What may be the beginning of a delimiter has to wait for the rest.
            let whole = (self.waiting.len() + 1).saturating_sub(self.delimiter.len());
            if whole > 0 {
                return Ok(Some(self.waiting.drain(..whole).collect()));
            }
            self.take_more().await?;
        }
    }

    async fn wait_for(&mut self, bytes: usize) -> Result<(), Malformed> {
        while self.waiting.len() < bytes {
            self.take_more().await?;
        }
        Ok(())
    }

    async fn take_more(&mut self) -> Result<(), Malformed> {
        match self.pieces.next().await {
            Some(Ok(piece)) => {
                let piece = piece.as_ref();
                self.left = self
                    .left
                    .checked_sub(piece.len())
                    .ok_or(Malformed::TooLong)?;
                self.waiting.extend_from_slice(piece);
                Ok(())
            }
            Some(Err(error)) if error.kind() == io::ErrorKind::TimedOut => Err(Malformed::TooSlow),
            Some(Err(_)) | None => Err(Malformed::BrokenOff),
        }
    }
}

/// The boundary that a content type names, if it is that of such a body.
pub(super) fn boundary(content_type: &str) -> Option<String> {
    let (essence, parameters) = content_type.split_once(';')?;
    if !essence.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters.as_bytes(), "boundary")?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    ((1..=BOUNDARY_BYTES).contains(&boundary.len())
        && boundary.bytes().all(is_plain)
        && !boundary.ends_with(' '))
    .then_some(boundary)
}

fn part_head(lines: &[u8]) -> Result<PartHead, Malformed> {
    for line in lines.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let (name, value) = (&line[..colon], &line[colon + 1..]);
        if !name.eq_ignore_ascii_case(b"content-disposition") {
            continue;
        }
        let end = value.iter().position(|byte| *byte == b';');
        let (kind, parameters) = value.split_at(end.ok_or(Malformed::NoName)?);
        if !kind.trim_ascii().eq_ignore_ascii_case(b"form-data") {
            return Err(Malformed::NoName);
        }
        return Ok(PartHead {
            name: parameter(parameters, "name").ok_or(Malformed::NoName)?,
            file_name: parameter(parameters, "filename"),
        });
    }
    Err(Malformed::NoName)
}

/// The value of a parameter, plain or quoted, where a backslash makes the next character literal.
fn parameter(parameters: &[u8], wanted: &str) -> Option<String> {
    let mut rest = parameters;
    loop {
        rest = rest.trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b";") {
            rest = after;
            continue;
        }
        let equals = rest.iter().position(|byte| *byte == b'=')?;
        let name = rest[..equals].trim_ascii();
        let (value, after) = value(rest[equals + 1..].trim_ascii_start())?;
        if name.eq_ignore_ascii_case(wanted.as_bytes()) {
            return String::from_utf8(value).ok();
        }
        rest = after;
    }
}

/// One value, and what comes after it. A quoted one must end.
fn value(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let Some(quoted) = text.strip_prefix(b"\"") else {
        let end = text.iter().position(|byte| *byte == b';');
        let (value, after) = text.split_at(end.unwrap_or(text.len()));
        return Some((value.trim_ascii().to_vec(), after));
    };
    let mut value = Vec::new();
    let mut bytes = quoted.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some((value, &quoted[at + 1..])),
            // Only these two are escaped: a Windows path has backslashes of its own.
            b'\\' if matches!(quoted.get(at + 1), Some(b'"' | b'\\')) => {
                value.extend(bytes.next().map(|(_, escaped)| *escaped));
            }
            byte => value.push(*byte),
        }
    }
    None
}

/// Where bytes begin that begin with a carriage return.
fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        from += within[from..].iter().position(|byte| *byte == b'\r')?;
        if within[from..].starts_with(wanted) {
            return Some(from);
        }
        from += 1;
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use proptest::prelude::*;

    use super::*;

    type Part = (PartHead, Vec<u8>);

    fn read_with(body: &[u8], piece: usize, limit: usize) -> Result<Vec<Part>, Malformed> {
        let pieces: Vec<io::Result<Vec<u8>>> = body
            .chunks(piece.max(1))
            .map(|piece| Ok(piece.to_vec()))
            .collect();
        let reading = async {
            let mut multipart = Multipart::new(stream::iter(pieces), "XX", limit);
            let mut parts = Vec::new();
            while let Some(head) = multipart.next_part().await? {
                let mut bytes = Vec::new();
                while let Some(piece) = multipart.next_piece().await? {
                    assert!(!piece.is_empty(), "a piece has something in it");
                    bytes.extend(piece);
                }
                parts.push((head, bytes));
            }
            assert_eq!(multipart.next_part().await, Ok(None));
            Ok(parts)
        };
        futures_util::FutureExt::now_or_never(reading).expect("nothing to wait for")
    }

    fn read(body: &[u8]) -> Result<Vec<Part>, Malformed> {
        let whole = read_with(body, body.len(), body.len());
        for piece in [1, 2, 3, 5, 17] {
            assert_eq!(read_with(body, piece, body.len()), whole, "{piece}");
        }
        whole
    }

    fn part(name: &str, file_name: Option<&str>, bytes: &[u8]) -> Part {
        let head = PartHead {
            name: name.to_owned(),
            file_name: file_name.map(str::to_owned),
        };
        (head, bytes.to_vec())
    }

    #[test]
    fn a_body_is_read_however_it_is_cut() {
        let body = b"--XX\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nINVOICE\r\n\
            --XX\r\ncontent-type: text/html\r\nCONTENT-DISPOSITION:form-data;filename=a.pdf ; name=file\r\n\r\n\
            one\r\n--X\r\n--XXtwo\r\r\n\r\n--XX--\r\nan epilogue";
        // A delimiter within a line is none of the format; whatever follows it must fit.
        assert_eq!(read(body), Err(Malformed::NotMultipart));
        let body = b"--XX\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nINVOICE\r\n\
            --XX\r\nX: y\r\nContent-Disposition: form-data; filename=\"a \\\"b\\\".pdf\"; name=file\r\n\r\n\
            one\r\n--X\r\n--\r\r\n\r\n--XX--\r\nan epilogue";
        assert_eq!(
            read(body),
            Ok(vec![
                part("kind", None, b"INVOICE"),
                part("file", Some("a \"b\".pdf"), b"one\r\n--X\r\n--\r\r\n"),
            ])
        );
        assert_eq!(read(b"--XX--"), Ok(Vec::new()));
        let empty = b"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--XX--\r\n";
        assert_eq!(read(empty), Ok(vec![part("a", None, b"")]));
    }

    #[test]
    fn what_is_no_such_body_is_refused() {
        for (body, why) in [
            (&b""[..], Malformed::BrokenOff),
            (b"--X", Malformed::BrokenOff),
            (b"preamble\r\n--XX--", Malformed::NotMultipart),
            (b"--XY\r\n\r\n", Malformed::NotMultipart),
            (b"--XX  \r\n", Malformed::NotMultipart),
            (b"--XX\r\n\r\nno head", Malformed::NoName),
            (b"--XX\r\nContent-Type: a/b\r\n\r\n", Malformed::NoName),
            (
                b"--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n",
                Malformed::NoName,
            ),
            (
                b"--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n",
                Malformed::NoName,
            ),
            (
                b"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nbytes",
                Malformed::BrokenOff,
            ),
            (
                b"--XX\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n",
                Malformed::NoName,
            ),
        ] {
            assert_eq!(read(body), Err(why), "{}", body.escape_ascii());
        }
    }

    #[test]
    fn a_body_and_a_head_have_limits() {
        let body = b"--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n12345\r\n--XX--";
        assert!(read_with(body, 3, body.len()).is_ok());
        assert_eq!(read_with(body, 3, body.len() - 1), Err(Malformed::TooLong));
        let head = |bytes: usize| {
            let start = "\r\nContent-Disposition: form-data; name=a; filename=";
            let name = "x".repeat(bytes - start.len());
            format!("--XX{start}{name}\r\n\r\n\r\n--XX--").into_bytes()
        };
        assert!(read(&head(HEAD_BYTES)).is_ok());
        assert_eq!(read(&head(HEAD_BYTES + 1)), Err(Malformed::HeadTooLong));
        let endless = [b"--XX\r\nA: ".to_vec(), vec![b'a'; 100_000]].concat();
        assert_eq!(read(&endless), Err(Malformed::HeadTooLong));
    }

    #[test]
    fn only_the_type_of_such_a_body_names_its_boundary() {
        for (content_type, expected) in [
            ("multipart/form-data; boundary=abc", Some("abc")),
            (
                "Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"",
                Some("a b"),
            ),
            ("multipart/mixed; boundary=abc", None),
            ("multipart/form-data", None),
            ("multipart/form-data; boundary=", None),
            ("multipart/form-data; boundary=a\u{e9}", None),
            ("multipart/form-data; boundary=\"a\\\"\r\n\"", None),
        ] {
            assert_eq!(
                boundary(content_type).as_deref(),
                expected,
                "{content_type}"
            );
        }
        let long = |bytes| format!("multipart/form-data; boundary={}", "x".repeat(bytes));
        assert!(boundary(&long(70)).is_some());
        assert!(boundary(&long(71)).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_bytes_are_read_otherwise_than_whole(
            body in proptest::collection::vec(
                prop_oneof![
                    Just(b"\r\n".to_vec()),
                    Just(b"--XX".to_vec()),
                    Just(b"--".to_vec()),
                    Just(b"Content-Disposition: form-data; name=\"a\"".to_vec()),
                    Just(b"\r\n\r\n".to_vec()),
                    Just(b"; filename=\"".to_vec()),
                    proptest::collection::vec(any::<u8>(), 0..9),
                ],
                0..24,
            ),
            piece in 1_usize..40,
        ) {
            let body = [b"--XX\r\n".to_vec(), body.concat()].concat();
            let whole = read_with(&body, body.len(), body.len());
            prop_assert_eq!(read_with(&body, piece, body.len()), whole);
        }

        #[test]
        fn any_bytes_without_the_delimiter_come_out_as_they_went_in(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'-'), any::<u8>()], 0..200),
            piece in 1_usize..40,
        ) {
            prop_assume!(find(&bytes, b"\r\n--XX").is_none());
            let body = [
                b"--XX\r\nContent-Disposition: form-data; name=f\r\n\r\n",
                &bytes[..],
                b"\r\n--XX--\r\n",
            ].concat();
            // The bytes may end with what begins a delimiter.
            let read = read_with(&body, piece, body.len());
            prop_assert_eq!(read, Ok(vec![part("f", None, &bytes)]));
        }
    }
}
