//! What buyers see of a product beside its name and description, and what it asks of them.

use super::create_product::check_name;
use super::input::{InputField, check_fields};
use crate::Refusal;
use kernel::limits::{DESCRIPTION_CHARS_MAX, GUIDE_STEP_CHARS_MAX, GUIDE_STEPS_MAX, POSITION_MAX};
use serde::{Deserialize, Serialize};

/// The part of a product that no rule of money or stock reads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presentation {
    /// The name of a picture that the pages have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The shelf that it lies on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How it is used, step by step; shown once it is paid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guide: Vec<String>,
    /// What its buyer is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub input: Vec<InputField>,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<ProductWords>,
    /// Where it stands in its shop; by when it was listed when absent (`place.rs`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
}

/// A product's words in another language; what is absent is read as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductWords {
    /// What buyers read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What buyers get, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The shelf that it lies on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How it is used, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guide: Vec<String>,
}

/// A SKU's words in another language; what is absent is read as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuWords {
    /// What buyers read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Fields to change. The inner `None` of a double option clears a field.
#[derive(Debug, Clone, Default)]
pub struct PresentationChange {
    /// Another picture.
    pub picture: Option<Option<String>>,
    /// Another shelf.
    pub category: Option<Option<String>>,
    /// Another guide, all of it.
    pub guide: Option<Vec<String>>,
    /// Other fields, all of them.
    pub input: Option<Vec<InputField>>,
    /// Other English words, all of them.
    pub en: Option<Option<ProductWords>>,
    /// Another position.
    pub position: Option<Option<i64>>,
}

impl Presentation {
    /// With a change.
    pub fn with(self, change: PresentationChange) -> Self {
        Self {
            picture: change.picture.unwrap_or(self.picture),
            category: change.category.unwrap_or(self.category),
            guide: change.guide.unwrap_or(self.guide),
            input: change.input.unwrap_or(self.input),
            en: change.en.unwrap_or(self.en),
            position: change.position.unwrap_or(self.position),
        }
    }

    /// Order of checks: category, guide, input, position, English words. Which pictures there are, the edge knows.
    pub fn check(&self) -> Result<(), Refusal> {
        check_text("category", self.category.as_ref())?;
        check_guide("guide", &self.guide)?;
        check_fields(&self.input)?;
        if self.position.is_some_and(|position| !(0..=POSITION_MAX).contains(&position)) {
            return Err(Refusal::invalid("position", format!("send 0 to {POSITION_MAX}")));
        }
        let Some(en) = &self.en else { return Ok(()) };
        check_text("en.name", en.name.as_ref())?;
        if en.description.as_ref().is_some_and(|text| text.chars().count() > DESCRIPTION_CHARS_MAX)
        {
            let detail = format!("send at most {DESCRIPTION_CHARS_MAX} characters");
            return Err(Refusal::invalid("en.description", detail));
        }
        check_text("en.category", en.category.as_ref())?;
        check_guide("en.guide", &en.guide)
    }
}

fn check_text(field: &str, text: Option<&String>) -> Result<(), Refusal> {
    text.map_or(Ok(()), |text| check_name(field, text))
}

fn check_guide(field: &str, steps: &[String]) -> Result<(), Refusal> {
    if steps.len() > GUIDE_STEPS_MAX {
        return Err(Refusal::invalid(field, format!("send at most {GUIDE_STEPS_MAX} steps")));
    }
    for (i, step) in steps.iter().enumerate() {
        let length = step.chars().count();
        if length == 0 || length > GUIDE_STEP_CHARS_MAX || step.chars().any(char::is_control) {
            let detail =
                format!("send 1 to {GUIDE_STEP_CHARS_MAX} characters without control characters");
            return Err(Refusal::invalid(format!("{field}[{i}]"), detail));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(page: &Presentation) -> Option<String> {
        match page.check() {
            Ok(()) => None,
            Err(Refusal::Invalid { field, .. }) => Some(field),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn texts_have_their_lengths() {
        let page = Presentation { guide: vec!["打开".into(); 12], ..Presentation::default() };
        assert_eq!(fault(&page), None);
        let long = Presentation { guide: vec!["打开".into(); 13], ..Presentation::default() };
        assert_eq!(fault(&long).as_deref(), Some("guide"));
        let empty = Presentation { guide: vec!["打开".into(), String::new()], ..long };
        assert_eq!(fault(&empty).as_deref(), Some("guide[1]"));
        let en = ProductWords { description: Some("x".repeat(4001)), ..ProductWords::default() };
        let wordy = Presentation { en: Some(en), ..Presentation::default() };
        assert_eq!(fault(&wordy).as_deref(), Some("en.description"));
        let nameless = Presentation { category: Some(String::new()), ..Presentation::default() };
        assert_eq!(fault(&nameless).as_deref(), Some("category"));
    }

    #[test]
    fn a_change_leaves_the_rest() {
        let page = Presentation {
            picture: Some("video".into()),
            category: Some("影音".into()),
            guide: vec!["打开".into()],
            ..Presentation::default()
        };
        let change = PresentationChange {
            picture: Some(None),
            guide: Some(vec!["兑换".into()]),
            ..PresentationChange::default()
        };
        let after = page.clone().with(change);
        assert_eq!((after.picture, after.category), (None, page.category));
        assert_eq!(after.guide, ["兑换"]);
    }
}
