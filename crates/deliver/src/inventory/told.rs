//! What is said of a file, as its reader takes it.

use codefile::{Encoding, FieldSpec, Format, Names, RecordMark, Separator, Told};
use domain::inventory::settings::{FileFormat, ImportSettings};
use kernel::Timestamp;

/// What the settings of an import and the fields of its SKU say. Dates are judged by the time of the upload, so that
/// every reading of a file judges alike.
pub(super) fn told(settings: &ImportSettings, fields: Vec<FieldSpec>, now: Timestamp) -> Told {
    let text = settings.separator.clone().map(Separator::Text);
    Told {
        format: match settings.format {
            FileFormat::Csv => Format::Csv,
            FileFormat::Txt => Format::Txt,
        },
        encoding: settings.encoding.as_deref().and_then(Encoding::parse),
        separator: if settings.whole_line { Some(Separator::WholeLine) } else { text },
        record: settings.record.as_ref().map(|mark| match mark.as_str() {
            "" => RecordMark::BlankLine,
            mark => RecordMark::Mark(mark.to_owned()),
        }),
        columns: settings.columns.clone(),
        names: Names {
            number: settings.number.clone(),
            password: settings.password.clone(),
            valid_until: settings.valid_until.clone(),
        },
        fields,
        zone: settings.zone.clone(),
        now,
        answers: settings.answers.clone(),
    }
}
