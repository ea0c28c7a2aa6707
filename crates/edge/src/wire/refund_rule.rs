//! When money is given back: a word, or a number of days.

use domain::catalog;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// `none`, `before_reveal` (codes), `before_redeem` (vouchers), or `{"days": 7}`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RefundRule(pub catalog::RefundRule);

impl PartialSchema for RefundRule {
    fn schema() -> RefOr<Schema> {
        let word = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([
            "none",
            "before_reveal",
            "before_redeem",
        ]));
        let days =
            ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(3650));
        let within = ObjectBuilder::new()
            .property("days", days)
            .required("days")
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        OneOfBuilder::new()
            .item(word)
            .item(within)
            .description(Some(
                "When money is given back: never, as long as the code was not seen, what was not redeemed of a \
                 voucher, or that within so many days of the order.",
            ))
            .into()
    }
}

impl ToSchema for RefundRule {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("RefundRule")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_word_or_days() {
        for (text, rule) in [
            (r#""none""#, catalog::RefundRule::None),
            (r#""before_reveal""#, catalog::RefundRule::BeforeReveal),
            (r#""before_redeem""#, catalog::RefundRule::BeforeRedeem),
            (r#"{"days":7}"#, catalog::RefundRule::Days(7)),
        ] {
            let read: RefundRule = serde_json::from_str(text).expect(text);
            assert_eq!(read.0, rule);
            assert_eq!(serde_json::to_string(&read).expect("a rule"), text);
        }
        assert!(serde_json::from_str::<RefundRule>(r#"{"days":-1}"#).is_err());
    }
}
