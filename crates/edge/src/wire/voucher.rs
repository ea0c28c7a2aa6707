//! What a merchant says of the vouchers of a SKU: the domain's values with their schemas.

use domain::voucher;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, SchemaFormat,
    Type,
};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// `{"type":"count","uses":3}` or `{"type":"amount","amount":{…}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VoucherWorth(pub voucher::Worth);

/// `{"days":30}`, `{"days_after_first_use":30}` or `{"from":…,"until":…}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Validity(pub voucher::Validity);

/// `refund`, `forfeit`, or `{"extend": 30}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OnExpiry(pub voucher::OnExpiry);

/// `{"days":[6,7],"from":"10:00","until":"22:00"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hours(pub voucher::Hours);

fn whole(most: i64) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(most))
}

fn word(words: &[&str]) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.to_vec()))
}

fn time() -> ObjectBuilder {
    let format = SchemaFormat::KnownFormat(KnownFormat::DateTime);
    ObjectBuilder::new().schema_type(Type::String).format(Some(format))
}

fn only(object: ObjectBuilder) -> ObjectBuilder {
    object.additional_properties(Some(AdditionalProperties::FreeForm(false)))
}

impl PartialSchema for VoucherWorth {
    fn schema() -> RefOr<Schema> {
        let uses = whole(voucher::terms::USES_MAX.into());
        let count = ObjectBuilder::new()
            .property("type", word(&["count"]))
            .required("type")
            .property("uses", uses)
            .required("uses");
        let amount = ObjectBuilder::new()
            .property("type", word(&["amount"]))
            .required("type")
            .property("amount", super::Money::schema())
            .required("amount");
        OneOfBuilder::new()
            .item(only(count))
            .item(only(amount))
            .description(Some("What a voucher is worth: so many uses, or so much money."))
            .into()
    }
}

impl PartialSchema for Validity {
    fn schema() -> RefOr<Schema> {
        let days = ObjectBuilder::new()
            .property("days", whole(voucher::terms::DAYS_MAX.into()))
            .required("days");
        let between = ObjectBuilder::new()
            .property("from", time())
            .required("from")
            .property("until", time())
            .required("until");
        let used = ObjectBuilder::new()
            .property("days_after_first_use", whole(voucher::terms::DAYS_MAX.into()))
            .required("days_after_first_use");
        OneOfBuilder::new()
            .item(only(days))
            .item(only(used))
            .item(only(between))
            .description(Some(
                "When a voucher is redeemed: so many days of 24 hours from its delivery or from its first use, or from \
                 one time until before another.",
            ))
            .into()
    }
}

impl PartialSchema for Hours {
    fn schema() -> RefOr<Schema> {
        let clock = || {
            ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-2][0-9]:[0-5][0-9]$"))
        };
        let days = ArrayBuilder::new().items(whole(7)).min_items(Some(1)).max_items(Some(7));
        let hours = ObjectBuilder::new()
            .property("days", days)
            .required("days")
            .property("from", clock())
            .required("from")
            .property("until", clock())
            .required("until")
            .description(Some(
                "Hours of some days of the week, 1 for Monday to 7 for Sunday, on the clocks of the merchant's zone; \
                 `until` is after `from`, `24:00` at most.",
            ));
        only(hours).into()
    }
}

impl PartialSchema for OnExpiry {
    fn schema() -> RefOr<Schema> {
        let extend = ObjectBuilder::new()
            .property("extend", whole(voucher::terms::DAYS_MAX.into()))
            .required("extend");
        OneOfBuilder::new()
            .item(word(&["refund", "forfeit"]))
            .item(only(extend))
            .description(Some(
                "What becomes of what is left of a voucher when its time is over: the buyer gets his money back, the \
                 merchant keeps it, or it is valid for so many days more, once.",
            ))
            .into()
    }
}

impl ToSchema for VoucherWorth {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("VoucherWorth")
    }
}

impl ToSchema for Hours {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("VoucherHours")
    }
}

impl ToSchema for Validity {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Validity")
    }
}

impl ToSchema for OnExpiry {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("OnExpiry")
    }
}
