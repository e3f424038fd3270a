//! Finds the end of a request's head in the bytes as they arrive.

/// Watches for the empty line that ends a head. Empty lines before it are skipped, as the HTTP reader
/// does; otherwise they would end a head that has not begun.
#[derive(Debug, Default)]
pub(super) struct HeadWatch {
    begun: bool,
    at_line_start: bool,
    seen: [u8; UPLOAD.len()],
    length: usize,
}

/// How HTTP/2 begins. It is not spoken here: a proxy in front speaks it to clients.
const PREFACE: &[u8; 4] = b"PRI ";

/// How the request begins whose body may be a file.
const UPLOAD: &[u8; 15] = b"POST /evidence ";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Unfinished,
    Finished {
        /// Is a file to come?
        is_upload: bool,
    },
    /// Not HTTP/1.
    Foreign,
}

impl HeadWatch {
    pub(super) fn take(&mut self, bytes: &[u8]) -> Head {
        for &byte in bytes {
            match byte {
                b'\r' => continue,
                b'\n' if !self.begun => continue,
                b'\n' if self.at_line_start => {
                    return Head::Finished {
                        is_upload: &self.seen == UPLOAD,
                    };
                }
                b'\n' => self.at_line_start = true,
                _ => {
                    self.begun = true;
                    self.at_line_start = false;
                }
            }
            if self.length < self.seen.len() {
                self.seen[self.length] = byte;
                self.length += 1;
                if self.seen[..self.length] == *PREFACE {
                    return Head::Foreign;
                }
            }
        }
        Head::Unfinished
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pieces: &[&str], expected: Head) {
        let mut watch = HeadWatch::default();
        let mut found = Head::Unfinished;
        for piece in pieces {
            assert_eq!(found, Head::Unfinished, "{pieces:?}");
            found = watch.take(piece.as_bytes());
        }
        assert_eq!(found, expected, "{pieces:?}");
    }

    #[test]
    fn a_head_ends_at_its_empty_line_and_nowhere_else() {
        const FINISHED: Head = Head::Finished { is_upload: false };
        check(&["GET / HTTP/1.1\r\nHost: a\r\n\r\n"], FINISHED);
        check(&["GET / HTTP/1.1\nHost: a\n\n"], FINISHED);
        check(&["GET / HT", "TP/1.1\r", "\n", "\r", "\n"], FINISHED);
        check(&["\r\n\r\nGET / HTTP/1.1\r\n", "\r\n"], FINISHED);
        check(&["\r\n\r\n\n\n\n"], Head::Unfinished);
        check(&["GET / HTTP/1.1\r\nHost: a\r\nX: "], Head::Unfinished);
    }

    #[test]
    fn a_file_is_announced_by_its_path_alone() {
        for (line, is_upload) in [
            ("POST /evidence HTTP/1.1", true),
            ("POST /evidence/7 HTTP/1.1", false),
            ("GET /evidence HTTP/1.1", false),
            ("POST /graphql HTTP/1.1", false),
        ] {
            let expected = Head::Finished { is_upload };
            check(&[line, "\r\n", "\r\n"], expected);
            check(&["\r\n", &line[..7], &line[7..], "\n\n"], expected);
        }
    }

    #[test]
    fn http_2_is_not_spoken() {
        check(&["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"], Head::Foreign);
        check(&["P", "R", "I", " "], Head::Foreign);
        check(&["PRINT / HTTP/1.1\r\n"], Head::Unfinished);
    }
}
