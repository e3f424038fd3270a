//! Which media types a client sends and takes.

use poem::http::HeaderMap;
use poem::http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};

/// What an answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`: what clients older than the specification take.
    Json,
    /// `application/graphql-response+json`: the status tells how the request went.
    GraphqlResponse,
}

impl Media {
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    const fn subtype(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::GraphqlResponse => "graphql-response+json",
        }
    }
}

/// The media type that the client likes best, or `None` if it takes neither.
///
/// The newer type wins when both are named with the same weight; a client that only says `*/*`, or
/// nothing, gets the older one (audits 47DE and 80D8 of `graphql-http`).
pub(crate) fn preferred(headers: &HeaderMap) -> Option<Media> {
    let ranges: Vec<Range> = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(Range::parse)
        .collect();
    if ranges.is_empty() {
        return (!headers.contains_key(ACCEPT)).then_some(Media::Json);
    }
    let best = |media: Media| {
        ranges
            .iter()
            .filter_map(|range| Some((range.specificity(media)?, range.weight)))
            .max_by_key(|(specificity, _)| *specificity)
            .filter(|(_, weight)| *weight > 0)
    };
    let named = |(specificity, weight): (u8, u16)| (weight, specificity);
    match (
        best(Media::GraphqlResponse).map(named),
        best(Media::Json).map(named),
    ) {
        (None, None) => None,
        (Some(newer), Some(older)) if newer > older || (newer == older && newer.1 == 2) => {
            Some(Media::GraphqlResponse)
        }
        (Some(_), None) => Some(Media::GraphqlResponse),
        (_, Some(_)) => Some(Media::Json),
    }
}

/// Is the body JSON in UTF-8, as it stands? Anything that a plain form of a foreign page can send is
/// not, which is what keeps such a page from making requests in its visitor's name.
pub(crate) fn sends_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(content_type), None) = (types.next(), types.next()) else {
        return false;
    };
    let Ok(content_type) = content_type.to_str() else {
        return false;
    };
    let mut parts = content_type.split(';').map(str::trim);
    let is_json = parts
        .next()
        .is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
            let value = value.trim().trim_matches('"');
            value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
        }
        _ => true,
    });
    let is_plain = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .all(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
    is_json && is_utf8 && is_plain
}

/// One element of an Accept header, its weight in thousandths.
#[derive(Debug)]
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    weight: u16,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let mut weight = 1_000;
        for parameter in parts {
            if let Some((name, value)) = parameter.split_once('=')
                && name.trim().eq_ignore_ascii_case("q")
            {
                weight = thousandths(value.trim())?;
            }
        }
        Some(Self {
            kind,
            subtype,
            weight,
        })
    }

    /// How closely the range names the type: exactly, its kind, anything; or not at all.
    fn specificity(&self, media: Media) -> Option<u8> {
        if self.kind == "*" && self.subtype == "*" {
            Some(0)
        } else if !self.kind.eq_ignore_ascii_case("application") {
            None
        } else if self.subtype == "*" {
            Some(1)
        } else {
            self.subtype
                .eq_ignore_ascii_case(media.subtype())
                .then_some(2)
        }
    }
}

/// A weight of RFC 9110, section 12.4.2: 0 to 1 with at most three decimals.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals = format!("{decimals:0<3}").parse::<u16>().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_chooses_the_media_type() {
        const NEWER: Option<Media> = Some(Media::GraphqlResponse);
        const OLDER: Option<Media> = Some(Media::Json);
        for (accept, expected) in [
            (None, OLDER),
            (Some("*/*"), OLDER),
            (Some("application/*"), OLDER),
            (Some("application/json"), OLDER),
            (Some("application/graphql-response+json"), NEWER),
            (
                Some("APPLICATION/GraphQL-Response+JSON; charset=utf-8"),
                NEWER,
            ),
            (
                Some("application/graphql-response+json, application/json"),
                NEWER,
            ),
            (
                Some("application/json, application/graphql-response+json"),
                NEWER,
            ),
            (
                Some("application/graphql-response+json, application/json;q=0.9"),
                NEWER,
            ),
            (
                Some("application/graphql-response+json;q=0.5, application/json"),
                OLDER,
            ),
            (
                Some("application/graphql-response+json;q=0.9, */*;q=0.1"),
                NEWER,
            ),
            (Some("application/graphql-response+json, */*"), NEWER),
            (Some("application/json;q=0, */*"), NEWER),
            (Some("text/html,application/xhtml+xml,*/*;q=0.8"), OLDER),
            (Some("text/html"), None),
            (Some("application/json;q=0"), None),
            (Some("application/xml, text/event-stream"), None),
            (Some("application/json;q=2"), None),
            (Some(""), None),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(ACCEPT, accept.parse().unwrap());
            }
            assert_eq!(preferred(&headers), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_plain_json_in_utf8_is_read() {
        for (content_type, expected) in [
            ("application/json", true),
            ("Application/JSON", true),
            ("application/json;charset=UTF-8", true),
            ("application/json; charset=\"utf-8\"", true),
            ("application/json; charset=latin1", false),
            ("application/json; charset=utf-16", false),
            ("application/graphql", false),
            ("text/plain", false),
            ("text/plain; application/json", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=application/json", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
            assert_eq!(sends_json(&headers), expected, "{content_type}");
        }
        assert!(!sends_json(&HeaderMap::new()));
    }

    #[test]
    fn an_encoded_body_or_two_types_are_not_read() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, "application/json".parse().unwrap());
        headers.insert(CONTENT_ENCODING, "identity".parse().unwrap());
        assert!(sends_json(&headers));
        headers.insert(CONTENT_ENCODING, "gzip".parse().unwrap());
        assert!(!sends_json(&headers));
        headers.remove(CONTENT_ENCODING);
        headers.append(CONTENT_TYPE, "text/plain".parse().unwrap());
        assert!(!sends_json(&headers));
    }
}
