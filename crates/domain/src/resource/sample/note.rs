//! A note (示例便签): a kind without a key, a reference, a secret or a rule of its own.

use crate::resource::{Field, Kind, Line, Resource, Words, kind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A note.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleNote {
    /// What people read.
    pub text: Line<500>,
    /// Whether it stands first.
    #[serde(default)]
    pub pinned: bool,
}

impl Resource for SampleNote {
    const KIND: &'static Kind = kind!(903, "sample_note", "sample_notes", "smt");
    const WORDS: Words = Words { zh: "示例便签", en: "Sample note" };
    const FIELDS: &'static [Field] = &[
        Field::new("text", "内容", "Text", "text"),
        Field::new("pinned", "置顶", "Pinned", "switch"),
    ];
    const SAMPLE: &'static str = r#"{"text":"周一盘点","pinned":true}"#;
}
