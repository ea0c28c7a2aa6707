//! Files made of records: what is read is the record, or the file was stopped, or its line was refused.
//!
//! `CODEFILE_CASES=100000` searches longer than the usual run, and elsewhere each time.

use super::*;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;

/// Fields that a file may have: the code, a Chinese header and an English one.
const FIELDS: [(&str, &str, &str); 7] = [
    ("number", "卡号", "Card No"),
    ("password", "密码", "password"),
    ("account", "账号", "account"),
    ("email", "邮箱", "E-mail"),
    ("extract_code", "提取码", "extract_code"),
    ("totp", "2FA密钥", "TOTP"),
    ("link", "链接", "URL"),
];

/// What is done to one value, and what becomes of its record.
const DAMAGE: [&str; 8] =
    ["8.96529E+19", "#REF!", "####", "'0012", "A\u{202e}B", "A\u{fffd}", "=1+1", "1.2E-7"];

#[derive(Debug, Clone)]
struct File {
    fields: Vec<usize>,
    records: Vec<Vec<String>>,
    /// Records with a damaged value, and the place of it.
    damaged: Vec<(usize, usize, &'static str)>,
    chinese: bool,
    separator: char,
    quote_all: bool,
    line_end: &'static str,
    mark: bool,
    encoding: Encoding,
    ends_in_line: bool,
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[A-Za-z0-9]{4,16}",
        2 => "[A-Z0-9]{5}(-[A-Z0-9]{5}){1,3}",
        2 => "[0-9]{10,19}",
        1 => "[a-z]{3,8}@example\\.com",
        1 => "https://example\\.com/[A-Za-z0-9]{5,9}\\?pwd=[a-z0-9]{4}",
        2 => "[!#$%&*+,;:|?~\"'a-zA-Z0-9 -]{1,12}",
        1 => "[账号密码是天地玄黄]{1,6}[0-9]{0,4}",
        1 => "[a-z]{2,5}: [A-Z0-9]{3,6}\n[a-z]{2,5}: [A-Z0-9,;]{3,6}(\n[A-Za-z0-9]{1,6})?",
    ]
    .prop_map(|text| text.trim().to_owned())
}

fn file() -> impl Strategy<Value = File> {
    let fields =
        proptest::sample::subsequence((0..FIELDS.len()).collect::<Vec<_>>(), 2..=6).prop_shuffle();
    let look = (
        any::<bool>(),
        select(vec![',', ';', '\t', '|']),
        any::<bool>(),
        select(vec!["\n", "\r\n", "\r"]),
        any::<bool>(),
        select(vec![Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be]),
        any::<bool>(),
    );
    (fields, 1..12_usize, look).prop_flat_map(|(fields, rows, look)| {
        let count = fields.len();
        let records = proptest::collection::vec(proptest::collection::vec(value(), count), rows);
        let damaged = proptest::collection::vec((0..rows, 0..count, select(&DAMAGE[..])), 0..3);
        let (chinese, separator, quote_all, line_end, mark, encoding, ends_in_line) = look;
        (records, damaged).prop_map(move |(records, damaged)| File {
            fields: fields.clone(),
            records,
            damaged,
            chinese,
            separator,
            quote_all,
            line_end,
            mark,
            encoding,
            ends_in_line,
        })
    })
}

impl File {
    fn cell(&self, row: usize, place: usize) -> String {
        let damage = self.damaged.iter().find(|(at, field, _)| (*at, *field) == (row, place));
        damage.map_or_else(|| self.records[row][place].clone(), |(.., damage)| (*damage).to_owned())
    }

    fn quoted(&self, text: &str) -> String {
        let must = text.contains([self.separator, '"', '\n', '\r']);
        if must || self.quote_all {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    }

    fn text(&self) -> String {
        let headers = self.fields.iter().map(|field| {
            let (_, zh, en) = FIELDS[*field];
            if self.chinese { zh.to_owned() } else { en.to_owned() }
        });
        let mut lines = vec![headers.collect::<Vec<_>>()];
        for row in 0..self.records.len() {
            lines.push((0..self.fields.len()).map(|place| self.cell(row, place)).collect());
        }
        let separator = self.separator.to_string();
        let lines = lines.iter().map(|cells| {
            cells.iter().map(|cell| self.quoted(cell)).collect::<Vec<_>>().join(&separator)
        });
        let mut text = lines.collect::<Vec<_>>().join("\n");
        if self.ends_in_line {
            text.push('\n');
        }
        text.replace('\n', self.line_end)
    }

    fn bytes(&self) -> Vec<u8> {
        let text = self.text();
        let mark = if self.mark { "\u{feff}" } else { "" };
        match self.encoding {
            Encoding::Gb18030 => encoding_rs::GB18030.encode(&text).0.into_owned(),
            Encoding::Utf16Le => {
                format!("{mark}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
            }
            Encoding::Utf16Be => {
                format!("{mark}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect()
            }
            _ => format!("{mark}{text}").into_bytes(),
        }
    }

    /// The record as a buyer must get it.
    fn expected(&self, row: usize) -> BTreeMap<String, String> {
        let codes = self.fields.iter().map(|field| FIELDS[*field].0.to_owned());
        let record = codes.zip(self.records[row].iter().cloned());
        record.filter(|(_, value)| !value.is_empty()).collect()
    }
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("CODEFILE_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if cases.is_some() { RngSeed::Random } else { RngSeed::Fixed(20_261) };
    ProptestConfig {
        cases: cases.unwrap_or(400),
        failure_persistence: None,
        max_global_rejects: u32::MAX,
        rng_seed,
        ..ProptestConfig::default()
    }
}

/// A code with its line, or the line of an error.
type Read = Result<(u64, BTreeMap<String, String>), u64>;

/// The codes of a file that went straight through; `None` when it was stopped.
fn codes(bytes: &[u8], told: &Told) -> Option<Vec<Read>> {
    let inspection = inspect(bytes, told).ok()?;
    assert_eq!(inspection, inspect(bytes, told).expect("it was inspected before"));
    if !inspection.is_plain() {
        return None;
    }
    let rows = CodeFile::new(bytes, &inspection.plan()).expect("a plan");
    let rows: Vec<_> = rows
        .map(|row| match row.expect("the file is read to its end") {
            Ok(row) => {
                let fields = row
                    .fields
                    .iter()
                    .map(|field| (field.code.to_string(), field.value.to_string()));
                Ok((row.line, fields.collect()))
            }
            Err(error) => Err(error.line),
        })
        .collect();
    assert_eq!(rows.len() as u64, inspection.rows);
    Some(rows)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_csv_file_gives_its_records_or_is_stopped(file in file()) {
        if let Some(rows) = codes(&file.bytes(), &csv()) {
            let mut row = 0;
            for (_, found) in rows.into_iter().flatten() {
                // What was refused is passed over; what was read is the next record as it is.
                while row < file.records.len() && file.expected(row) != found {
                    row += 1;
                }
                prop_assert!(row < file.records.len(), "no such record: {found:?}");
                prop_assert!(file.damaged.iter().all(|(at, ..)| *at != row), "damage was read: {found:?}");
                row += 1;
            }
        }
    }

    #[test]
    fn a_quote_that_is_missing_never_makes_a_code(file in file(), hit in any::<prop::sample::Index>()) {
        let text = file.text();
        let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
        prop_assume!(!quotes.is_empty());
        let mut broken = text.clone();
        broken.remove(quotes[hit.index(quotes.len())]);
        if let Some(rows) = codes(broken.as_bytes(), &separated(csv(), &file.separator.to_string())) {
            let all: Vec<_> = (0..file.records.len()).map(|row| file.expected(row)).collect();
            let whole = |found: &BTreeMap<String, String>| all.contains(found);
            // A quote within a value can be lost without anybody seeing it; a record torn or merged is seen.
            let values: Vec<String> = all.iter().flat_map(|record| record.values().map(|v| v.replace('"', ""))).collect();
            for (_, found) in rows.into_iter().flatten() {
                let same = found.values().all(|value| values.contains(&value.replace('"', "")));
                prop_assert!(whole(&found) || same, "torn: {found:?}");
            }
        }
    }

    #[test]
    fn a_text_file_gives_its_records_or_is_stopped(
        rows in prop::collection::vec(("[A-Za-z0-9]{4,12}", "[A-Za-z0-9!#$%,;:|@ ][A-Za-z0-9!#$%,;:|@ -]{3,13}"), 1..10),
        separator in select(vec!["\t", "----", ",", "|", " ", "--", ":"]),
        header in any::<bool>(),
        told in any::<bool>(),
        line_end in select(vec!["\n", "\r\n"]),
    ) {
        let mut text = if header { format!("卡号{separator}密码{line_end}") } else { String::new() };
        for (number, password) in &rows {
            text += &format!("{number}{separator}{password}{line_end}");
        }
        let settings = if told { separated(txt(), separator) } else { txt() };
        if let Some(found) = codes(text.as_bytes(), &settings) {
            for (line, found) in found.into_iter().flatten() {
                let row = usize::try_from(line).expect("a line") - 1 - usize::from(header);
                let (number, password) = &rows[row];
                let record = [("number", number), ("password", password)];
                let expected: BTreeMap<String, String> =
                    record.into_iter().map(|(code, value)| (code.to_owned(), value.trim().to_owned())).collect();
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn plain_files_go_straight_through(
        rows in prop::collection::vec(("[A-Z]{2}[0-9]{6}", "[A-Z][A-Za-z0-9]{7,15}"), 1..30),
        separator in select(vec![',', ';', '\t']),
        encoding in select(vec![Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le]),
        quote_all in any::<bool>(),
    ) {
        let records: Vec<Vec<String>> = rows.into_iter().map(|(number, password)| vec![number, password]).collect();
        let file = File {
            fields: vec![0, 1], records, damaged: Vec::new(), chinese: true, separator, quote_all,
            line_end: "\r\n", mark: false, encoding, ends_in_line: true,
        };
        let found = codes(&file.bytes(), &csv());
        prop_assert!(found.is_some(), "stopped: {:?}", inspect(&file.bytes()[..], &csv()));
        for (row, found) in found.into_iter().flatten().enumerate() {
            prop_assert_eq!(found.map(|(_, found)| found), Ok(file.expected(row)));
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..600), as_csv in any::<bool>()) {
        codes(&bytes, &if as_csv { csv() } else { txt() });
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[a-c1-9\"\n\r,;\t| ----号码密卡é\u{a0}\u{ff21}]{0,200}", as_csv in any::<bool>()) {
        codes(text.as_bytes(), &if as_csv { csv() } else { txt() });
    }
}
