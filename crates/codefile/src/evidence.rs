//! Decides the encoding of a file by all of its lines.

use crate::finding::Spots;
use crate::{Encoding, header, likely};

/// By how much GB 18030 must be likelier than anything else to be taken without asking.
const MARGIN: i64 = 9_600;
/// What GB 18030 has for being what this program's files are made in.
const HOME: i64 = 4_000;
/// What a header that is known adds: no other encoding makes one by chance.
const KNOWN_WORD: i64 = 15_000;
/// Lines of which there may be so many without the file being another thing.
const FEW_LINES: u64 = 3;

/// What the lines of a file say about its encoding.
#[derive(Default)]
pub(crate) struct Evidence {
    pub(crate) lines: u64,
    /// Lines with characters that no text has.
    control: u64,
    pub(crate) nul: bool,
    /// Lines that are UTF-8 and not ASCII.
    utf8: u64,
    /// Lines that are not UTF-8.
    pub(crate) not_utf8: Spots,
    /// Lines that an encoding cannot have written, in the order of [`RIVALS`].
    bad: [u64; RIVALS.len()],
    /// How likely each is.
    likely: [i64; RIVALS.len() + 1],
    /// Lines that were looked at so.
    weighed: u64,
    known_words: u64,
}

/// Encodings that are weighed against each other.
const RIVALS: [Encoding; 4] =
    [Encoding::Gb18030, Encoding::Big5, Encoding::ShiftJis, Encoding::Latin1];

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// This, and it is certain.
    Plain(Encoding),
    /// This or another of these, the likeliest first.
    Doubt(Vec<Encoding>),
    /// It is no text.
    Binary,
}

impl Evidence {
    /// Looks at a physical line.
    pub(crate) fn line(&mut self, number: u64, bytes: &[u8]) {
        let (mut high, mut control, mut blank) = (false, false, true);
        for byte in bytes {
            high |= *byte >= 0x80;
            control |= matches!(byte, 0..=8 | 0x0e..=0x19 | 0x1b..=0x1f);
            blank &= matches!(byte, b' ' | b'\t');
        }
        if blank {
            return;
        }
        self.lines += 1;
        self.control += u64::from(control);
        self.nul |= control && memchr::memchr(0, bytes).is_some();
        if !high {
            return;
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => self.utf8 += 1,
            Err(_) => {
                self.not_utf8.add(number);
                self.weigh(bytes);
            }
        }
    }

    fn weigh(&mut self, bytes: &[u8]) {
        self.weighed += 1;
        for (bad, rival) in self.bad.iter_mut().zip(RIVALS) {
            *bad += u64::from(rival.decode(bytes).is_none());
        }
        let costs =
            [likely::gb18030, likely::big5, likely::shift_jis, likely::latin1, likely::euc_kr];
        for (sum, cost) in self.likely.iter_mut().zip(costs) {
            *sum += cost(bytes);
        }
        if self.known_words < 2
            && let Some(text) = Encoding::Gb18030.decode(bytes)
        {
            let parts = text.split([',', ';', '\t', '|', '"', '-', ':', '：', '，', ' ']);
            let known = |part: &&str| {
                !part.is_ascii() && part.chars().count() > 1 && header::known(part, &[]).is_some()
            };
            self.known_words +=
                parts.filter(|part| !part.trim().is_empty()).filter(known).count() as u64;
        }
    }

    /// Whether so many lines are bad that the file must be another thing.
    fn too_many(&self, bad: u64) -> bool {
        10 * bad > self.lines && (bad > FEW_LINES || 2 * bad > self.lines)
    }

    /// Whether the file is no text, whatever its encoding.
    pub(crate) fn is_binary(&self) -> bool {
        self.nul || 10 * self.control > self.lines
    }

    /// Whether all lines are ASCII.
    pub(crate) fn is_ascii(&self) -> bool {
        self.utf8 == 0 && self.not_utf8.count == 0
    }

    /// Whether an encoding that was told, or that a mark names, does not fit.
    pub(crate) fn refutes(&self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => {
                self.too_many(self.not_utf8.count)
            }
            _ => {
                let rival = RIVALS.iter().position(|rival| *rival == encoding);
                rival.is_some_and(|rival| self.too_many(self.bad[rival]))
            }
        }
    }

    /// Decides between the encodings that have no mark.
    pub(crate) fn decide(&self) -> Verdict {
        if self.is_binary() {
            return Verdict::Binary;
        }
        let bad = self.not_utf8.count;
        if bad == 0 || self.utf8 >= bad && !self.too_many(bad) {
            return Verdict::Plain(Encoding::Utf8);
        }
        let nobody = self.bad[..3].iter().all(|rival| *rival == bad);
        if self.utf8 == 0 && nobody && !self.too_many(bad) && bad <= FEW_LINES {
            return Verdict::Plain(Encoding::Utf8);
        }
        let mut rivals: Vec<(i64, Encoding)> = (0..RIVALS.len())
            .filter(|rival| !self.too_many(self.bad[*rival]))
            .map(|rival| (self.likely[rival], RIVALS[rival]))
            .collect();
        rivals.sort_by_key(|(likely, _)| std::cmp::Reverse(*likely));
        if self.is_gb18030() {
            return Verdict::Plain(Encoding::Gb18030);
        }
        let mut choices: Vec<Encoding> = rivals.into_iter().map(|(_, rival)| rival).collect();
        if choices.is_empty() {
            return Verdict::Binary;
        }
        choices.push(Encoding::Utf8);
        Verdict::Doubt(choices)
    }

    fn is_gb18030(&self) -> bool {
        let rivals =
            [self.likely[1], self.likely[2] - 2_000, self.likely[3], self.likely[4] - 6_000];
        let best = rivals.into_iter().max().unwrap_or_default();
        let words = KNOWN_WORD * i64::try_from(self.known_words.min(2)).unwrap_or_default();
        !self.too_many(self.bad[0])
            && self.utf8 <= self.weighed
            && self.likely[0] + HOME + words - best >= MARGIN
    }
}

/// Files that cannot be text, by how they begin: each of these holds a byte that no text has.
const MAGIC: [&[u8]; 14] = [
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF89a\x00",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"\x7fELF",
    b"SQLite format 3\x00",
    b"\x00\x00\x00",
];

/// Texts that begin what is no list of codes.
const TEXT_MAGIC: [&[u8]; 6] =
    [b"%PDF-1.", b"%PDF-2.", b"{\\rtf1", b"<!doctype html", b"<html", b"<table"];

/// Whether a file begins like a picture, an archive, a document.
pub(crate) fn has_magic(head: &[u8]) -> bool {
    let text = head.trim_ascii_start();
    let begins = |magic: &&[u8]| {
        text.get(..magic.len()).is_some_and(|start| start.eq_ignore_ascii_case(magic))
    };
    MAGIC.iter().any(|magic| head.starts_with(magic)) || TEXT_MAGIC.iter().any(begins)
}

/// UTF-16 without a mark: zeros stand on one side of the units only, and line ends are units.
pub(crate) fn utf16_without_mark(head: &[u8], whole: bool) -> Option<Encoding> {
    if whole && head.len() % 2 == 1 || !head.contains(&0) {
        return None;
    }
    let zeros = |place: usize| head.chunks_exact(2).filter(|unit| unit[place] == 0).count();
    let fits = |high: usize, decoder: &'static encoding_rs::Encoding| {
        let mut units = head.chunks_exact(2).map(|unit| (unit[high], unit[1 - high]));
        // No text has signs of India where another has its line ends.
        let torn = |(high, _): (u8, u8)| matches!(high, b'\t' | b'\n' | b'\r');
        let units = units.all(|unit| unit != (0, 0) && !torn(unit));
        let text =
            decoder.decode_without_bom_handling_and_without_replacement(&head[..head.len() & !1]);
        20 * zeros(high) >= head.len()
            && zeros(high) > zeros(1 - high)
            && units
            && (text.is_some() || !whole)
    };
    if fits(1, encoding_rs::UTF_16LE) {
        Some(Encoding::Utf16Le)
    } else {
        fits(0, encoding_rs::UTF_16BE).then_some(Encoding::Utf16Be)
    }
}
