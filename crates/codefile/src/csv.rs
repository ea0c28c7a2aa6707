//! Fields in quotes, over as many lines as they take (RFC 4180).
//!
//! A quote may only open at the start of a field and close at its end; spaces behind it are passed
//! over. Anything else spoils the record: a code with a character too few is worse than one refused.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// The start of a field.
    Start,
    /// Within a field without quotes.
    Plain,
    /// Within quotes.
    Quoted,
    /// Behind a quote that closes, or is the first of two.
    Closed,
    /// Behind spaces behind a closed quote.
    Behind,
    /// Behind a misplaced quote: nothing counts until the line ends.
    Junk,
}

/// Where the reader stands in a record.
pub(crate) struct Quotes {
    separator: u8,
    at: At,
    /// Where the present field begins in the text that is kept.
    field: usize,
    misplaced: bool,
    /// The misplaced quote stands where one would close a field.
    closes: bool,
    started: bool,
}

impl Quotes {
    pub(crate) fn new(separator: u8) -> Self {
        Self { separator, at: At::Start, field: 0, misplaced: false, closes: false, started: false }
    }

    pub(crate) fn separator(&self) -> u8 {
        self.separator
    }

    /// Whether the record goes on in the next line.
    pub(crate) fn open(&self) -> bool {
        self.at == At::Quoted
    }

    /// Whether a quote stood where none may.
    pub(crate) fn misplaced(&self) -> bool {
        self.misplaced
    }

    /// Whether that quote stands where one would close a field that began above.
    pub(crate) fn closes(&self) -> bool {
        self.closes
    }

    /// Reads the next line of the record, and keeps its fields.
    pub(crate) fn read(&mut self, line: &str, text: &mut String, cells: &mut Vec<Range<usize>>) {
        if !self.started && memchr::memchr(b'"', line.as_bytes()).is_none() {
            self.started = true;
            let mut from = 0;
            for at in memchr::memchr_iter(self.separator, line.as_bytes()) {
                cells.push(from..at);
                from = at + 1;
            }
            cells.push(from..line.len());
            text.push_str(line);
            return;
        }
        if self.begin_line() {
            text.push('\n');
        }
        // What lies between two signs is kept in one piece.
        let mut from = 0;
        for (place, byte) in line.bytes().enumerate() {
            let was_misplaced = self.misplaced;
            let was = self.at;
            let keep = self.step(byte);
            // A quote that opens at the very end of a line is rather one that closes.
            self.closes |= was == At::Start && self.at == At::Quoted && place + 1 == line.len();
            if self.misplaced && !was_misplaced && byte == b'"' {
                self.closes = line.as_bytes().get(place + 1).is_none_or(|b| *b == self.separator);
            }
            if !keep {
                // Bytes that are passed over may lie within a character.
                if from < place {
                    text.push_str(&line[from..place]);
                }
                from = place + 1;
                if self.at == At::Start {
                    self.end_field(text.len(), cells);
                }
            }
        }
        text.push_str(&line[from..]);
        if self.at != At::Quoted {
            self.end_field(text.len(), cells);
        }
    }

    /// Reads the next line of a record that is lost already.
    pub(crate) fn pass(&mut self, line: &[u8]) {
        self.begin_line();
        for byte in line {
            self.step(*byte);
        }
    }

    /// Passes over a line of which only the number of its quotes is known.
    pub(crate) fn skip(&mut self, quotes: u64) {
        self.started = true;
        if quotes % 2 == 1 {
            self.at = if self.at == At::Quoted { At::Plain } else { At::Quoted };
        }
    }

    /// Whether a line break belongs to the field.
    fn begin_line(&mut self) -> bool {
        let again = self.started;
        self.started = true;
        if again && self.at == At::Closed {
            self.at = At::Behind;
        }
        again
    }

    fn end_field(&mut self, end: usize, cells: &mut Vec<Range<usize>>) {
        cells.push(self.field..end);
        self.field = end;
    }

    /// Takes one byte; says whether it belongs to the value of a field.
    fn step(&mut self, byte: u8) -> bool {
        let (at, keep) = match (self.at, byte) {
            (At::Junk, _) => (At::Junk, false),
            (At::Start, b'"') => (At::Quoted, false),
            (At::Closed, b'"') => (At::Quoted, true),
            (At::Quoted, b'"') => (At::Closed, false),
            (At::Quoted, _) => (At::Quoted, true),
            (_, byte) if byte == self.separator => (At::Start, false),
            (At::Closed | At::Behind, b' ' | b'\t') => (At::Behind, false),
            (At::Closed | At::Behind, _) | (At::Plain, b'"') => {
                self.misplaced = true;
                (At::Junk, false)
            }
            (At::Start | At::Plain, _) => (At::Plain, true),
        };
        self.at = at;
        keep
    }
}

/// Whether a byte can stand between the fields of a CSV file.
pub(crate) fn is_separator(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, 0 | b'"' | b'\r' | b'\n')
}
