//! Which bytes stand for which characters.

use encoding_rs::{BIG5, GB18030, SHIFT_JIS, WINDOWS_1252};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How the text of an upload is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, low byte first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// GB 18030, which contains GBK: what spreadsheets write in China.
    #[serde(rename = "gb18030")]
    Gb18030,
    /// Big5, used in Taiwan and Hong Kong.
    #[serde(rename = "big5")]
    Big5,
    /// Shift-JIS, used in Japan.
    #[serde(rename = "shift_jis")]
    ShiftJis,
    /// Windows-1252, which contains Latin-1.
    #[serde(rename = "windows-1252")]
    Latin1,
}

impl Encoding {
    /// All of them, the likeliest first.
    pub const ALL: [Self; 7] = [
        Self::Utf8,
        Self::Gb18030,
        Self::Big5,
        Self::ShiftJis,
        Self::Latin1,
        Self::Utf16Le,
        Self::Utf16Be,
    ];

    /// Its name in parameters and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
            Self::ShiftJis => "shift_jis",
            Self::Latin1 => "windows-1252",
        }
    }

    /// The encoding of a name as people write it.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.trim().to_ascii_lowercase().replace('_', "-").as_str() {
            "utf-8" | "utf8" => Self::Utf8,
            "utf-16le" | "utf16le" => Self::Utf16Le,
            "utf-16be" | "utf16be" => Self::Utf16Be,
            "gb18030" | "gbk" | "gb2312" | "cp936" => Self::Gb18030,
            "big5" | "big-5" | "cp950" => Self::Big5,
            "shift-jis" | "sjis" | "shiftjis" | "cp932" => Self::ShiftJis,
            "latin1" | "latin-1" | "iso-8859-1" | "windows-1252" | "cp1252" => Self::Latin1,
            _ => return None,
        })
    }

    /// The text of one line, which was turned into UTF-8 already where it came as UTF-16; `None`
    /// when the bytes mean nothing in this encoding.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        let by = match self {
            Self::Utf8 | Self::Utf16Le | Self::Utf16Be => {
                return std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
            }
            Self::Gb18030 => GB18030,
            Self::Big5 => BIG5,
            Self::ShiftJis => SHIFT_JIS,
            Self::Latin1 => WINDOWS_1252,
        };
        by.decode_without_bom_handling_and_without_replacement(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::parse(encoding.name()), Some(encoding));
            let json = serde_json::to_string(&encoding).expect("JSON");
            assert_eq!(json, format!("\"{}\"", encoding.name()));
        }
        assert_eq!(Encoding::parse("GBK"), Some(Encoding::Gb18030));
        assert_eq!(Encoding::parse("ebcdic"), None);
    }
}
