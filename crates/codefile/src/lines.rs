//! Cuts the upload into physical lines: LF, CRLF or CR ends one.
//!
//! One buffer of fixed size holds what is being looked at. A line above the limit is passed over
//! without being kept, however long it is.

use crate::limits::LINE_BYTES_MAX;
use crate::source::Source;
use memchr::{memchr_iter, memchr2};
use std::{
    io::{self, Read},
    mem,
    ops::Range,
};
use vault::Zeroizing;

const BUFFER_BYTES: usize = 4 * LINE_BYTES_MAX;

/// One line of the file.
pub(crate) struct Line<'a> {
    /// Counted from 1, blank lines too.
    pub(crate) number: u64,
    /// Without its end; `None` when it is longer than the limit.
    pub(crate) bytes: Option<&'a [u8]>,
    /// How many `"` stand in a line that is longer than the limit.
    pub(crate) quotes: u64,
}

pub(crate) struct Lines<R> {
    source: Source<R>,
    /// Wiped at the end, and never grown, so no copy stays behind.
    buffer: Zeroizing<Vec<u8>>,
    /// Where the present line begins.
    start: usize,
    /// Up to where no line end was found.
    seen: usize,
    end: usize,
    number: u64,
    /// The present line is over the limit and its beginning is gone.
    skipping: bool,
    /// The quotes in that beginning.
    quotes: u64,
    /// The last line ended with CR; an LF now belongs to it.
    after_cr: bool,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(source: Source<R>) -> Self {
        Self::of(source, usize::MAX)
    }

    /// Lines of a file that has no more bytes than this.
    pub(crate) fn of(source: Source<R>, bytes: usize) -> Self {
        // UTF-16 may grow by half, and the source wants some room.
        let room = bytes.saturating_mul(2).saturating_add(64).min(BUFFER_BYTES);
        let buffer = Zeroizing::new(vec![0; room]);
        let (start, seen, end, number) = (0, 0, 0, 0);
        Self {
            source,
            buffer,
            start,
            seen,
            end,
            number,
            skipping: false,
            quotes: 0,
            after_cr: false,
        }
    }

    /// How many bytes a text of these lines may have at most, decoded.
    pub(crate) fn room(&self) -> usize {
        3 * self.buffer.len()
    }

    /// The next line; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let Some(range) = self.find()? else { return Ok(None) };
        self.number += 1;
        let too_long = mem::take(&mut self.skipping) || range.len() > LINE_BYTES_MAX;
        let gone = mem::take(&mut self.quotes);
        let text = &self.buffer[range];
        let quotes = if too_long { gone + count_quotes(text) } else { 0 };
        Ok(Some(Line { number: self.number, bytes: (!too_long).then_some(text), quotes }))
    }

    fn find(&mut self) -> io::Result<Option<Range<usize>>> {
        loop {
            if self.after_cr && self.start < self.end {
                self.after_cr = false;
                self.start += usize::from(self.buffer[self.start] == b'\n');
                self.seen = self.start;
            }
            let fresh = &self.buffer[self.seen..self.end];
            if let Some(length) = memchr2(b'\n', b'\r', fresh) {
                let at = self.seen + length;
                let line = self.start..at;
                self.after_cr = self.buffer[at] == b'\r';
                self.start = at + 1;
                self.seen = self.start;
                return Ok(Some(line));
            }
            if self.end - self.start > LINE_BYTES_MAX {
                self.skipping = true;
            }
            if self.skipping {
                self.quotes += count_quotes(&self.buffer[self.start..self.end]);
                self.start = self.end;
            }
            if !self.fill()? {
                let line = self.start..self.end;
                self.start = self.end;
                return Ok((self.skipping || !line.is_empty()).then_some(line));
            }
        }
    }

    /// Reads more behind what is kept; false at the end of the upload.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        (self.start, self.seen) = (0, self.end);
        let count = self.source.fill(&mut self.buffer[self.end..])?;
        self.end += count;
        Ok(count > 0)
    }
}

fn count_quotes(bytes: &[u8]) -> u64 {
    memchr_iter(b'"', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Encoding;

    /// Gives a byte at a time, so that every border falls everywhere.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            if out.is_empty() {
                return Ok(0);
            }
            out[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn all<R: Read>(read: R) -> Vec<(u64, Option<String>)> {
        let source = Source::open(read, Encoding::Utf8).expect("text");
        let mut lines = Lines::new(source);
        let mut out = Vec::new();
        while let Some(line) = lines.next().expect("no failure") {
            let text = line.bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            out.push((line.number, text));
        }
        assert!(lines.next().expect("no failure").is_none(), "the end stays the end");
        out
    }

    fn check(text: &str, expected: &[&str]) {
        let expected: Vec<_> =
            (1..).zip(expected.iter().map(|line| Some((*line).to_owned()))).collect();
        assert_eq!(all(text.as_bytes()), expected, "{text:?}");
        assert_eq!(all(Drip(text.as_bytes())), expected, "{text:?} drop by drop");
    }

    #[test]
    fn every_kind_of_line_end() {
        check("", &[]);
        check("a", &["a"]);
        check("a\n", &["a"]);
        check("a\r\nb\nc\rd", &["a", "b", "c", "d"]);
        check("\n\r\n\ra", &["", "", "", "a"]);
        check("a\r\r\n\n", &["a", "", ""]);
        check("abcdef\n\ng\r\n", &["abcdef", "", "g"]);
    }

    #[test]
    fn the_limit_is_exact() {
        for end in ["", "\n", "\r\n", "\r"] {
            let fits = "x".repeat(LINE_BYTES_MAX);
            let text = format!("{fits}{end}");
            assert_eq!(all(text.as_bytes()), [(1, Some(fits.clone()))]);
            let text = format!("y{fits}{end}");
            assert_eq!(all(text.as_bytes()), [(1, None)]);
        }
    }

    #[test]
    fn a_line_without_end_is_passed_over_in_the_same_buffer() {
        let long = io::repeat(b'x').take(20 << 20).chain(&b"\r\nshort\n"[..]);
        let read = (&b"first\n"[..]).chain(long).chain(io::repeat(b'y').take(1 << 20));
        let source = Source::open(read, Encoding::Utf8).expect("text");
        let mut lines = Lines::new(source);
        let mut seen = Vec::new();
        while let Some(line) = lines.next().expect("no failure") {
            seen.push((line.number, line.bytes.map(<[u8]>::to_vec)));
        }
        let some = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(seen, [(1, some("first")), (2, None), (3, some("short")), (4, None)]);
        assert_eq!(lines.buffer.capacity(), BUFFER_BYTES);
    }
}
