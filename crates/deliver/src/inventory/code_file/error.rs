//! What is wrong with a row or with a whole file, with code, cure and Chinese.
//!
//! Nothing of the file's text is in here: not in a field, not in a message.

use std::{fmt, io};

/// A column that an import knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The card number (卡号).
    Number,
    /// The password or the code itself (卡密).
    Password,
    /// Until when the code is valid (有效期).
    ValidUntil,
}

impl Column {
    /// Its name in files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Password => "password",
            Self::ValidUntil => "valid_until",
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why one line gave no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", cause.message())]
pub struct RowError {
    /// The physical line, from 1, the header counted.
    pub line: u64,
    /// The column, when one is at fault.
    pub column: Option<Column>,
    /// What is wrong with it.
    pub cause: Cause,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The line is longer than any code.
    LineTooLong,
    /// The bytes are no text in the file's encoding.
    Encoding,
    /// A quote opens and does not close on the line.
    QuoteNotClosed,
    /// A quote in the middle of a field.
    QuoteMisplaced,
    /// Fewer fields than columns.
    TooFewColumns,
    /// More fields than columns.
    TooManyColumns,
    /// Neither number nor password.
    Empty,
    /// A number or a password is too long.
    TooLong,
    /// A character that nobody can see or type.
    ControlCharacter,
    /// A spreadsheet would run it.
    Formula,
    /// No date that we read.
    DateUnreadable,
    /// Over before it was imported.
    DatePast,
}

impl Cause {
    /// All causes, for tables and tests.
    pub const ALL: [Self; 12] = [
        Self::LineTooLong,
        Self::Encoding,
        Self::QuoteNotClosed,
        Self::QuoteMisplaced,
        Self::TooFewColumns,
        Self::TooManyColumns,
        Self::Empty,
        Self::TooLong,
        Self::ControlCharacter,
        Self::Formula,
        Self::DateUnreadable,
        Self::DatePast,
    ];

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

    fn texts(self) -> [&'static str; 3] {
        match self {
            Self::LineTooLong => [
                "line_too_long",
                "the line is longer than 8192 bytes; write one code per line",
                "该行超过 8192 字节，请每行只写一个卡密",
            ],
            Self::Encoding => [
                "bad_encoding",
                "the line is not text in the file's encoding; save the file as UTF-8",
                "该行不是有效文本，请将文件另存为 UTF-8 编码",
            ],
            Self::QuoteNotClosed => [
                "quote_not_closed",
                "quote not closed; end the field with a quote on the same line",
                "引号未闭合，请在同一行内补上结束引号",
            ],
            Self::QuoteMisplaced => [
                "quote_misplaced",
                "a quote stands inside a field; quote the whole field and double the quotes in it",
                "字段中间出现引号，请用引号包住整个字段，并将其中的引号写两遍",
            ],
            Self::TooFewColumns => [
                "too_few_columns",
                "the line has fewer columns than the file should; add the missing separators",
                "该行列数不足，请补全分隔符",
            ],
            Self::TooManyColumns => [
                "too_many_columns",
                "the line has more columns than the file should; quote fields that hold separators",
                "该行列数过多，含分隔符的字段请加引号",
            ],
            Self::Empty => [
                "empty",
                "number and password are both empty; give at least one",
                "卡号和卡密均为空，请至少填写一项",
            ],
            Self::TooLong => {
                ["too_long", "longer than 512 characters; shorten it", "超过 512 个字符，请缩短"]
            }
            Self::ControlCharacter => [
                "control_character",
                "holds an invisible or unreadable character; remove it",
                "含有不可见或无法识别的字符，请删除",
            ],
            Self::Formula => [
                "formula",
                "a spreadsheet would run this as a formula; export it as plain text",
                "该内容会被电子表格当作公式执行，请以纯文本导出",
            ],
            Self::DateUnreadable => [
                "date_unreadable",
                "not a date; write it like 2027-01-31 or 2027-01-31T08:00:00+08:00",
                "日期无法识别，请写成 2027-01-31 或 2027-01-31T08:00:00+08:00",
            ],
            Self::DatePast => [
                "date_past",
                "the validity is already over; remove the line or correct the date",
                "有效期已过，请删除该行或更正日期",
            ],
        }
    }
}

/// Why a file as a whole cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The bytes could not be fetched; trying again may help. The others never heal by themselves.
    #[error("the uploaded file cannot be read")]
    Read(#[from] io::Error),
    /// An archive or a spreadsheet under another name.
    #[error("this is a spreadsheet or an archive, not text; save it as CSV and upload that")]
    NotText,
    /// A CSV file without any line.
    #[error("the file is empty; its first line must name the columns, like number,password")]
    Empty,
    /// The zone of the settings is not known.
    #[error("the time zone is not known; name one like Asia/Shanghai")]
    Zone,
    /// The delimiter of the settings cannot be one.
    #[error("the delimiter must be one ASCII character and no quote or line end")]
    Delimiter,
    /// The header line itself is broken.
    #[error("the first line, which must name the columns, is broken: {}", .0.message())]
    HeaderUnread(Cause),
    /// No column for numbers and none for passwords. The names found are not repeated, because
    /// where a header is missing they are codes.
    #[error(
        "the first line must name the columns: number (or card_no, 卡号) and/or password \
         (or code, 卡密), and optionally valid_until (or 有效期); found: {columns} column(s), {known}. \
         Add a header line or name the columns in the column mapping"
    )]
    HeaderMissing {
        /// How many columns the first line has.
        columns: usize,
        /// Which of them are known.
        known: &'static str,
    },
    /// A name of the column mapping is not in the header.
    #[error("the header has no column {name:?}, which the column mapping names as {column}")]
    ColumnMissing {
        /// What it was to be.
        column: Column,
        /// The name in the mapping.
        name: String,
    },
    /// Two columns with one meaning.
    #[error(
        "columns {first} and {second} of the header both mean {column}; \
         say in the column mapping which one it is"
    )]
    ColumnTwice {
        /// What both mean.
        column: Column,
        /// Place of the one, from 1.
        first: usize,
        /// Place of the other, from 1.
        second: usize,
    },
    /// No column for the date, but one that sounds like it: without it the codes would never expire.
    #[error(
        "column {place} of the header sounds like the date until which a code is valid, but its name is not known; \
         call it valid_until (or 有效期), or name it in the column mapping"
    )]
    DateUnknown {
        /// Its place, from 1.
        place: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::limits::{CODE_CHARS_MAX, CODE_LINE_BYTES_MAX};
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
        for text in [Cause::TooLong.message(), Cause::TooLong.message_zh()] {
            assert!(text.contains(&CODE_CHARS_MAX.to_string()), "{text}");
        }
        for text in [Cause::LineTooLong.message(), Cause::LineTooLong.message_zh()] {
            assert!(text.contains(&CODE_LINE_BYTES_MAX.to_string()), "{text}");
        }
    }
}
