//! How a code file is to be read, as the upload's query and media type say it.

use codefile::WORKBOOK_MEDIA_TYPE;
use domain::inventory::{FileFormat, ImportSettings};
use edge::problem::{ErrorCode, Problem};
use edge::wire::{Decimal, EncodingName, Name, OnDoubt, OnQuestion, OnVoided, Separator};
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::IntoParams;

/// What an upload says of its file.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// The header of the card number's column, when it is none of the usual names (CSV).
    #[param(inline)]
    pub number: Option<Name>,
    /// The header of the password's column, when it is none of the usual names (CSV).
    #[param(inline)]
    pub password: Option<Name>,
    /// The header of the date's column, when it is none of the usual names (CSV).
    #[param(inline)]
    pub valid_until: Option<Name>,
    /// What stands between fields: one ASCII character for CSV, any text for plain text; `none` leaves each line whole.
    #[param(inline)]
    pub separator: Option<Separator>,
    /// Field codes by place, parted by commas: `number,password,-,valid_until`; `-` leaves a column out.
    #[param(inline)]
    pub columns: Option<Name>,
    /// How the file spells characters, when that is not plain: `utf-8`, `gb18030`, `big5`, `shift_jis`, `latin1` …
    #[param(inline)]
    pub encoding: Option<EncodingName>,
    /// Records of several lines (plain text): `blank` for a blank line between them, else the line that parts them.
    #[param(inline)]
    pub record: Option<Name>,
    /// What becomes of rows that may be twins of others: `hold` (usual), `accept` or `drop`.
    #[param(inline)]
    pub on_doubt: Option<OnDoubt>,
    /// What becomes of the import when the file has a question: `fail` (usual; an answer opens it again) or `wait`.
    #[param(inline)]
    pub on_question: Option<OnQuestion>,
    /// What becomes of rows that were voided before anybody saw them: `duplicate` (usual) or `readmit`.
    #[param(inline)]
    pub on_voided: Option<OnVoided>,
    /// What the merchant calls the batch.
    #[param(inline)]
    pub name: Option<Name>,
    /// Who supplied the codes.
    #[param(inline)]
    pub supplier: Option<Name>,
    /// What one code cost, in the currency of the SKU.
    #[param(inline)]
    pub unit_cost: Option<Decimal>,
}

/// What `separator` says when each line is one value.
pub const WHOLE_LINE: &str = "none";

/// Whether columns are named as fields are, each once.
pub fn check_columns(columns: &[impl AsRef<str>]) -> Result<(), Problem> {
    let columns: Vec<&str> = columns.iter().map(AsRef::as_ref).collect();
    let wrong = |detail: String| Err(Problem::invalid("columns", detail));
    for (i, column) in columns.iter().enumerate() {
        if *column == "-" {
            continue;
        }
        if !codefile::is_field_code(column) {
            let place = i + 1;
            return wrong(format!(
                "column {place}: use small letters, digits and _, or - to leave it out"
            ));
        }
        if columns[..i].contains(column) {
            return wrong(format!("{column} is named twice"));
        }
    }
    match columns.iter().any(|column| !["-", codefile::VALID_UNTIL].contains(column)) {
        true => Ok(()),
        false => wrong("name at least one field".to_owned()),
    }
}

/// Whether an encoding is one that is read.
pub fn check_encoding(name: &str) -> Result<(), Problem> {
    let known = codefile::Encoding::ALL.map(codefile::Encoding::name).join(", ");
    let wrong = || Problem::invalid("encoding", format!("use one of {known}"));
    codefile::Encoding::parse(name).map(|_| ()).ok_or_else(wrong)
}

impl UploadQuery {
    /// How the file is to be read. Dates without a zone end in the merchant's.
    pub fn settings(
        &self,
        media_type: Option<&str>,
        zone: String,
    ) -> Result<ImportSettings, Problem> {
        let format = match media_type {
            // A workbook is known by its content; a sheet of it is read like CSV.
            Some("text/csv" | WORKBOOK_MEDIA_TYPE) => FileFormat::Csv,
            Some("text/plain") => FileFormat::Txt,
            _ => {
                let detail = "send the file with `Content-Type: text/csv`, `text/plain` or that of an .xlsx workbook";
                return Err(Problem::new(ErrorCode::UnsupportedMediaType, detail));
            }
        };
        match format {
            FileFormat::Csv => self.check_csv()?,
            FileFormat::Txt => self.check_txt()?,
        }
        let text = |name: &Option<Name>| name.as_ref().map(|name| name.0.clone());
        let columns = self.columns.as_ref().map(|columns| columns.0.split(',').map(str::trim));
        let columns = columns.map(|columns| columns.map(str::to_owned).collect::<Vec<_>>());
        columns.as_deref().map(check_columns).transpose()?;
        self.encoding.as_ref().map(|encoding| check_encoding(&encoding.0)).transpose()?;
        if self.record.is_some() && format == FileFormat::Csv {
            return Err(Problem::invalid(
                "record",
                "a CSV file has quotes for this; send text/plain",
            ));
        }
        let separator = self.separator.as_ref().map(|separator| separator.0.clone());
        let whole_line = separator.as_deref() == Some(WHOLE_LINE);
        Ok(ImportSettings {
            format,
            separator: separator.filter(|_| !whole_line),
            whole_line,
            record: text(&self.record)
                .map(|mark| if mark == "blank" { String::new() } else { mark }),
            encoding: self.encoding.as_ref().map(|encoding| encoding.0.clone()),
            columns,
            number: text(&self.number),
            password: text(&self.password),
            valid_until: text(&self.valid_until),
            zone,
            answers: BTreeMap::new(),
            on_doubt: self.on_doubt.map_or_else(Default::default, |word| word.0),
            on_question: self.on_question.map_or_else(Default::default, |word| word.0),
            on_voided: self.on_voided.map_or_else(Default::default, |word| word.0),
            doubts: None,
        })
    }

    fn check_csv(&self) -> Result<(), Problem> {
        let Some(Separator(separator)) = &self.separator else { return Ok(()) };
        match separator.as_bytes() {
            _ if separator == WHOLE_LINE => return Ok(()),
            [b'"' | b'\r' | b'\n'] => {}
            [byte] if byte.is_ascii() => return Ok(()),
            _ => {}
        }
        let detail = "send one ASCII character that is no quote and no line break, as , ; or %09";
        Err(Problem::invalid("separator", detail))
    }

    fn check_txt(&self) -> Result<(), Problem> {
        let columns = [
            ("number", &self.number),
            ("password", &self.password),
            ("valid_until", &self.valid_until),
        ];
        for (field, column) in columns {
            if column.is_some() {
                return Err(Problem::invalid(field, "plain text has no header; send text/csv"));
            }
        }
        let Some(Separator(separator)) = &self.separator else { return Ok(()) };
        if separator.contains(['\r', '\n']) {
            return Err(Problem::invalid("separator", "a line is one code; send no line break"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(media_type: &str, query: &str, expected: Result<FileFormat, &str>) {
        let read: UploadQuery = serde_urlencoded::from_str(query).expect(query);
        let settings = read.settings(Some(media_type), "Asia/Shanghai".into());
        let format = settings.map(|settings| settings.format).map_err(|problem| {
            problem.errors.first().map_or(problem.code.name().to_owned(), |e| e.field.clone())
        });
        assert_eq!(format, expected.map_err(str::to_owned), "{media_type} {query}");
    }

    #[test]
    fn what_cannot_be_is_refused_before_the_file_comes_in() {
        check("text/csv", "", Ok(FileFormat::Csv));
        check("text/csv", "separator=%09&number=SN&unit_cost=1.5", Ok(FileFormat::Csv));
        check("text/plain", "separator=----", Ok(FileFormat::Txt));
        check("application/json", "", Err("unsupported_media_type"));
        for separator in ["%22", "%0A", "%0D", "ab", "%E5%8D%95"] {
            check("text/csv", &format!("separator={separator}"), Err("separator"));
        }
        check("text/csv", "separator=none", Ok(FileFormat::Csv));
        check(
            "text/csv",
            "columns=number,-,valid_until&encoding=GBK&on_doubt=accept",
            Ok(FileFormat::Csv),
        );
        for columns in ["number,,", "A", "number,number", "-,valid_until", "a%20b"] {
            check("text/csv", &format!("columns={columns}"), Err("columns"));
        }
        check("text/csv", "encoding=ebcdic", Err("encoding"));
        check("text/csv", "record=blank", Err("record"));
        check("text/plain", "separator=a%0A", Err("separator"));
        check("text/plain", "password=code", Err("password"));
    }
}
