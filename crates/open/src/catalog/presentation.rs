//! What buyers see of a product, as callers send and see it. A part that is absent is not written either, so that
//! facts of the journal keep their text.

use domain::catalog;
use domain::catalog::input;
use edge::wire::{Description, GuideStep, InputCode, InputKind, Name, Wire, written_as_read};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A field that a product asks its buyer to fill in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct InputField {
    /// What programs call it, as in an order's `input`.
    pub code: InputCode,
    /// What the buyer reads.
    pub name: Name,
    /// An example or a rule, beside the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Name>,
    /// Which values it takes.
    pub kind: InputKind,
    /// Whether it must be filled in; true when absent.
    #[serde(default = "yes")]
    pub required: bool,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<InputWords>,
}

/// A field's words in English; what is absent is read as it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct InputWords {
    /// What the buyer reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// An example or a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Name>,
}

/// A product's words in English; what is absent is read as it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ProductWords {
    /// What buyers read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// What buyers get, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
    /// The shelf that it lies on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Name>,
    /// How it is used, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guide: Vec<GuideStep>,
}

/// A SKU's words in English; what is absent is read as it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct SkuWords {
    /// What buyers read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
}

fn yes() -> bool {
    true
}

written_as_read!(InputField, InputWords, ProductWords, SkuWords);

fn name(text: Option<String>) -> Option<Name> {
    text.map(Name)
}

fn text(name: Option<Name>) -> Option<String> {
    name.map(|name| name.0)
}

impl From<InputField> for input::InputField {
    fn from(field: InputField) -> Self {
        let en = field.en.map(|en| input::InputWords { name: text(en.name), hint: text(en.hint) });
        Self {
            code: field.code.0,
            name: field.name.0,
            hint: text(field.hint),
            kind: field.kind.0,
            required: field.required,
            en,
        }
    }
}

impl From<input::InputField> for InputField {
    fn from(field: input::InputField) -> Self {
        Self {
            code: InputCode(field.code),
            name: Name(field.name),
            hint: name(field.hint),
            kind: Wire(field.kind),
            required: field.required,
            en: field.en.map(|en| InputWords { name: name(en.name), hint: name(en.hint) }),
        }
    }
}

impl From<ProductWords> for catalog::ProductWords {
    fn from(words: ProductWords) -> Self {
        Self {
            name: text(words.name),
            description: words.description.map(|description| description.0),
            category: text(words.category),
            guide: words.guide.into_iter().map(|step| step.0).collect(),
        }
    }
}

impl From<catalog::ProductWords> for ProductWords {
    fn from(words: catalog::ProductWords) -> Self {
        Self {
            name: name(words.name),
            description: words.description.map(Description),
            category: name(words.category),
            guide: words.guide.into_iter().map(GuideStep).collect(),
        }
    }
}

impl From<SkuWords> for catalog::SkuWords {
    fn from(words: SkuWords) -> Self {
        Self { name: text(words.name) }
    }
}

impl From<catalog::SkuWords> for SkuWords {
    fn from(words: catalog::SkuWords) -> Self {
        Self { name: name(words.name) }
    }
}
