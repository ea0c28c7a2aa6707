//! The upload as bytes in which ASCII means itself: a byte order mark is taken off and UTF-16 is
//! turned into UTF-8 on the way. What follows then cuts lines without minding the encoding.

use super::{Encoding, FileError};
use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};
use std::io::{self, Chain, Cursor, ErrorKind, Read};
use vault::Zeroizing;

/// Bytes of UTF-16 that are looked at together.
const UTF16_BYTES: usize = 16 * 1024;
/// Never valid in UTF-8: stands for half a surrogate pair, so that its line is found bad.
const BROKEN: u8 = 0xff;

type Bytes<R> = Chain<Cursor<Vec<u8>>, R>;

pub(super) enum Source<R> {
    Plain(Bytes<R>),
    Utf16(Box<Utf16<R>>),
}

impl<R: Read> Source<R> {
    /// Reads the mark at the start, and says in which encoding lines will come.
    pub(super) fn open(mut read: R, told: Encoding) -> Result<(Self, Encoding), FileError> {
        let mut head = Vec::with_capacity(4);
        read.by_ref().take(4).read_to_end(&mut head)?;
        let rest = |read: R, mark: usize| Cursor::new(head[mark..].to_vec()).chain(read);
        let utf16 = |read: R, decoder| Self::Utf16(Box::new(Utf16::new(rest(read, 2), decoder)));
        Ok(match head[..] {
            [b'P', b'K', 3, 4] | [0xd0, 0xcf, 0x11, 0xe0] => return Err(FileError::NotText),
            [0xef, 0xbb, 0xbf, ..] => (Self::Plain(rest(read, 3)), Encoding::Utf8),
            [0x84, 0x31, 0x95, 0x33] => (Self::Plain(rest(read, 4)), Encoding::Gb18030),
            [0xff, 0xfe, ..] => {
                (utf16(read, UTF_16LE.new_decoder_without_bom_handling()), Encoding::Utf8)
            }
            [0xfe, 0xff, ..] => {
                (utf16(read, UTF_16BE.new_decoder_without_bom_handling()), Encoding::Utf8)
            }
            _ => (Self::Plain(rest(read, 0)), told),
        })
    }

    /// Fills the start of `out`, which has room for at least 16 bytes; 0 is the end.
    pub(super) fn fill(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(read) => read_some(read, out),
            Self::Utf16(utf16) => utf16.fill(out),
        }
    }
}

pub(super) struct Utf16<R> {
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
