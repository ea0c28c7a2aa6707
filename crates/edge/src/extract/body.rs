//! Reading bodies within limits.

use crate::problem::{ErrorCode, Problem};
use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use bytes::BytesMut;
use futures_util::StreamExt;
use std::time::Duration;

/// How long the rest of a body that is too large is still taken.
const DRAIN: Duration = Duration::from_secs(10);

/// The media type of the body without its parameters, in lower case.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().unwrap_or("");
    Some(value.split(';').next().unwrap_or("").trim().to_ascii_lowercase())
}

/// A body that is compressed would be read as what it is not.
pub fn refuse_encoded(headers: &HeaderMap) -> Result<(), Problem> {
    let plain =
        |value: &HeaderValue| value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity");
    match headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
        true => Ok(()),
        false => {
            let detail = "send the file as it is, without Content-Encoding";
            Err(Problem::new(ErrorCode::UnsupportedMediaType, detail))
        }
    }
}

/// What `Content-Length` says.
pub fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The whole body. One that says that it is too large is not read at all.
pub async fn read(body: Body, length: Option<u64>, max: usize) -> Result<Bytes, Problem> {
    let mut stream = body.into_data_stream();
    if length.is_some_and(|length| length > max as u64) {
        return Err(too_large(stream, max as u64));
    }
    let first = match stream.next().await {
        None => return Ok(Bytes::new()),
        Some(first) => first.map_err(|_| broken())?,
    };
    if first.len() > max {
        return Err(too_large(stream, max as u64));
    }
    // Nearly every body comes in one piece, which need not be copied.
    let Some(second) = stream.next().await else { return Ok(first) };
    let mut whole = BytesMut::from(first);
    let mut next = Some(second);
    while let Some(piece) = next {
        whole.extend_from_slice(&piece.map_err(|_| broken())?);
        if whole.len() > max {
            return Err(too_large(stream, max as u64));
        }
        next = stream.next().await;
    }
    Ok(whole.freeze())
}

/// The answer to a body above `max` bytes. The rest of it is taken for a while and thrown away:
/// callers that are still sending would lose the answer if the connection were closed under them.
pub fn too_large(mut rest: BodyDataStream, max: u64) -> Problem {
    tokio::spawn(tokio::time::timeout(DRAIN, async move {
        while let Some(Ok(_)) = rest.next().await {}
    }));
    Problem::at(
        ErrorCode::TooLarge,
        "the body is too large",
        "body",
        format!("send at most {max} bytes"),
    )
}

/// The answer to a body that ends early; nobody may be there to read it.
pub fn broken() -> Problem {
    Problem::invalid("body", "the body broke off; send it again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use std::io::Error;

    fn pieces(pieces: &[&[u8]]) -> Body {
        let pieces = pieces.iter().map(|piece| Ok::<_, Error>(Bytes::copy_from_slice(piece)));
        Body::from_stream(stream::iter(pieces.collect::<Vec<_>>()))
    }

    #[tokio::test]
    async fn bodies_are_read_up_to_the_limit_in_any_pieces() {
        let good: [&[&[u8]]; 4] = [&[], &[b"abcd"], &[b"ab", b"cd"], &[b"a", b"", b"bcd"]];
        for sent in good {
            let read = read(pieces(sent), None, 4).await;
            assert_eq!(read.as_deref(), Ok(&sent.concat()[..]));
        }
        let large: [&[&[u8]]; 3] = [&[b"abcde"], &[b"abcd", b"e"], &[b"a", b"bcd", b"efg"]];
        for sent in large {
            let read = read(pieces(sent), None, 4).await;
            assert_eq!(read.map_err(|problem| problem.code), Err(ErrorCode::TooLarge));
        }
    }

    #[tokio::test]
    async fn a_body_that_says_it_is_too_large_is_refused_at_once() {
        let never = Body::from_stream(stream::pending::<Result<Bytes, Error>>());
        let refused = read(never, Some(5), 4).await;
        assert_eq!(refused.map_err(|problem| problem.code), Err(ErrorCode::TooLarge));
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_no_body() {
        let broken = stream::iter([Ok(Bytes::from_static(b"{")), Err(Error::other("gone"))]);
        let read = read(Body::from_stream(broken), None, 4).await;
        assert_eq!(read.map_err(|problem| problem.code), Err(ErrorCode::Invalid));
    }
}
