//! An offer (示例报价): of a place, with a secret that is written and never read.

use super::place::SamplePlaceId;
use crate::Refusal;
use crate::catalog::TenantCatalog;
use crate::resource::{Field, Keys, Kind, Line, Refs, Resource, Secret, Words, kind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// An offer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleOffer {
    /// What people read.
    pub name: Line<200>,
    /// Where it holds.
    pub place: SamplePlaceId,
    /// Percent off, at most 90; at most 50 at a place without seats.
    #[schema(minimum = 1, maximum = 90)]
    pub percent: u32,
    /// What signs requests about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
}

impl Resource for SampleOffer {
    const KIND: &'static Kind = kind!(902, "sample_offer", "sample_offers", "smo");
    /// Shape 1 called the percentage `off`.
    const SHAPE: i64 = 2;
    const WORDS: Words = Words { zh: "示例报价", en: "Sample offer" };
    const FIELDS: &'static [Field] = &[
        Field::new("name", "名称", "Name", "text"),
        Field::new("place", "门店", "Place", "reference"),
        Field::new("percent", "折扣", "Percent off", "number"),
        Field::new("secret", "密钥", "Secret", "secret").group("access"),
    ];
    const SECRETS: &'static [&'static str] = &["secret"];
    const SAMPLE: &'static str = r#"{"name":"开业八折","place":"spl_00000000000000000000000000",
        "percent":20,"secret":"a secret of some length"}"#;

    fn upcast(shape: i64, mut old: Value) -> Option<Value> {
        let fields = old.as_object_mut().filter(|_| shape == 1)?;
        let off = fields.remove("off")?;
        fields.insert("percent".to_owned(), off);
        Some(old)
    }

    fn check(&self, _: Option<&Self>, at: &TenantCatalog) -> Result<(), Refusal> {
        let small = at.resource(self.place).is_some_and(|place| place.seats.is_none());
        let most = if small { 50 } else { 90 };
        if (1..=most).contains(&self.percent) {
            return Ok(());
        }
        let detail = format!("expected a whole number from 1 to {most} at this place");
        Err(Refusal::invalid("percent", detail))
    }

    fn keys(&self, keys: &mut Keys) {
        keys.sort("name", &self.name);
    }

    fn refs(&self, refs: &mut Refs) {
        refs.to("place", &self.place);
    }
}
