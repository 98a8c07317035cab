//! Answers that go wrong on the wire: cut, slow, endless, altered.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt, stream};
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, HeaderValue};

use crate::faults::Fault;

/// What «without end» means: more than anybody should read, but not for ever.
const ENDLESS: u64 = 256 * 1024 * 1024;

/// Time for what was sent to leave before the connection closes.
const FLUSH: Duration = Duration::from_millis(30);

/// Bytes that a short body announces and does not send.
const MISSING: usize = 512;

type Piece = Result<Bytes, std::io::Error>;

/// The body under a fault that strikes after processing.
pub(super) fn spoilt(fault: &Fault, headers: &mut HeaderMap, body: Bytes) -> Body {
    let (announced, spoilt) = match fault {
        Fault::Truncate { bytes } => {
            let kept = usize::try_from(*bytes)
                .unwrap_or(usize::MAX)
                .min(body.len());
            // Cutting nothing off would be no fault at all.
            let announced = body.len().max(kept + 1);
            (Some(announced), Body::from_stream(cut(body.slice(..kept))))
        }
        Fault::ShortBody => (Some(body.len() + MISSING), Body::from_stream(cut(body))),
        Fault::Stall { bytes } => {
            let kept = usize::try_from(*bytes)
                .unwrap_or(usize::MAX)
                .min(body.len());
            let announced = body.len().max(kept + 1);
            let started = stream::iter([Ok::<_, Infallible>(body.slice(..kept))]);
            (
                Some(announced),
                Body::from_stream(started.chain(stream::pending())),
            )
        }
        Fault::Drip { bytes_per_second } => (
            Some(body.len()),
            Body::from_stream(drip(body, *bytes_per_second)),
        ),
        Fault::Oversized { bytes } => (
            None,
            Body::from_stream(followed_by_spaces(body, bytes.unwrap_or(ENDLESS))),
        ),
        Fault::InvalidJson => {
            let kept = body.slice(..body.len().saturating_sub(1));
            (Some(kept.len()), Body::from(kept))
        }
        Fault::Bom => {
            let mut marked = BytesMut::from(&b"\xEF\xBB\xBF"[..]);
            marked.extend_from_slice(&body);
            (Some(marked.len()), Body::from(marked.freeze()))
        }
        Fault::WrongMd5 => {
            let altered = wrong_hashes(&body);
            (Some(altered.len()), Body::from(altered))
        }
        Fault::FlipByte => {
            let mut altered = BytesMut::from(&body[..]);
            let middle = altered.len() / 2;
            if let Some(byte) = altered.get_mut(middle) {
                *byte = !*byte;
            }
            (Some(altered.len()), Body::from(altered.freeze()))
        }
        _ => (Some(body.len()), Body::from(body)),
    };
    headers.remove(CONTENT_LENGTH);
    if let Some(length) = announced {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    spoilt
}

/// Sends the bytes, lets them leave, breaks the connection.
fn cut(bytes: Bytes) -> impl Stream<Item = Piece> {
    stream::iter([Ok(bytes)]).chain(stream::once(async {
        tokio::time::sleep(FLUSH).await;
        Err(std::io::Error::other("cut on demand"))
    }))
}

/// Ten pieces per second, or one byte at a time below that.
fn drip(body: Bytes, bytes_per_second: u64) -> impl Stream<Item = Piece> {
    let pace = bytes_per_second.max(1);
    let piece = usize::try_from(pace / 10).unwrap_or(usize::MAX).max(1);
    let pause = Duration::from_secs_f64(piece as f64 / pace as f64);
    stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let next = rest.split_to(piece.min(rest.len()));
        Some((Ok(next), rest))
    })
}

fn followed_by_spaces(body: Bytes, total: u64) -> impl Stream<Item = Piece> {
    const BLOCK: usize = 64 * 1024;
    let spaces = Bytes::from(vec![b' '; BLOCK]);
    let blocks = total.div_ceil(BLOCK as u64);
    let padding = stream::iter(0..blocks).map(move |_| Ok(spaces.clone()));
    stream::iter([Ok(body)]).chain(padding)
}

/// Every MD5 of the report, replaced by one that no file has.
fn wrong_hashes(body: &[u8]) -> Bytes {
    let Ok(mut report) = serde_json::from_slice::<serde_json::Value>(body) else {
        return Bytes::copy_from_slice(body);
    };
    alter(&mut report);
    serde_json::to_vec(&report).map_or_else(|_| Bytes::copy_from_slice(body), Bytes::from)
}

fn alter(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("hash", Value::String(hash)) => *hash = "0".repeat(32),
                    ("hashes", Value::Array(hashes)) => {
                        hashes.fill(Value::String("0".repeat(32)));
                    }
                    (_, member) => alter(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(alter),
        _ => {}
    }
}
