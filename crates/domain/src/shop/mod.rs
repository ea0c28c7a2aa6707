//! How a merchant's shop looks and speaks: its name, colour, logo and the lines that buyers read everywhere.
//!
//! It is part of the configuration, like the products: one document for each book, in the tenant's version.

pub mod edit_shop;
pub mod fact;
pub mod world;

use crate::outcome::Answer;
use serde::{Deserialize, Serialize};

crate::dispatch::verbs! {
    Shop:
    "edit_shop" => edit_shop::EditShop,
}

/// A text in the two languages of the pages. Where one is missing, the other stands in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// In Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// How a shop looks and speaks. What is absent is as for a shop that chose nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopStyle {
    /// The tenant's version at its last change; 0 before the first.
    pub version: i64,
    /// What buyers call it; the merchant's name when absent.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub name: Bilingual,
    /// One line of greeting or notice under the name.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub greeting: Bilingual,
    /// How to reach a person.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub contact: Bilingual,
    /// The colour of the primary action, as `#1f7a53`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// The logo; its bytes lie beside the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
}

impl Answer for ShopStyle {}

/// Which logo: enough to serve it under a name that changes with its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// What kind of file it is.
    pub format: LogoFormat,
    /// The start of the SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// How many bytes it has.
    pub bytes: i64,
}

/// Pictures that every browser shows and that cannot carry a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogoFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

/// A style that was saved, with what becomes of the stored logo.
#[derive(Debug, Clone)]
pub struct SavedShop {
    /// The style, as it is now.
    pub style: ShopStyle,
    /// New bytes of the logo, none of them to take it away; absent: it stays as it is.
    pub logo: Option<Vec<u8>>,
}

impl Bilingual {
    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }

    /// Each text with the name of its language.
    fn each(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let texts = [("zh", &self.zh), ("en", &self.en)];
        texts.into_iter().filter_map(|(lang, text)| Some((lang, text.as_deref()?)))
    }
}

impl LogoFormat {
    /// What the first bytes of a file say it is.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// The media type under which it is served.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// The ending of its file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
        }
    }
}

impl Logo {
    /// The last part of its path: `1f2e3d4c5b6a7988.png`.
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.hash, self.format.ending())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        for (bytes, format) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some(LogoFormat::Png)),
            (b"\xff\xd8\xff\xe0....", Some(LogoFormat::Jpeg)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(LogoFormat::Webp)),
            (b"RIFF\0\0\0\0WAVE", None),
            (b"<svg onload=\"alert(1)\"/>", None),
            (b"GIF89a", None),
            (b"", None),
        ] {
            assert_eq!(LogoFormat::of(bytes), format, "{bytes:?}");
        }
    }
}
