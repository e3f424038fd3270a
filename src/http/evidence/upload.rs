use std::io;
use std::num::NonZeroU32;
use std::time::Duration;

use domain::evidence::{EvidenceKind, FileName};
use domain::npi::{Npi, SampleNpis};
use futures_util::{Stream, StreamExt as _};
use poem::http::StatusCode;
use poem::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use poem::{Request, Response};
use serde_json::json;

use super::multipart::{Multipart, boundary};
use super::{EvidenceEndpoint, Refusal};
use crate::http::body;
use crate::service::Trouble;
use crate::service::evidence::{Label, Receipt};
use crate::vault::Incoming;

/// What a file costs its client.
const POINTS: NonZeroU32 = NonZeroU32::new(20).expect("not zero");

/// Bytes of a field that is no file.
const FIELD_BYTES: usize = 256;

/// Bytes of a body beside its file: three heads, two fields, the delimiters.
const AROUND_BYTES: u64 = 16 * 1024;

/// The header of the key by which asking again is known.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// What a body held.
struct Form {
    provider: Npi,
    kind: EvidenceKind,
    file: Incoming,
    file_name: Option<String>,
}

/// Takes the file of a request in. Cheapest refusal first; whoever may not hand anything in is told so
/// before the body is read.
pub(super) async fn take(
    endpoint: &EvidenceEndpoint,
    request: &mut Request,
) -> Result<Response, Refusal> {
    let archive = endpoint.archive()?;
    let settings = &endpoint.settings;
    let most = settings.evidence_bytes;
    let header = |name| request.header(name);
    let boundary = header(CONTENT_TYPE.as_str())
        .and_then(boundary)
        .filter(|_| header(CONTENT_ENCODING.as_str()).is_none())
        .ok_or(Refusal::MediaType)?;
    let announced = header(CONTENT_LENGTH.as_str()).and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|announced| announced > most + AROUND_BYTES) {
        return Err(Refusal::TooLarge { bytes: most });
    }
    let idempotency_key = header(IDEMPOTENCY_KEY).map(Into::into);
    let who = &endpoint.admit(request, POINTS).await?;
    let incoming = archive.receive(who).await?;
    let _place = endpoint
        .places
        .try_acquire()
        .map_err(|_| Refusal::Overloaded)?;

    let pieces = patient(
        request.take_body().into_bytes_stream(),
        settings.body_timeout,
    );
    let limit = usize::try_from(most + AROUND_BYTES).unwrap_or(usize::MAX);
    let mut multipart = Multipart::new(Box::pin(pieces), &boundary, limit);
    let reading = tokio::time::timeout(
        settings.upload_timeout,
        read(&mut multipart, incoming, endpoint),
    );
    let read = reading.await.unwrap_or(Err(Refusal::TooSlow));
    let form = match read {
        Ok(form) => form,
        Err(refusal) => {
            body::discard_stream(multipart.into_rest(), settings.body_timeout);
            return Err(refusal);
        }
    };
    let label = Label {
        provider: form.provider,
        kind: form.kind,
        file_name: form.file_name.as_deref().and_then(FileName::sanitised),
        idempotency_key,
    };
    let receipt = archive.hand_in(who, form.file, label).await?;
    Ok(answer(&receipt))
}

/// The three fields, each once, in any order.
async fn read<S, C>(
    multipart: &mut Multipart<S>,
    incoming: Incoming,
    endpoint: &EvidenceEndpoint,
) -> Result<Form, Refusal>
where
    S: Stream<Item = io::Result<C>> + Unpin,
    C: AsRef<[u8]>,
{
    let most = endpoint.settings.evidence_bytes;
    let malformed = |malformed| Refusal::of(malformed, most);
    let (mut provider, mut kind, mut file_name) = (None, None, None);
    let (mut incoming, mut file) = (Some(incoming), None);
    while let Some(head) = multipart.next_part().await.map_err(malformed)? {
        match head.name.as_str() {
            "file" => {
                let mut coming = incoming.take().ok_or_else(|| twice("file"))?;
                while let Some(piece) = multipart.next_piece().await.map_err(malformed)? {
                    if coming.bytes() + piece.len() as u64 > most {
                        return Err(Refusal::TooLarge { bytes: most });
                    }
                    coming.write(&piece).await.map_err(Trouble::from)?;
                }
                file_name = head.file_name;
                file = Some(coming);
            }
            "provider" => {
                let text = text(multipart, "provider", most).await?;
                let npi = Npi::parse(&text, SampleNpis::Allowed)
                    .map_err(|invalid| field("provider", invalid.to_string()))?;
                if provider.replace(npi).is_some() {
                    return Err(twice("provider"));
                }
            }
            "kind" => {
                let text = text(multipart, "kind", most).await?;
                let known: EvidenceKind = text.parse().map_err(|_| field("kind", kinds()))?;
                if kind.replace(known).is_some() {
                    return Err(twice("kind"));
                }
            }
            _ => {
                return Err(Refusal::Malformed(
                    "the only fields are provider, kind and file",
                ));
            }
        }
    }
    Ok(Form {
        provider: provider.ok_or_else(|| field("provider", "name the person by NPI"))?,
        kind: kind.ok_or_else(|| field("kind", kinds()))?,
        file: file.ok_or_else(|| field("file", "there is no file"))?,
        file_name,
    })
}

async fn text<S, C>(
    multipart: &mut Multipart<S>,
    name: &'static str,
    most: u64,
) -> Result<String, Refusal>
where
    S: Stream<Item = io::Result<C>> + Unpin,
    C: AsRef<[u8]>,
{
    let mut bytes = Vec::new();
    while let Some(piece) = multipart
        .next_piece()
        .await
        .map_err(|malformed| Refusal::of(malformed, most))?
    {
        bytes.extend(piece);
        if bytes.len() > FIELD_BYTES {
            return Err(field(name, format!("it has more than {FIELD_BYTES} bytes")));
        }
    }
    String::from_utf8(bytes).map_err(|_| field(name, "it is not text in UTF-8"))
}

/// The pieces of a body, as long as each comes soon after the one before.
fn patient<S, C>(pieces: S, pause: Duration) -> impl Stream<Item = io::Result<C>>
where
    S: Stream<Item = io::Result<C>>,
{
    futures_util::stream::unfold(Box::pin(pieces), move |mut pieces| async move {
        let piece = tokio::time::timeout(pause, pieces.next()).await;
        let piece = piece.unwrap_or_else(|_| Some(Err(io::ErrorKind::TimedOut.into())));
        Some((piece?, pieces))
    })
}

fn answer(receipt: &Receipt) -> Response {
    let evidence = &receipt.evidence;
    let id = format!("evidence_{}", evidence.id.0);
    let status = if receipt.was_there {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let body = json!({
        "id": id,
        "kind": evidence.kind.code(),
        "sha256": evidence.sha256.to_string(),
        "bytes": evidence.bytes,
        "mime": evidence.media_type.code(),
    });
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .header(LOCATION, format!("/evidence/{id}"))
        .body(body.to_string())
}

fn field(field: &'static str, message: impl Into<String>) -> Refusal {
    Refusal::Field {
        field,
        message: message.into(),
    }
}

fn twice(name: &'static str) -> Refusal {
    field(name, "it is given twice")
}

fn kinds() -> String {
    let kinds: Vec<_> = EvidenceKind::ALL.iter().map(|kind| kind.code()).collect();
    format!("kind is one of {}", kinds.join(", "))
}
