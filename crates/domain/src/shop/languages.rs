//! The languages of a shop's pages. There is one such choice in each book.

use crate::Refusal;
use crate::catalog::TenantCatalog;
use crate::resource::{Field, Kind, Resource, Words, kind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language that the pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ShopLanguage)]
pub enum Language {
    /// Chinese.
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// Which languages a shop's pages offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopLanguages {
    /// Those that a buyer may choose. With one alone the pages have no switch.
    #[schema(min_items = 1, max_items = 2)]
    pub offered: Vec<Language>,
    /// What the pages speak to a browser that asks for none of them.
    pub usual: Language,
}

impl Default for ShopLanguages {
    fn default() -> Self {
        Self { offered: vec![Language::Zh, Language::En], usual: Language::Zh }
    }
}

impl ShopLanguages {
    /// What the pages speak to somebody who would like these, the dearest first.
    pub fn spoken(&self, wanted: impl IntoIterator<Item = Language>) -> Language {
        wanted.into_iter().find(|language| self.offered.contains(language)).unwrap_or(self.usual)
    }
}

impl Resource for ShopLanguages {
    const KIND: &'static Kind =
        kind!(2, "shop_languages", "shop_languages", "shl", "catalog:read", "catalog:write");
    const WORDS: Words = Words { zh: "店铺语言", en: "Languages of the shop" };
    const FIELDS: &'static [Field] = &[
        Field::new("offered", "可选语言", "Offered", "list"),
        Field::new("usual", "默认语言", "Usual", "choice"),
    ];
    const SAMPLE: &'static str = r#"{"offered":["en","zh-CN"],"usual":"en"}"#;

    fn initial() -> Option<Self> {
        Some(Self::default())
    }

    fn check(&self, _: Option<&Self>, _: &TenantCatalog) -> Result<(), Refusal> {
        let twice = self.offered.len() == 2 && self.offered[0] == self.offered[1];
        if self.offered.is_empty() || self.offered.len() > 2 || twice {
            return Err(Refusal::invalid("offered", "send one or both of zh-CN and en, each once"));
        }
        if !self.offered.contains(&self.usual) {
            return Err(Refusal::invalid("usual", "send one of those that are offered"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Zh};

    #[test]
    fn what_is_usual_is_offered_and_nothing_is_offered_twice() {
        let at = TenantCatalog::of_operator();
        let field = |offered: &[Language], usual| {
            let languages = ShopLanguages { offered: offered.to_vec(), usual };
            match languages.check(None, &at) {
                Ok(()) => None,
                Err(Refusal::Invalid { field, .. }) => Some(field),
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!(field(&[Zh, En], En), None);
        assert_eq!(field(&[En], En), None);
        assert_eq!(field(&[En], Zh).as_deref(), Some("usual"));
        for wrong in [&[][..], &[En, En], &[En, Zh, En]] {
            assert_eq!(field(wrong, En).as_deref(), Some("offered"));
        }
    }

    #[test]
    fn the_dearest_of_those_that_are_offered_is_spoken() {
        let both = ShopLanguages::default();
        assert_eq!((both.spoken([En, Zh]), both.spoken([])), (En, Zh));
        let one = ShopLanguages { offered: vec![En], usual: En };
        assert_eq!((one.spoken([Zh]), one.spoken([Zh, En])), (En, En));
    }
}
