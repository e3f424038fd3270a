//! The id by which one request is found in the logs of all that handled it.

use poem::Request;

/// The response's and the request's header.
pub(crate) const HEADER: &str = "x-request-id";

/// The id, as it travels with its request through this room.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) Box<str>);

impl RequestId {
    /// The id that the shell has given a request.
    pub(crate) fn of(request: &Request) -> Option<Box<str>> {
        request.extensions().get::<Self>().map(|id| id.0.clone())
    }
}

/// The id that came with the request if it is a plain word of 8 to 64 letters, digits, `-`, `_` or `.`;
/// else a new random one.
pub(crate) fn of(request: &Request) -> String {
    match request.header(HEADER) {
        Some(given) if is_plain(given) => given.to_owned(),
        _ => format!("{:032x}", rand::random::<u128>()),
    }
}

fn is_plain(id: &str) -> bool {
    (8..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_word_is_taken_from_a_client() {
        for (id, expected) in [
            ("01JD8ZK2M3N4", true),
            ("3f6c2b1e-0d3a-4b8e-9a51-8f0f6e5d4c3b", true),
            ("short", false),
            ("with space in it", false),
            ("newline\nnewline", false),
            ("\u{1b}[31mcoloured", false),
        ] {
            assert_eq!(is_plain(id), expected, "{id:?}");
        }
        assert!(is_plain(&"a".repeat(64)) && !is_plain(&"a".repeat(65)));
    }
}
