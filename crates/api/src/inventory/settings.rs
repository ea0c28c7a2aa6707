//! How a code file is to be read, as the upload's query and media type say it.

use crate::problem::{Code, Problem};
use crate::wire::{Decimal, Name, Separator};
use domain::inventory::{FileFormat, ImportSettings};
use serde::Deserialize;
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
    /// What stands between fields: one ASCII character for CSV, any text for plain text.
    #[param(inline)]
    pub separator: Option<Separator>,
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

impl UploadQuery {
    /// How the file is to be read. Dates without a zone end in the merchant's.
    pub fn settings(
        &self,
        media_type: Option<&str>,
        zone: String,
    ) -> Result<ImportSettings, Problem> {
        let format = match media_type {
            Some("text/csv") => FileFormat::Csv,
            Some("text/plain") => FileFormat::Txt,
            _ => {
                let detail = "send the file with `Content-Type: text/csv` or `text/plain`";
                return Err(Problem::new(Code::UnsupportedMediaType, detail));
            }
        };
        match format {
            FileFormat::Csv => self.check_csv()?,
            FileFormat::Txt => self.check_txt()?,
        }
        let text = |name: &Option<Name>| name.as_ref().map(|name| name.0.clone());
        Ok(ImportSettings {
            format,
            separator: self.separator.as_ref().map(|separator| separator.0.clone()),
            number: text(&self.number),
            password: text(&self.password),
            valid_until: text(&self.valid_until),
            zone,
        })
    }

    fn check_csv(&self) -> Result<(), Problem> {
        let Some(Separator(separator)) = &self.separator else { return Ok(()) };
        match separator.as_bytes() {
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
        check("text/plain", "separator=a%0A", Err("separator"));
        check("text/plain", "password=code", Err("password"));
    }
}
