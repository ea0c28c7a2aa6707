//! Cuts an upload into pieces of one size and learns on the way what must be known of the whole:
//! its length and its hash.

use axum::body::{Body, BodyDataStream, Bytes};
use edge::extract::body;
use edge::problem::Problem;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use std::time::Duration;
use vault::Zeroizing;

/// An upload that brings nothing for so long is given up.
const IDLE: Duration = Duration::from_secs(60);

/// Why an upload did not come whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// More bytes than a file may have.
    TooLarge,
    /// The caller went away or fell silent.
    Off,
}

/// How an upload is cut.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// Bytes of a piece.
    pub piece_bytes: usize,
    /// Bytes of the whole.
    pub bytes_max: u64,
}

/// The pieces of an upload.
pub struct Pieces {
    cut: Cut,
    stream: BodyDataStream,
    rest: Bytes,
    bytes: u64,
    digest: Sha256,
}

/// What is known of an upload that came whole.
pub struct Whole {
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256.
    pub digest: [u8; 32],
}

impl Pieces {
    /// The pieces of a body.
    pub fn new(body: Body, cut: Cut) -> Self {
        let stream = body.into_data_stream();
        Self { cut, stream, rest: Bytes::new(), bytes: 0, digest: Sha256::new() }
    }

    /// The next piece, full but for the last; empty at the end.
    pub async fn next(&mut self) -> Result<Zeroizing<Vec<u8>>, Broken> {
        let mut piece = Zeroizing::new(Vec::with_capacity(self.cut.piece_bytes));
        while piece.len() < self.cut.piece_bytes {
            if self.rest.is_empty() {
                let next = tokio::time::timeout(IDLE, self.stream.next());
                match next.await.map_err(|_| Broken::Off)? {
                    Some(bytes) => self.rest = bytes.map_err(|_| Broken::Off)?,
                    None => break,
                }
            }
            let length = self.rest.len().min(self.cut.piece_bytes - piece.len());
            piece.extend_from_slice(&self.rest.split_to(length));
        }
        self.bytes += piece.len() as u64;
        if self.bytes > self.cut.bytes_max {
            return Err(Broken::TooLarge);
        }
        self.digest.update(&piece[..]);
        Ok(piece)
    }

    /// What is known at the end.
    pub fn whole(self) -> Whole {
        Whole { bytes: self.bytes, digest: self.digest.finalize().into() }
    }

    /// The answer to an upload that did not come whole.
    pub fn problem(self, broken: Broken) -> Problem {
        match broken {
            Broken::TooLarge => body::too_large(self.stream, self.cut.bytes_max),
            Broken::Off => body::broken(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use std::io::Error;

    const CUT: Cut = Cut { piece_bytes: 64 * 1024, bytes_max: 8 * 1024 * 1024 };

    fn pieces(sizes: &[usize]) -> Pieces {
        let sent = sizes.iter().map(|size| Ok::<_, Error>(Bytes::from(vec![b'x'; *size])));
        let sent = stream::iter(sent.collect::<Vec<_>>());
        Pieces::new(Body::from_stream(sent), CUT)
    }

    #[tokio::test]
    async fn pieces_are_full_however_the_body_comes_in() {
        let full = CUT.piece_bytes;
        for sent in [vec![], vec![1], vec![full], vec![full - 1, 2], vec![1, full * 2, 3]] {
            let (mut pieces, total) = (pieces(&sent), sent.iter().sum::<usize>());
            let mut got = Vec::new();
            loop {
                let piece = pieces.next().await.expect("a whole body");
                if piece.is_empty() {
                    break;
                }
                got.push(piece.len());
            }
            assert_eq!(got.iter().sum::<usize>(), total);
            assert_eq!(got.len(), total.div_ceil(full));
            assert!(got.iter().rev().skip(1).all(|size| *size == full));
            let whole = pieces.whole();
            assert_eq!(whole.bytes, total as u64);
            assert_eq!(whole.digest[..], Sha256::digest(vec![b'x'; total])[..]);
        }
    }

    #[tokio::test]
    async fn a_body_without_end_is_too_large() {
        let max = usize::try_from(CUT.bytes_max).expect("fits");
        let mut pieces = pieces(&vec![1024 * 1024; max / (1024 * 1024) + 1]);
        let broken = loop {
            match pieces.next().await {
                Ok(piece) => assert!(!piece.is_empty(), "the end of a body that is too large"),
                Err(broken) => break broken,
            }
        };
        assert_eq!(broken, Broken::TooLarge);
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_not_whole() {
        let sent = [Ok(Bytes::from_static(b"a")), Err(Error::other("gone"))];
        let body = Body::from_stream(stream::iter(sent));
        let broken = Pieces::new(body, CUT).next().await.map(|piece| piece.len());
        assert_eq!(broken, Err(Broken::Off));
    }
}
