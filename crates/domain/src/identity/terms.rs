//! Terms of a merchant (商户条款): what the operator lets him do. They stand in his live book, the operator writes them, and the
//! merchant reads them. His test mode goes on whatever they say.

use crate::resource::{Field, Kind, Line, Resource, Words, kind};
use crate::{Refusal, World, catalog::TenantCatalog};
use kernel::Tenant;
use kernel::limits::{REQUESTS_PER_MINUTE_MAX, SUSPENSION_REASON_CHARS_MAX};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a merchant is suspended.
pub type Reason = Line<SUSPENSION_REASON_CHARS_MAX>;

/// What a merchant may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MerchantTerms {
    /// Whether he sells nothing for now: orders and payments are refused. What was paid is delivered or given back, and
    /// everything can be read.
    #[serde(default)]
    pub suspended: bool,
    /// Why, as the merchant reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Requests a minute of all his keys together; absent for no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub requests_per_minute: Option<u32>,
}

impl Resource for MerchantTerms {
    const KIND: &'static Kind =
        kind!(4, "merchant_terms", "merchant_terms", "mct", "catalog:read", "merchants:write");
    const READ_BY_RULES: bool = true;
    const WORDS: Words = Words { zh: "商户条款", en: "Terms of the merchant" };
    const FIELDS: &'static [Field] = &[
        Field::new("suspended", "暂停营业", "Suspended", "switch"),
        Field::new("reason", "原因", "Reason", "text"),
        Field::new("requests_per_minute", "每分钟请求数上限", "Requests a minute", "number"),
    ];
    const SAMPLE: &'static str =
        r#"{"suspended":true,"reason":"资质到期，待补","requests_per_minute":6000}"#;

    fn initial() -> Option<Self> {
        Some(Self::default())
    }

    fn check(&self, _: Option<&Self>, _: &TenantCatalog) -> Result<(), Refusal> {
        if self.suspended && self.reason.is_none() {
            return Err(Refusal::invalid("reason", "say why; the merchant reads it"));
        }
        match self.requests_per_minute {
            Some(most) if !(1..=REQUESTS_PER_MINUTE_MAX).contains(&most) => {
                let detail = format!("send 1 to {REQUESTS_PER_MINUTE_MAX}, or null for no limit");
                Err(Refusal::invalid("requests_per_minute", detail))
            }
            _ => Ok(()),
        }
    }
}

/// Refuses a merchant who sells nothing for now.
pub fn check_may_sell(world: &World, tenant: Tenant) -> Result<(), Refusal> {
    let terms = world.config.tenant(tenant).and_then(|catalog| catalog.the_one::<MerchantTerms>());
    match terms {
        Some(terms) if terms.suspended => {
            let detail = "the operator suspended this merchant; nothing is sold until he lifts it";
            Err(Refusal::WrongState { code: "merchant_suspended", detail })
        }
        _ => Ok(()),
    }
}
