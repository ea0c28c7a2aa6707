//! What is wrong with a row or with a whole file, with code, cure and Chinese.
//!
//! Nothing of the file's text is in here: not in a field, not in a message.

use std::io;

/// Why one record gave no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", cause.message())]
pub struct RowError {
    /// The physical line where the record begins, from 1, the header counted.
    pub line: u64,
    /// How many physical lines are lost with it.
    pub lines: u64,
    /// The code of the field, or `valid_until`, when one is at fault.
    pub column: Option<String>,
    /// What is wrong with it.
    pub cause: Cause,
}

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $en:literal, $zh:literal;)*) => {
        /// What is wrong with a row.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Cause {
            $($(#[$doc])* $name,)*
        }

        impl Cause {
            /// All causes, for tables and tests.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// A stable word for programs, what is wrong and how to cure it, and the same in Chinese.
            fn texts(self) -> [&'static str; 3] {
                match self {
                    $(Self::$name => [$code, $en, $zh],)*
                }
            }
        }
    };
}

causes! {
    /// The line is longer than any code.
    LineTooLong = "line_too_long",
        "the line is longer than 65536 bytes; write one code per line",
        "该行超过 65536 字节，请每行只写一个卡密";
    /// A record of several lines is longer than any code.
    RecordTooLong = "record_too_long",
        "the record is longer than 131072 bytes; look for a quote or a dividing line that is missing",
        "该记录超过 131072 字节，请检查是否缺少结束引号或分隔行";
    /// The bytes are no text in the file's encoding.
    Encoding = "bad_encoding",
        "the line is not text in the file's encoding; save the file as UTF-8",
        "该行不是有效文本，请将文件另存为 UTF-8 编码";
    /// A quote opens and never closes.
    QuoteNotClosed = "quote_not_closed",
        "a quote opens here and never closes, so nothing behind it was read; end the field with a quote",
        "此处的引号一直没有闭合，其后的内容均未读取，请补上结束引号";
    /// A quote in the middle of a field.
    QuoteMisplaced = "quote_misplaced",
        "a quote stands inside a field; quote the whole field and double the quotes in it",
        "字段中间出现引号，请用引号包住整个字段，并将其中的引号写两遍";
    /// Fewer fields than columns.
    TooFewColumns = "too_few_columns",
        "the line has fewer columns than the file should; add the missing separators",
        "该行列数不足，请补全分隔符";
    /// More fields than columns.
    TooManyColumns = "too_many_columns",
        "the line has more columns than the file should; quote fields that hold separators",
        "该行列数过多，含分隔符的字段请加引号";
    /// A longer run of the sign that divides: it cannot be said which part belongs to a field.
    SeparatorUnclear = "separator_unclear",
        "the separator is longer here than in the file; write it as everywhere else",
        "该行的分隔符比其他行长，无法确定如何拆分，请改成一致的分隔符";
    /// A line before the first that opens a record.
    OutsideRecord = "outside_record",
        "stands above the first line that opens a record; remove it",
        "该行位于第一条记录的起始行之前，请删除";
    /// Columns of another order begin here.
    HeaderChanged = "header_changed",
        "a header with other columns stands above this line; import this part as a file of its own",
        "该行之上出现了不同的表头，请将这一部分另存为单独的文件导入";
    /// A value without the label that stands before the others of its column.
    LabelMissing = "label_missing",
        "has another label than the values above and below it, or none; write the label of the column",
        "该项的标签与其他行不同或缺失，请补上该列的标签";
    /// No field is filled in.
    Empty = "empty",
        "every field of the code is empty; fill in at least one",
        "卡密的各项内容均为空，请至少填写一项";
    /// A value is too long.
    TooLong = "too_long",
        "longer than 16384 bytes; shorten it",
        "超过 16384 字节，请缩短";
    /// A character that nobody can see or type.
    ControlCharacter = "control_character",
        "holds an invisible or unreadable character; remove it",
        "含有不可见或无法识别的字符，请删除";
    /// A spreadsheet would run it.
    Formula = "formula",
        "a spreadsheet would run this as a formula; export it as plain text",
        "该内容会被电子表格当作公式执行，请以纯文本导出";
    /// A number that a spreadsheet wrote with an exponent.
    Exponent = "spreadsheet_exponent",
        "a spreadsheet made a number of this and lost digits; set the column to text and export it again from the original",
        "该内容被电子表格转成了科学计数法，位数已丢失，请将该列设为文本格式后从原始数据重新导出";
    /// An error of a spreadsheet instead of a value.
    ErrorValue = "spreadsheet_error",
        "this is a spreadsheet's or a database's word for a missing value, not a code; export the value itself",
        "这是电子表格或数据库的错误值或空值标记，不是卡密，请重新导出原始内容";
    /// Number signs where a column was too narrow.
    Narrow = "spreadsheet_narrow",
        "the spreadsheet's column was too narrow to show the value; widen it and export again",
        "电子表格列宽不足，内容显示成了 ###，请加宽该列后重新导出";
    /// An apostrophe that was to keep a text a text.
    Apostrophe = "leading_apostrophe",
        "begins with a spreadsheet's apostrophe; remove it and set the column to text",
        "开头有电子表格的撇号，请删除撇号并将该列设为文本格式";
    /// A date that a spreadsheet made of a code.
    DateMade = "spreadsheet_date",
        "a spreadsheet made a date of this code; set the column to text and export it again from the original",
        "该卡密被电子表格转成了日期，请将该列设为文本格式后从原始数据重新导出";
    /// Digits behind the fifteenth are zeros.
    Rounded = "spreadsheet_rounded",
        "a spreadsheet turned the digits behind the fifteenth into zeros; set the column to text and export it again from the original",
        "电子表格将第 15 位之后的数字变成了 0，请将该列设为文本格式后从原始数据重新导出";
    /// Lines within quotes that look like records.
    QuotedRecords = "quoted_records",
        "a quoted value holds lines that look like codes of their own; close the quote where the value ends",
        "引号内含有看起来像独立卡密的多行内容，请在该值结束处闭合引号";
    /// No date that we read.
    DateUnreadable = "date_unreadable",
        "not a date; write it like 2027-01-31 or 2027-01-31T08:00:00+08:00",
        "日期无法识别，请写成 2027-01-31 或 2027-01-31T08:00:00+08:00";
    /// Over before it was imported.
    DatePast = "date_past",
        "the validity is already over; remove the line or correct the date",
        "有效期已过，请删除该行或更正日期";
    /// A voucher's code with more than one value.
    SeveralValues = "several_values",
        "a voucher has one code, and this line has several values; leave the other columns out",
        "一张券只有一个券码，该行有多项内容，请将其他列设为不导入";
}

impl Cause {
    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        self.texts()[0]
    }

    /// What is wrong and how to cure it.
    pub fn message(self) -> &'static str {
        self.texts()[1]
    }

    /// The same in Chinese.
    pub fn message_zh(self) -> &'static str {
        self.texts()[2]
    }
}

/// Why a file as a whole cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The bytes could not be fetched; trying again may help. The others never heal by themselves.
    #[error("the uploaded file cannot be read")]
    Read(#[from] io::Error),
    /// An archive, a picture, a spreadsheet under another name.
    #[error(
        "this is no text: a spreadsheet, a picture, an archive or another binary file; save it as CSV and upload that"
    )]
    NotText,
    /// A workbook that is torn, or that says different things in two places.
    #[error("the workbook is damaged; open it in a spreadsheet, save it again and upload that")]
    WorkbookBroken,
    /// A workbook with a password, or packed as none is.
    #[error(
        "the workbook is locked with a password or packed in an unusual way; save it without and upload that"
    )]
    WorkbookLocked,
    /// A workbook that is larger than what is read of one.
    #[error("the workbook is too large; split it, or save the sheet as CSV and upload that")]
    WorkbookLarge,
    /// No line that is not blank.
    #[error("the file is empty")]
    Empty,
    /// A header and nothing below it.
    #[error("the file has a header but no code below it")]
    NoRows,
    /// The zone is not known.
    #[error("the time zone is not known; name one like Asia/Shanghai")]
    Zone,
    /// The separator cannot be one.
    #[error(
        "separator: for CSV it must be one ASCII character and no quote or line end; for text, any text without line ends"
    )]
    Separator,
    /// Something that was told does not fit the file.
    #[error("{what}: {cure}")]
    Unfit {
        /// The parameter that told it.
        what: String,
        /// How it could fit.
        cure: &'static str,
    },
    /// An answer that no finding has among its choices.
    #[error("answers.{finding}: {cure}")]
    Answer {
        /// The finding that was answered.
        finding: String,
        /// How to answer.
        cure: &'static str,
    },
    /// The header line itself is broken.
    #[error("the first line, which must name the columns, is broken: {}", .0.message())]
    HeaderUnread(Cause),
    /// A name of the column mapping is not in the header.
    #[error("the header has no column {name:?}, which the column mapping names as {column}")]
    ColumnMissing {
        /// What it was to be.
        column: &'static str,
        /// The name in the mapping.
        name: String,
    },
}

impl FileError {
    /// Whether the file may be good and what was told of it is not.
    pub fn is_of_what_was_told(&self) -> bool {
        matches!(
            self,
            Self::Separator | Self::Unfit { .. } | Self::Answer { .. } | Self::ColumnMissing { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::{CODE_BYTES_MAX, LINE_BYTES_MAX, RECORD_BYTES_MAX};
    use std::collections::HashSet;

    #[test]
    fn every_cause_has_its_own_code_and_both_languages() {
        let codes: HashSet<_> = Cause::ALL.iter().map(|cause| cause.code()).collect();
        assert_eq!(codes.len(), Cause::ALL.len());
        for cause in Cause::ALL {
            assert!(cause.code().bytes().all(|c| c.is_ascii_lowercase() || c == b'_'));
            assert!(cause.message().is_ascii() && !cause.message_zh().is_ascii(), "{cause:?}");
        }
    }

    #[test]
    fn limits_in_messages_are_the_limits() {
        let cases = [
            (Cause::TooLong, CODE_BYTES_MAX),
            (Cause::LineTooLong, LINE_BYTES_MAX),
            (Cause::RecordTooLong, RECORD_BYTES_MAX),
        ];
        for (cause, limit) in cases {
            for text in [cause.message(), cause.message_zh()] {
                assert!(text.contains(&limit.to_string()), "{text}");
            }
        }
    }
}
