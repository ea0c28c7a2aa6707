//! A first plan, made of the start of a file and of what was told.

use crate::builtin::plain;
use crate::column::Column;
use crate::finding::Finding;
use crate::limits::HEAD_BYTES;
use crate::lines::Lines;
use crate::plan::{Plan, PlanColumn, csv_byte};
use crate::records::{Records, Shape};
use crate::source::{self, Source};
use crate::told::{Format, Separator, Told};
use crate::{Encoding, FileError, Meaning, date, header};
use std::io::{self, Cursor, Read};
use vault::Zeroizing;

/// The start of a file, as it came.
pub(crate) struct Head {
    pub(crate) raw: Zeroizing<Vec<u8>>,
}

impl Head {
    pub(crate) fn read(file: &mut impl Read) -> io::Result<Self> {
        let mut raw = Zeroizing::new(Vec::with_capacity(HEAD_BYTES));
        file.take(HEAD_BYTES as u64).read_to_end(&mut raw)?;
        Ok(Self { raw })
    }
}

/// A plan that the rest of the file may prove wrong.
pub(crate) struct Draft {
    pub(crate) plan: Plan,
    /// Whether the encoding is certain.
    pub(crate) decided: bool,
    pub(crate) columns: Vec<Column>,
    pub(crate) findings: Vec<Finding>,
}

pub(crate) fn draft(head: &Head, told: &Told) -> Result<Draft, FileError> {
    let encoding = encoding(head, told);
    let names = match told.format {
        Format::Csv => Some(csv_header(head, encoding, told)?),
        Format::Txt => None,
    };
    let (separator, above, headers) = match names {
        Some((separator, above, names)) => {
            (Some(separator), above, names.into_iter().map(Some).collect())
        }
        None => {
            let separator = match &told.separator {
                Some(Separator::Text(text)) => Some(text.clone()),
                _ => None,
            };
            let columns = if separator.is_some() { 2 } else { 1 };
            (separator, 0, vec![None; columns])
        }
    };
    let columns: Vec<Column> = headers
        .iter()
        .enumerate()
        .map(|(at, header): (usize, &Option<String>)| {
            let meaning = match (header, told.format, headers.len(), at) {
                (Some(header), ..) => header::meaning(header, told),
                (None, _, 1, _) => Some(header::of_code("password", None, &told.fields)),
                (None, ..) => Some(header::of_code(
                    ["number", "password", "valid_until"][at],
                    None,
                    &told.fields,
                )),
            };
            Column {
                place: at + 1,
                header: header.clone(),
                meaning: meaning.unwrap_or(Meaning::Unknown),
            }
        })
        .collect();
    let plan_column = |column: &Column| PlanColumn {
        meaning: column.meaning.clone(),
        header: column.header.as_deref().map(plain),
        no_dates: false,
        no_rounded: false,
    };
    let plan = Plan {
        encoding,
        format: told.format,
        separator,
        record: told.record.clone(),
        above,
        cells_min: columns.len(),
        columns: columns.iter().map(plan_column).collect(),
        fields: told.fields.iter().map(|field| field.code.clone()).collect(),
        dates: date::Rules::default(),
        clean: Vec::new(),
        skip_odd: false,
        skip_totals: false,
        no_quoted_records: false,
        zone: told.zone.clone(),
        now: told.now,
    };
    Ok(Draft { plan, decided: true, columns, findings: Vec::new() })
}

fn encoding(head: &Head, told: &Told) -> Encoding {
    let by_mark = source::mark(&head.raw).map(|(encoding, _)| encoding);
    by_mark.or(told.encoding).unwrap_or_else(|| {
        if std::str::from_utf8(&head.raw).is_ok() { Encoding::Utf8 } else { Encoding::Gb18030 }
    })
}

fn csv_header(
    head: &Head,
    encoding: Encoding,
    told: &Told,
) -> Result<(String, u64, Vec<String>), FileError> {
    let separator = match &told.separator {
        Some(Separator::Text(text)) => text.clone(),
        _ => ",".to_owned(),
    };
    let byte = csv_byte(&separator)?;
    let lines = Lines::new(Source::open(Cursor::new(&head.raw[..]), encoding)?);
    let mut records = Records::new(lines, Some(encoding), Shape::Csv(Some(byte)));
    match records.next(&mut |_| {})? {
        None => Err(FileError::Empty),
        Some(Err(lost)) => Err(FileError::HeaderUnread(lost.cause)),
        Some(Ok(record)) => Ok((
            separator,
            record.line,
            record.cells().map(|cell| cell.trim().to_owned()).collect(),
        )),
    }
}
