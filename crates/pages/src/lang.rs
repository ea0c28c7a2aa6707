//! The two languages of the pages.

use crate::words::{EN, Words, ZH};

/// A language that the pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both, for tests and the gallery.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The BCP 47 tag: `lang` of the page and the value of the switch.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads what a switch or a browser asks for, in its order: `zh-CN`, `en-GB;q=0.8,…`. Others are left out.
    pub fn asked(asked: &str) -> impl Iterator<Item = Self> {
        asked.split(',').filter_map(|tag| {
            match tag.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "zh" => Some(Self::Zh),
                "en" => Some(Self::En),
                _ => None,
            }
        })
    }

    /// The one that the switch leads to.
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// What the code of a voucher is called.
    pub fn voucher_code(self) -> &'static str {
        self.words().voucher_code
    }

    /// What a text that buyers share is called.
    pub fn content_text(self) -> &'static str {
        self.words().content_text
    }

    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn known_languages_stand_in_the_order_in_which_they_are_asked_for() {
        for (asked, want) in [
            ("en", &[Lang::En][..]),
            ("fr-FR, EN-GB;q=0.8, zh;q=0.5", &[Lang::En, Lang::Zh]),
            ("zh-TW", &[Lang::Zh]),
            ("", &[]),
            ("é", &[]),
        ] {
            assert_eq!(Lang::asked(asked).collect::<Vec<_>>(), want, "{asked}");
        }
    }
}
