use std::fmt::Write as _;
use std::num::NonZeroU32;

use domain::evidence::{Evidence, EvidenceId, MediaType};
use futures_util::TryStreamExt as _;
use poem::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use poem::{Body, Request, Response};

use super::{EvidenceEndpoint, Refusal};
use crate::service::Trouble;

/// What a file costs its client.
const POINTS: NonZeroU32 = NonZeroU32::new(5).expect("not zero");

/// Whatever a browser makes of it: in no origin, without scripts, loading nothing.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// Gives out the file that a path names.
pub(super) async fn give(
    endpoint: &EvidenceEndpoint,
    request: &Request,
) -> Result<Response, Refusal> {
    let who = &endpoint.admit(request, POINTS).await?;
    let id = request
        .uri()
        .path()
        .strip_prefix("/evidence/")
        .and_then(id_of);
    let id = id.ok_or(Trouble::NotFound("evidence"))?;
    let (evidence, bytes) = endpoint.archive()?.open(who, id).await?;
    // A client that waits for bytes that do not come is told so by the end of its connection.
    let body = Body::from_bytes_stream(bytes.map_err(std::io::Error::other));
    Ok(Response::builder()
        .header(CONTENT_TYPE, content_type(evidence.media_type))
        .header(CONTENT_LENGTH, evidence.bytes)
        .header(CONTENT_DISPOSITION, disposition(&evidence))
        .header(CONTENT_SECURITY_POLICY, POLICY)
        .header(CACHE_CONTROL, "private, no-store")
        .header("cross-origin-resource-policy", "same-origin")
        .header("repr-digest", digest(&evidence))
        .body(body))
}

/// The number in an id, which has one spelling.
fn id_of(text: &str) -> Option<EvidenceId> {
    let digits = text.strip_prefix("evidence_")?;
    let number = digits.parse::<i64>().ok().filter(|number| *number > 0)?;
    (number.to_string() == digits).then_some(EvidenceId(number))
}

const fn content_type(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Pdf => "application/pdf",
        MediaType::Png => "image/png",
        MediaType::Jpeg => "image/jpeg",
        MediaType::Text => "text/plain; charset=utf-8",
    }
}

/// RFC 6266: to be saved, under its number for those who read ASCII, and under its own name. Either ends
/// as a file of its type should, so that nothing opens it as another.
fn disposition(evidence: &Evidence) -> String {
    let extension = evidence.media_type.extension();
    let plain = format!("evidence_{}.{extension}", evidence.id.0);
    let Some(name) = &evidence.file_name else {
        return format!("attachment; filename=\"{plain}\"");
    };
    let name = name.as_str();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut encoded = String::new();
    for byte in format!("{stem}.{extension}").bytes() {
        // RFC 8187, attr-char.
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// RFC 9530.
fn digest(evidence: &Evidence) -> String {
    let digest = data_encoding::BASE64.encode(evidence.sha256.as_bytes());
    format!("sha-256=:{digest}:")
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::evidence::{EvidenceKind, FileName, Sha256};
    use domain::npi::Npi;

    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        assert_eq!(id_of("evidence_7"), Some(EvidenceId(7)));
        for wrong in [
            "7",
            "evidence_",
            "evidence_0",
            "evidence_-7",
            "evidence_+7",
            "evidence_07",
            "evidence_7/",
            "evidence_7.pdf",
            "case_7",
            "../evidence_7",
        ] {
            assert_eq!(id_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_file_is_saved_as_what_it_is() {
        for (name, expected) in [
            ("", "attachment; filename=\"evidence_4.png\""),
            (
                "Zoë's scan.html",
                "attachment; filename=\"evidence_4.png\"; filename*=UTF-8''Zo%C3%AB_s%20scan.png",
            ),
            (
                "scan",
                "attachment; filename=\"evidence_4.png\"; filename*=UTF-8''scan.png",
            ),
        ] {
            let evidence = Evidence {
                id: EvidenceId(4),
                provider: Npi::sample(1),
                kind: EvidenceKind::CertificateScan,
                sha256: Sha256::new([0; 32]),
                bytes: 1,
                media_type: MediaType::Png,
                file_name: FileName::sanitised(name),
                uploaded_by: None,
                uploaded_at: DateTime::UNIX_EPOCH,
                hold: None,
                tombstone: None,
                version: 1,
            };
            assert_eq!(disposition(&evidence), expected);
        }
    }
}
