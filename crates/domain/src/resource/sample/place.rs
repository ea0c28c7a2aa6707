//! A place (示例门店): found by its code, listed by its name.

use crate::resource::{Field, Keys, Kind, Line, Ref, Resource, Words, kind};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;
use utoipa::ToSchema;

/// A place.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SamplePlace {
    /// What it is called by programs. No two places share it.
    pub code: Line<40>,
    /// What people read.
    pub name: Line<200>,
    /// How many people it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u32>, minimum = 1)]
    pub seats: Option<NonZeroU32>,
}

/// The id of a place.
pub type SamplePlaceId = Ref<SamplePlace>;

impl Resource for SamplePlace {
    const KIND: &'static Kind = kind!(901, "sample_place", "sample_places", "spl");
    const READ_BY_RULES: bool = true;
    const WORDS: Words = Words { zh: "示例门店", en: "Sample place" };
    const FIELDS: &'static [Field] = &[
        Field::new("code", "编码", "Code", "text"),
        Field::new("name", "名称", "Name", "text"),
        Field::new("seats", "座位数", "Seats", "number").group("more"),
    ];
    const SAMPLE: &'static str = r#"{"code":"P-001","name":"徐家汇店","seats":40}"#;

    fn keys(&self, keys: &mut Keys) {
        keys.unique("code", &self.code);
        keys.sort("name", &self.name);
    }
}
