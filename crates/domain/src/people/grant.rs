//! A merchant's grant to the operator (平台方授权): his people may enter until a time, with these scopes and no others.

use super::rights::{Limit, Rights};
use crate::Refusal;
use crate::catalog::TenantCatalog;
use crate::identity::Scope;
use crate::resource::{Field, Keys, Kind, Line, Resource, Words, kind};
use kernel::{Mode, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A grant.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OperatorGrant {
    /// Why.
    pub reason: Line<500>,
    /// What the operator's people may do.
    #[schema(value_type = Vec<String>)]
    pub scopes: Vec<Scope>,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
}

impl OperatorGrant {
    /// What it allows at a time.
    pub fn rights(&self, now: Timestamp) -> Rights {
        if now >= self.until {
            return Rights::default();
        }
        let scopes = self.scopes.iter().copied();
        Rights::new(&[Mode::Live, Mode::Test], scopes, Limit::Unlimited)
    }
}

impl Resource for OperatorGrant {
    const KIND: &'static Kind = kind!(14, "operator_grant", "operator_grants", "opg");
    const OF_PEOPLE: bool = true;
    const WORDS: Words = Words { zh: "平台方授权", en: "Operator grant" };
    const FIELDS: &'static [Field] = &[
        Field::new("reason", "原因", "Reason", "prose"),
        Field::new("scopes", "权限", "Scopes", "choice"),
        Field::new("until", "有效至", "Until", "date"),
    ];
    const SAMPLE: &'static str =
        r#"{"reason":"查一笔卡住的订单","scopes":["orders:read"],"until":"2099-01-01T00:00:00Z"}"#;

    fn check(&self, _: Option<&Self>, _: &TenantCatalog) -> Result<(), Refusal> {
        for (n, scope) in self.scopes.iter().enumerate() {
            if Scope::OPERATOR.contains(scope) || scope.is_of_people() {
                let detail = "the operator never has this for a merchant";
                return Err(Refusal::invalid(format!("scopes[{n}]"), detail));
            }
        }
        if self.scopes.is_empty() {
            return Err(Refusal::invalid("scopes", "name at least one scope"));
        }
        Ok(())
    }

    fn keys(&self, keys: &mut Keys) {
        keys.sort("until", self.until);
    }

    fn gives(&self, _: &dyn Fn(kernel::Id16) -> Option<Rights>) -> Rights {
        self.rights(Timestamp(0))
    }
}
