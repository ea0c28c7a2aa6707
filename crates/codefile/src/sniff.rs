//! The encoding of a file by its mark, by what was told, and by its first lines.

use crate::draft::Head;
use crate::evidence::{self, Evidence, Verdict};
use crate::layout::unfit;
use crate::source;
use crate::told::Told;
use crate::{Encoding, FileError};

/// How the encoding of a file is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// By its mark, or by its form.
    ByMark,
    /// By the caller.
    Told,
    /// By its lines.
    ByLines,
    /// Not at all yet: the start is ASCII, and there is more.
    NotYet,
}

/// An encoding, and others that are likely too.
pub(crate) struct Guess {
    pub(crate) known: Known,
    /// The likeliest first.
    pub(crate) encodings: Vec<Encoding>,
}

pub(crate) fn guess(head: &Head, told: &Told) -> Result<Guess, FileError> {
    if evidence::has_magic(&head.raw) {
        return Err(FileError::NotText);
    }
    let by = |known, encoding| Ok(Guess { known, encodings: vec![encoding] });
    if let Some((marked, _)) = source::mark(&head.raw) {
        return match told.encoding {
            Some(told) if told != marked => Err(unfit(
                "encoding",
                "the file begins with the mark of another encoding; leave the parameter out",
            )),
            _ => by(Known::ByMark, marked),
        };
    }
    if let Some(encoding) = told.encoding {
        return by(Known::Told, encoding);
    }
    if let Some(encoding) = evidence::utf16_without_mark(&head.raw, head.is_whole()) {
        return by(Known::ByMark, encoding);
    }
    let mut evidence = Evidence::default();
    let mut lines = head.lines(Encoding::Latin1)?;
    let mut last: Option<(u64, Vec<u8>)> = None;
    while let Some(line) = lines.next()? {
        if let Some((number, bytes)) = last.take() {
            evidence.line(number, &bytes);
        }
        last = line.bytes.map(|bytes| (line.number, bytes.to_vec()));
    }
    if let Some((number, bytes)) = last.filter(|_| head.is_whole()) {
        evidence.line(number, &bytes);
    }
    match evidence.decide() {
        Verdict::Binary => Err(FileError::NotText),
        Verdict::Plain(Encoding::Utf8) if !head.is_whole() && evidence.is_ascii() => {
            by(Known::NotYet, Encoding::Utf8)
        }
        Verdict::Plain(encoding) => by(Known::ByLines, encoding),
        Verdict::Doubt(encodings) => Ok(Guess { known: Known::ByLines, encodings }),
    }
}
