//! A store (门店): where vouchers are redeemed.

use crate::resource::{Field, Keys, Kind, Line, Resource, Secret, Words, kind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A store.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// What people read.
    pub name: Line<200>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Line<200>>,
    /// How it is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Line<40>>,
    /// What unlocks the devices of the store: four to six digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Secret>,
}

impl Store {
    /// Whether a text can be the PIN of a store: four to six digits.
    pub fn is_pin(text: &str) -> bool {
        (4..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    }
}

impl Resource for Store {
    const KIND: &'static Kind = kind!(10, "store", "stores", "sto");
    const READ_BY_RULES: bool = true;
    const SECRETS: &'static [&'static str] = &["pin"];
    const WORDS: Words = Words { zh: "门店", en: "Store" };
    const FIELDS: &'static [Field] = &[
        Field::new("name", "名称", "Name", "text"),
        Field::new("address", "地址", "Address", "text"),
        Field::new("phone", "电话", "Phone", "text"),
        Field::new("pin", "核销 PIN（4–6 位数字）", "PIN of its devices (4–6 digits)", "secret"),
    ];
    const SAMPLE: &'static str =
        r#"{"name":"徐家汇店","address":"肇嘉浜路 1000 号","phone":"021-55550100","pin":"258036"}"#;

    fn keys(&self, keys: &mut Keys) {
        keys.sort("name", &self.name);
    }
}
