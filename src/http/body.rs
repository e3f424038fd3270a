//! Reads request bodies: so many bytes, in so much time.

use std::time::Duration;

use futures_util::{Stream, StreamExt as _};
use poem::Body;
use poem::http::HeaderMap;
use poem::http::header::CONTENT_LENGTH;

use super::refusal::Refusal;

/// What of a refused body is still taken in, so that the client comes to read the refusal.
const DISCARDED_BYTES: usize = 64 * 1024 * 1024;

/// The whole body, or why not.
pub(crate) async fn read(
    body: Body,
    headers: &HeaderMap,
    limit: usize,
    patience: Duration,
) -> Result<Vec<u8>, Refusal> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|announced| announced > limit as u64) {
        discard(body, patience);
        return Err(Refusal::BodyTooLarge);
    }
    let mut chunks = Box::pin(body.into_bytes_stream());
    let reading = async {
        let mut whole = Vec::new();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| Refusal::BodyBroken)?;
            if whole.len() + chunk.len() > limit {
                return Err(Refusal::BodyTooLarge);
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole)
    };
    let read = tokio::time::timeout(patience, reading)
        .await
        .unwrap_or(Err(Refusal::BodyTooSlow));
    if read == Err(Refusal::BodyTooLarge) {
        tokio::spawn(drain(chunks, patience));
    }
    read
}

/// Takes in a body that nobody will read, up to a limit, while the answer is already on its way: closing
/// on a client that is still sending would reset the connection and lose the answer.
pub(crate) fn discard(body: Body, patience: Duration) {
    discard_stream(Box::pin(body.into_bytes_stream()), patience);
}

/// The same with what is left of a body that was begun.
pub(crate) fn discard_stream<C, E>(
    chunks: impl Stream<Item = Result<C, E>> + Unpin + Send + 'static,
    patience: Duration,
) where
    C: AsRef<[u8]> + Send + 'static,
    E: Send + 'static,
{
    tokio::spawn(drain(chunks, patience));
}

async fn drain<C: AsRef<[u8]>, E>(
    mut chunks: impl Stream<Item = Result<C, E>> + Unpin,
    patience: Duration,
) {
    let draining = async {
        let mut taken = 0;
        while let Some(Ok(chunk)) = chunks.next().await {
            taken += chunk.as_ref().len();
            if taken > DISCARDED_BYTES {
                break;
            }
        }
    };
    // Either end is fine: dropping the body closes the connection.
    let _ = tokio::time::timeout(patience, draining).await;
}
