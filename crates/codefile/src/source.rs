//! The upload as bytes in which ASCII means itself: a byte order mark is taken off and UTF-16 is
//! turned into UTF-8 on the way. What follows then cuts lines without minding the encoding.

use crate::Encoding;
use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};
use std::io::{self, Chain, Cursor, ErrorKind, Read};
use vault::Zeroizing;

/// Bytes of UTF-16 that are looked at together.
const UTF16_BYTES: usize = 16 * 1024;
/// Never valid in UTF-8: stands for half a surrogate pair, so that its line is found bad.
const BROKEN: u8 = 0xff;

type Bytes<R> = Chain<Cursor<Vec<u8>>, R>;

pub(crate) enum Source<R> {
    Plain(Bytes<R>),
    Utf16(Box<Utf16<R>>),
}

impl<R: Read> Source<R> {
    /// Takes the mark of the encoding off the start.
    pub(crate) fn open(mut read: R, encoding: Encoding) -> io::Result<Self> {
        let mut head = Vec::with_capacity(4);
        read.by_ref().take(4).read_to_end(&mut head)?;
        let mark =
            mark(&head).filter(|(marked, _)| *marked == encoding).map_or(0, |(_, length)| length);
        let rest = Cursor::new(head[mark..].to_vec()).chain(read);
        let decoder = match encoding {
            Encoding::Utf16Le => UTF_16LE.new_decoder_without_bom_handling(),
            Encoding::Utf16Be => UTF_16BE.new_decoder_without_bom_handling(),
            _ => return Ok(Self::Plain(rest)),
        };
        Ok(Self::Utf16(Box::new(Utf16::new(rest, decoder))))
    }

    /// Fills the start of `out`, which has room for at least 16 bytes; 0 is the end.
    pub(crate) fn fill(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(read) => read_some(read, out),
            Self::Utf16(utf16) => utf16.fill(out),
        }
    }
}

/// The encoding that a byte order mark tells, and the mark's length.
pub(crate) fn mark(head: &[u8]) -> Option<(Encoding, usize)> {
    Some(match head {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
        [0x84, 0x31, 0x95, 0x33, ..] => (Encoding::Gb18030, 4),
        [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
        _ => return None,
    })
}

pub(crate) struct Utf16<R> {
    read: Bytes<R>,
    decoder: Decoder,
    raw: Zeroizing<Vec<u8>>,
    start: usize,
    end: usize,
    /// All of the upload is in `raw`.
    ended: bool,
    /// The decoder has given its last, and may not be asked again.
    done: bool,
}

impl<R: Read> Utf16<R> {
    fn new(read: Bytes<R>, decoder: Decoder) -> Self {
        let raw = Zeroizing::new(vec![0; UTF16_BYTES]);
        Self { read, decoder, raw, start: 0, end: 0, ended: false, done: false }
    }

    fn fill(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let room = out.len() - 1; // The last byte is kept for a mark of something broken.
        while !self.done {
            if self.start == self.end && !self.ended {
                self.end = read_some(&mut self.read, &mut self.raw)?;
                self.start = 0;
                self.ended = self.end == 0;
            }
            let raw = &self.raw[self.start..self.end];
            let (result, used, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, &mut out[..room], self.ended);
            self.start += used;
            match result {
                DecoderResult::Malformed(..) => {
                    out[written] = BROKEN;
                    return Ok(written + 1);
                }
                DecoderResult::InputEmpty => self.done = self.ended,
                DecoderResult::OutputFull => {}
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

fn read_some(read: &mut impl Read, out: &mut [u8]) -> io::Result<usize> {
    loop {
        match read.read(out) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
