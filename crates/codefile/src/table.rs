//! A whole small file as rows of text, for what is no code file: lists that a merchant keeps in a spreadsheet.

use crate::{Encoding, FileError, open, source};
use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{Cursor, Read};

/// Rows with anything in them, each with its line, from 1.
pub type Rows = Vec<(u64, Vec<String>)>;

/// Signs that may stand between fields; of those the first line has most of one.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Reads a CSV file, whatever its encoding and its separator, or the first sheet with rows of a workbook. Cells lose the spaces
/// around them. A formula is told as `=0`, whatever it says.
///
/// # Errors
/// [`FileError::NotText`] of what is neither, [`FileError::Empty`] of what has no row, and those of workbooks.
pub fn table(file: &[u8]) -> Result<Rows, FileError> {
    let mut bytes = Vec::new();
    open(Cursor::new(file), None)?.read_to_end(&mut bytes)?;
    let text = decoded(&bytes).ok_or(FileError::NotText)?;
    let first = text.lines().find(|line| !line.trim().is_empty()).ok_or(FileError::Empty)?;
    let count = |sign: &char| first.matches(*sign).count();
    let separator = SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(',');
    let mut rows = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator as u8)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|_| FileError::NotText)?;
        let at = record.position().map_or(0, |place| place.byte() as usize);
        if record.iter().any(|cell| !cell.is_empty()) {
            rows.push((line(&text, at), record.iter().map(str::to_owned).collect()));
        }
    }
    Ok(rows)
}

/// The line of a record that begins at a byte, or behind the line ends there.
fn line(text: &str, at: usize) -> u64 {
    let (before, rest) = text.as_bytes().split_at(at.min(text.len()));
    let ends = rest.iter().take_while(|byte| b"\r\n".contains(byte));
    1 + before.iter().chain(ends).filter(|byte| **byte == b'\n').count() as u64
}

/// The text of bytes: by their mark, else UTF-8, else what Chinese spreadsheets write. None of what is no text.
fn decoded(bytes: &[u8]) -> Option<String> {
    let whole = |encoding: &'static encoding_rs::Encoding, bytes| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
    };
    let text: Option<String> = match source::mark(bytes) {
        Some((Encoding::Utf16Le, mark)) => whole(UTF_16LE, &bytes[mark..]),
        Some((Encoding::Utf16Be, mark)) => whole(UTF_16BE, &bytes[mark..]),
        Some((Encoding::Gb18030, mark)) => whole(GB18030, &bytes[mark..]),
        Some((_, mark)) => whole(UTF_8, &bytes[mark..]),
        None => whole(UTF_8, bytes).or_else(|| whole(GB18030, bytes)),
    };
    text.filter(|text| !text.contains(|c: char| c.is_control() && !"\r\n\t".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(file: &[u8]) -> Vec<Vec<String>> {
        table(file).expect("a table").into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn a_table_is_read_in_any_encoding_and_with_any_separator() {
        let wanted = [["商品名称", "售价"], ["星河,月卡", "19.90"]]
            .map(|row| row.map(str::to_owned).to_vec());
        let text = "商品名称,售价\r\n\"星河,月卡\", 19.90 \r\n,\r\n";
        assert_eq!(cells(text.as_bytes()), wanted);
        assert_eq!(cells(format!("\u{feff}{text}").as_bytes()), wanted);
        let (gbk, ..) = GB18030.encode(text);
        assert_eq!(cells(&gbk), wanted);
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(cells(&wide), wanted);
        assert_eq!(
            cells(
                text.replace("称,", "称\t")
                    .replace("\",", "\"\t")
                    .replace("\r\n,", "\r\n")
                    .as_bytes()
            ),
            wanted
        );
        assert_eq!(cells("a;b\n\"1;2\";3".as_bytes()), [["a", "b"], ["1;2", "3"]]);
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let lines = |text: &str| {
            table(text.as_bytes())
                .expect("a table")
                .into_iter()
                .map(|(line, _)| line)
                .collect::<Vec<_>>()
        };
        assert_eq!(lines("a,b\n\n1,2\n\"x\ny\",3\n4,5\n"), [1, 3, 4, 6]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(table(b""), Err(FileError::Empty)));
        assert!(matches!(table(b"\n \n"), Err(FileError::Empty)));
        assert!(matches!(table(b"\x89PNG\r\n\x1a\n\0\0"), Err(FileError::NotText)));
        assert!(table(b"PK\x03\x04rubbish").is_err());
    }
}
