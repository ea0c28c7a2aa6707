//! How often each thing that may divide a line stands in the lines of a text file.

use crate::divider::runs;
use crate::finding::Spots;
use crate::header;

/// What may divide lines. The first [`USUAL`] are known without being told.
pub(crate) const CANDIDATES: [&str; 13] =
    ["\t", "----", ",", "|", ";", "--", "---", "，", "；", "——", "：", ":", " "];
/// How many of the candidates are usual.
pub(crate) const USUAL: usize = 3;
/// How many of the candidates hardly ever stand in a code; the others are colons and spaces.
pub(crate) const RARE: usize = 10;
pub(crate) const COMMA: usize = 2;
pub(crate) const COLON: usize = 11;
pub(crate) const SPACE: usize = 12;
/// Counts in one line that are told apart.
const COUNTS: usize = 66;

/// What was seen of the lines of a file.
pub(crate) struct Profile {
    pub(crate) lines: u64,
    /// How many lines have a candidate so often.
    seen: Vec<[u64; COUNTS]>,
    /// Lines that have a usual candidate otherwise than this says.
    expected: Option<(usize, usize)>,
    pub(crate) misfits: Spots,
    /// Blocks of two lines or more between blank lines, and blocks at all.
    pub(crate) blocks_of_lines: u64,
    pub(crate) blocks: u64,
    block: u64,
    /// Lines that open a block of PEM.
    pub(crate) begins: Spots,
}

impl Profile {
    /// Expects a candidate so often in every line.
    pub(crate) fn new(expected: Option<(usize, usize)>) -> Self {
        Self {
            lines: 0,
            seen: vec![[0; COUNTS]; CANDIDATES.len()],
            expected,
            misfits: Spots::default(),
            blocks_of_lines: 0,
            blocks: 0,
            block: 0,
            begins: Spots::default(),
        }
    }

    /// Looks at a line that is data.
    pub(crate) fn line(&mut self, number: u64, text: &str) {
        if text.trim().is_empty() {
            self.block = 0;
            return;
        }
        self.lines += 1;
        self.block += 1;
        self.blocks += u64::from(self.block == 1);
        self.blocks_of_lines += u64::from(self.block == 2);
        if text.starts_with("-----BEGIN ") {
            self.begins.add(number);
        }
        let counts = counts(text);
        for (seen, count) in self.seen.iter_mut().zip(counts) {
            seen[usize::from(count).min(COUNTS - 1)] += 1;
        }
        let fits = match self.expected {
            Some((candidate, count)) => usize::from(counts[candidate]) == count,
            None => counts[..USUAL].iter().all(|count| *count == 0),
        };
        if !fits {
            self.misfits.add(number);
        }
    }

    /// How many lines have a candidate.
    pub(crate) fn with(&self, candidate: usize) -> u64 {
        self.lines - self.seen[candidate][0]
    }

    /// How often most of the lines that have a candidate have it, and how many do so.
    pub(crate) fn most(&self, candidate: usize) -> (usize, u64) {
        let seen = self.seen[candidate].iter().copied().enumerate().skip(1);
        let best = seen.max_by_key(|(count, lines)| (*lines, COUNTS - count));
        best.unwrap_or_default()
    }

    /// How often every line has a candidate, if all have it alike.
    pub(crate) fn uniform(&self, candidate: usize) -> Option<usize> {
        let (count, lines) = self.most(candidate);
        (lines == self.lines && lines > 0 && count < COUNTS - 1).then_some(count)
    }

    /// How many lines have a candidate so often.
    pub(crate) fn having(&self, candidate: usize, count: usize) -> u64 {
        self.seen[candidate].get(count).copied().unwrap_or_default()
    }
}

fn counts(text: &str) -> [u8; CANDIDATES.len()] {
    let text = without_label(text);
    let mut counts = [0_u8; CANDIDATES.len()];
    let bytes = text.as_bytes();
    let mut add = |candidate: usize, times: usize| {
        counts[candidate] = counts[candidate].saturating_add(times.min(255) as u8);
    };
    let mut hyphens = false;
    let inner = text.trim_end();
    let start = text.len() - text.trim_start().len();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\t' => add(0, 1),
            b',' => add(2, 1),
            b'|' => add(3, 1),
            b';' => add(4, 1),
            b':' if !bytes[at + 1..].starts_with(b"//") => add(COLON, 1),
            b' ' if at >= start && at < inner.len() && divides(bytes, at) => add(SPACE, 1),
            b'-' => hyphens = true,
            _ => {}
        }
    }
    if hyphens {
        for run in runs(bytes, b'-') {
            match run.len() {
                2 => add(5, 1),
                3 => add(6, 1),
                // A run that is no multiple of four may be four and the beginning of a code.
                length if length >= 4 => add(1, length / 4),
                _ => {}
            }
        }
    }
    if !text.is_ascii() {
        for (candidate, sign) in CANDIDATES.iter().enumerate().take(COLON).skip(7) {
            add(candidate, text.matches(sign).count());
        }
    }
    counts
}

/// Whether a space is the first between two words, and not the companion of a comma before it.
fn divides(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| bytes[before]);
    before.is_some_and(|before| !matches!(before, b' ' | b','))
}

/// A line without the name of its field, as in `密码：Tiger88`: what stands behind it does not divide.
fn without_label(text: &str) -> &str {
    let Some((label, rest)) = text.split_once([':', '：']) else { return text };
    let is_label = label.len() <= 32 && header::known(label, &[]).is_some();
    // Two names are a header.
    let is_header = is_label && header::known(rest, &[]).is_some();
    if is_label && !is_header { rest.trim_start() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_a_line() {
        let of = |text: &str| {
            let counts = counts(text);
            let named = counts.iter().zip(CANDIDATES).filter(|(count, _)| **count > 0);
            named.map(|(count, name)| format!("{name}{count}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("a----b----c"), "----2");
        assert_eq!(of("a--------c"), "----2");
        assert_eq!(of("a-----b--c---d"), "----1 --1 ---1");
        assert_eq!(of(" a  b c "), " 2");
        assert_eq!(of("https://x:8/y"), ":1");
        assert_eq!(of("a，b：c\td|e;f,g"), "\t1 ,1 |1 ;1 ，1 ：1");
        assert_eq!(of("AAAAA-BBBBB"), "");
        assert_eq!(of("密码：Tiger88"), "");
        assert_eq!(of("password: Tiger88"), "");
        assert_eq!(of("卡号:密码"), ":1");
    }

    #[test]
    fn lines_that_are_alike() {
        let mut profile = Profile::new(Some((1, 1)));
        for (number, text) in (1..).zip(["a----b,c", "d----e", "", "f----g"]) {
            profile.line(number, text);
        }
        assert_eq!(profile.uniform(1), Some(1));
        assert_eq!(profile.uniform(2), None);
        assert_eq!((profile.lines, profile.with(2), profile.most(2)), (3, 1, (1, 1)));
        assert_eq!((profile.blocks, profile.blocks_of_lines), (2, 1));
        assert_eq!(profile.misfits.count, 0);
        profile.line(5, "h");
        assert_eq!((profile.uniform(1), profile.misfits.lines.as_slice()), (None, &[5][..]));
    }
}
