//! How likely bytes are in an encoding: the sum of what each character costs.
//!
//! Costs are thousandths of the natural logarithm of a frequency, rounded, as counted in ordinary
//! texts: a character that makes a tenth of a text costs -2300. What two encodings say of the same
//! bytes can so be compared.

use crate::common::{HANGUL, SIMPLIFIED, TRADITIONAL};
use encoding_rs::{BIG5, EUC_KR, Encoding as Table, GBK};
use std::sync::LazyLock;

/// What no text of the encoding has.
const BROKEN: i64 = -25_000;
/// Ranks up to which a character is so frequent, and what it costs.
const RANKS: [(usize, i64); 4] = [(200, -6_000), (500, -7_200), (1_000, -8_150), (2_000, -9_300)];

/// Costs of the pairs of two bytes from `a1` to `fe`.
struct Pairs(Vec<i64>);

impl Pairs {
    fn new(characters: &str, table: &'static Table) -> Self {
        let mut costs = vec![0; 256 * 256];
        for (rank, c) in characters.chars().enumerate() {
            let text = c.to_string();
            let (bytes, ..) = table.encode(&text);
            let cost = RANKS.iter().find(|(up_to, _)| rank < *up_to).map(|(_, cost)| *cost);
            if let ([lead, trail], Some(cost)) = (&bytes[..], cost) {
                costs[usize::from(*lead) << 8 | usize::from(*trail)] = cost;
            }
        }
        Self(costs)
    }

    fn frequent(&self, lead: u8, trail: u8) -> Option<i64> {
        let cost = self.0[usize::from(lead) << 8 | usize::from(trail)];
        (cost != 0).then_some(cost)
    }
}

static GB: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(SIMPLIFIED, GBK));
static KR: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(HANGUL, EUC_KR));
static BIG: LazyLock<Pairs> = LazyLock::new(|| Pairs::new(TRADITIONAL, BIG5));

/// GB 18030.
pub(crate) fn gb18030(line: &[u8]) -> i64 {
    pairs(line, |lead, trail| match (lead, trail) {
        (0x81..=0xfe, 0x30..=0x39) => -16_000,
        (0xb0..=0xd7, 0xa1..=0xfe) => GB.frequent(lead, trail).unwrap_or(-10_800),
        (0xd8..=0xf7, 0xa1..=0xfe) => GB.frequent(lead, trail).unwrap_or(-13_300),
        (0xa1 | 0xa3, 0xa1..=0xfe) => -7_500,
        (0xa2, 0xa1..=0xfe) => -9_500,
        (0xa4..=0xa9, 0xa1..=0xfe) => -13_500,
        (0xaa..=0xaf | 0xf8..=0xfe, 0xa1..=0xfe) | (0xa1..=0xa7, 0x40..=0xa0) => -19_000,
        (0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe) => -15_800,
        _ => BROKEN,
    })
}

/// Big5.
pub(crate) fn big5(line: &[u8]) -> i64 {
    pairs(line, |lead, trail| match (lead, trail) {
        (_, 0..=0x3f | 0x7f..=0xa0 | 0xff) => BROKEN,
        (0xa1..=0xa3, _) => -7_800,
        (0xa4..=0xc6, _) => BIG.frequent(lead, trail).unwrap_or(-10_400),
        (0xc9..=0xf9, _) => -14_500,
        _ => BROKEN,
    })
}

/// EUC-KR.
pub(crate) fn euc_kr(line: &[u8]) -> i64 {
    pairs(line, |lead, trail| match (lead, trail) {
        (_, 0..=0xa0 | 0xff) => BROKEN,
        (0xb0..=0xc8, _) => KR.frequent(lead, trail).unwrap_or(-9_300),
        (0xa1..=0xa3, _) => -8_000,
        (0xca..=0xfd, _) => -13_500,
        _ => BROKEN,
    })
}

fn pairs(line: &[u8], cost: impl Fn(u8, u8) -> i64) -> i64 {
    let (mut at, mut sum) = (0, 0);
    while let Some(lead) = line.get(at).copied() {
        if lead < 0x80 {
            at += 1;
            continue;
        }
        sum += line.get(at + 1).map_or(BROKEN, |trail| cost(lead, *trail));
        at += 2;
    }
    sum
}

/// Shift-JIS.
pub(crate) fn shift_jis(line: &[u8]) -> i64 {
    let (mut at, mut sum, mut before) = (0, 0, 0_u8);
    while let Some(lead) = line.get(at).copied() {
        match lead {
            0..=0x7f => at += 1,
            0xa1..=0xdf => {
                sum += half_kana(before, lead);
                at += 1;
            }
            _ => {
                sum += line.get(at + 1).map_or(BROKEN, |trail| kana_or_kanji(lead, *trail));
                at += 2;
            }
        }
        before = lead;
    }
    sum
}

/// A half-width kana. A mark of voice stands behind the letters that take it, and no small letter begins a word.
fn half_kana(before: u8, kana: u8) -> i64 {
    let voiced = matches!(before, 0xb3 | 0xb6..=0xc4 | 0xca..=0xce);
    match kana {
        0xde if voiced => -3_500,
        0xdf if matches!(before, 0xca..=0xce) => -4_000,
        0xde | 0xdf => -12_000,
        0xa7..=0xb0 if !(0xb1..=0xdf).contains(&before) => -10_000,
        0xa1..=0xa5 => -8_000,
        _ => -4_300,
    }
}

fn kana_or_kanji(lead: u8, trail: u8) -> i64 {
    match (lead, trail) {
        (_, 0..=0x3f | 0x7f | 0xfd..=0xff) => BROKEN,
        (0x82, 0x9f..=0xf1) => -4_700,
        (0x83, 0x40..=0x96) => -5_200,
        (0x81, _) => -6_500,
        (0x82, 0x4f..=0x9a) => -8_000,
        (0x88..=0x97, _) => -8_300,
        (0x98..=0x9f | 0xe0..=0xea, _) => -13_000,
        _ => BROKEN,
    }
}

/// Windows-1252.
pub(crate) fn latin1(line: &[u8]) -> i64 {
    let mut sum = 0;
    for (at, byte) in line.iter().copied().enumerate().filter(|(_, byte)| *byte >= 0x80) {
        let near = |at: Option<usize>| at.and_then(|at| line.get(at)).copied().unwrap_or(0);
        let (before, behind) = (near(at.checked_sub(1)), near(at.checked_add(1)));
        let in_word = before.is_ascii_alphabetic() || behind.is_ascii_alphabetic();
        sum += match byte {
            0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0xff if in_word => -4_500,
            0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0xff => -5_000,
            0xa0..=0xbf | 0xd7 | 0xf7 => -8_000,
            0x80 | 0x85 | 0x91..=0x97 | 0x99 => -8_000,
            0x81 | 0x8d | 0x8f | 0x90 | 0x9d => BROKEN,
            _ => -10_000,
        };
    }
    sum
}
