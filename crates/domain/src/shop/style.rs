//! The style of a shop: its name, colour, logo and the lines that buyers read everywhere. There is one in each book.

use crate::Refusal;
use crate::catalog::TenantCatalog;
use crate::resource::{Field, HexColour, Kind, Picture, Resource, Uploaded, Words, kind};
use kernel::Colour;
use kernel::limits::NAME_CHARS_MAX;
use kernel::text::{Allowed, read};
use serde::de::{IntoDeserializer, value};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text in the two languages of the pages. Where one is missing, the other stands in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// In Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub zh: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub en: Option<String>,
}

/// How a shop looks and speaks. What is absent is as for a shop that chose nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopStyle {
    /// What buyers call it, in both languages at once; the merchant's name when absent.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub name: Bilingual,
    /// One line of greeting or notice under the name, in both languages at once.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub greeting: Bilingual,
    /// How to reach a person, in both languages at once.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub contact: Bilingual,
    /// The colour of the primary action; one that is drawn for the merchant when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<HexColour>,
    /// The logo; one of ours when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Picture>,
    /// The picture beside links to the shop, where a page has none of its own; one of ours when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Uploaded>,
}

impl Bilingual {
    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }

    /// Refuses a text that is no line that people read. Older programs took more, and what stays is not asked again.
    fn check(&self, was: Option<&Self>, field: &str) -> Result<(), Refusal> {
        let before = was.map_or([None; 2], |was| [was.zh.as_ref(), was.en.as_ref()]);
        for ((lang, text), before) in [("zh", &self.zh), ("en", &self.en)].into_iter().zip(before) {
            let Some(text) = text.as_ref().filter(|text| before != Some(*text)) else { continue };
            let text: value::StrDeserializer<'_, value::Error> = text.as_str().into_deserializer();
            read(text, NAME_CHARS_MAX, Allowed::Line)
                .map_err(|error| Refusal::invalid(format!("{field}.{lang}"), error.to_string()))?;
        }
        Ok(())
    }
}

impl Resource for ShopStyle {
    const KIND: &'static Kind =
        kind!(1, "shop_style", "shop", "shs", "catalog:read", "catalog:write");
    const WORDS: Words = Words { zh: "店铺样式", en: "Shop style" };
    const FIELDS: &'static [Field] = &[
        Field::new("name", "店名", "Name", "words"),
        Field::new("greeting", "问候语", "Greeting", "words"),
        Field::new("contact", "联系方式", "Contact", "words"),
        Field::new("colour", "主色", "Colour", "colour").group("look"),
        Field::new("logo", "标志", "Logo", "picture").group("look"),
        Field::new("share", "分享图", "Picture beside links", "upload").group("look"),
    ];
    const PICTURES: &'static [&'static str] = &["logo"];
    const SAMPLE: &'static str = r##"{"name":{"zh":"星河会员店","en":"Galaxy Memberships"},
        "greeting":{"zh":"付款即到"},"contact":{"zh":"每天 9:00–21:00","en":"Daily 9:00–21:00"},"colour":"#4b4fe2",
        "share":"fil_01jd8x0e6vk3m9q5r7s2t4w6ya",
        "logo":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mOQrwoGAAGoAO3FZ+B8AAAAAElFTkSuQmCC"}"##;

    fn initial() -> Option<Self> {
        Some(Self::default())
    }

    /// Order of checks: texts, colour.
    fn check(&self, was: Option<&Self>, _: &TenantCatalog) -> Result<(), Refusal> {
        self.name.check(was.map(|was| &was.name), "name")?;
        self.greeting.check(was.map(|was| &was.greeting), "greeting")?;
        self.contact.check(was.map(|was| &was.contact), "contact")?;
        self.colour.map_or(Ok(()), |HexColour(colour)| check_colour(colour))
    }
}

/// Buttons carry white text, so that it must be readable on the colour.
fn check_colour(colour: Colour) -> Result<(), Refusal> {
    if colour.carries_white() {
        return Ok(());
    }
    let near = colour.until_readable(Colour::INK, &[Colour::WHITE]);
    let detail =
        format!("white text cannot be read on it (4.5:1 is needed); {near} is dark enough");
    Err(Refusal::invalid("colour", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_line_unless_it_stays() {
        let text = |zh: &str| Bilingual { zh: Some(zh.to_owned()), en: Some("Shop".to_owned()) };
        for wrong in ["", " ", "a\nb", "a\u{200b}b", &"店".repeat(201)] {
            let refused = text(wrong).check(None, "name");
            let named =
                matches!(&refused, Err(Refusal::Invalid { field, .. }) if field == "name.zh");
            assert!(named, "{wrong:?}: {refused:?}");
            assert_eq!(text(wrong).check(Some(&text("店")), "name"), refused, "{wrong:?}");
            assert_eq!(text(wrong).check(Some(&text(wrong)), "name"), Ok(()), "{wrong:?}");
        }
        assert_eq!(text(&"店".repeat(200)).check(None, "name"), Ok(()));
    }

    #[test]
    fn a_colour_too_bright_is_refused_with_one_that_is_not() {
        let Err(Refusal::Invalid { field, detail }) = check_colour(Colour(0xff, 0xe1, 0x4d)) else {
            panic!("lemon is too bright");
        };
        assert_eq!(field, "colour");
        let near = detail.split(' ').find_map(Colour::parse).expect("a colour that will do");
        assert!(check_colour(near).is_ok(), "{near}");
        assert!(check_colour(Colour(0x1f, 0x7a, 0x53)).is_ok());
    }
}
