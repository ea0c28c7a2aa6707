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

    /// Reads what a switch or a browser asks for: `zh-CN`, `en-GB;q=0.8,…`. The first known one wins.
    pub fn preferred(asked: &str) -> Self {
        let tags = asked.split(',').map(|tag| tag.trim().to_ascii_lowercase());
        let known = |tag: String| match tag.get(..2) {
            Some("zh") => Some(Self::Zh),
            Some("en") => Some(Self::En),
            _ => None,
        };
        tags.into_iter().find_map(known).unwrap_or_default()
    }

    /// The one that the switch leads to.
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
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
    fn the_first_known_language_wins() {
        for (asked, want) in [
            ("en", Lang::En),
            ("fr-FR, en-GB;q=0.8, zh;q=0.5", Lang::En),
            ("zh-TW", Lang::Zh),
            ("", Lang::Zh),
            ("é", Lang::Zh),
        ] {
            assert_eq!(Lang::preferred(asked), want, "{asked}");
        }
    }
}
