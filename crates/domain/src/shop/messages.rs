//! What a merchant tells his buyers on the pages of the shop, beside its style. There is one set in each book.

use crate::resource::{Field, Kind, Prose, Resource, Words, kind};
use kernel::limits::SHOP_MESSAGE_CHARS_MAX;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text of a few lines.
pub type MessageText = Prose<SHOP_MESSAGE_CHARS_MAX>;

/// A message in the two languages of the pages. Where one is missing, the other stands in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ShopMessage)]
pub struct Message {
    /// In Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<MessageText>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<MessageText>,
}

/// What buyers are told. What is absent is not told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopMessages {
    /// Above the goods on the shop's first page.
    #[serde(default, skip_serializing_if = "Message::is_empty")]
    pub greeting: Message,
    /// What to know before paying.
    #[serde(default, skip_serializing_if = "Message::is_empty")]
    pub before_payment: Message,
    /// What to do after delivery.
    #[serde(default, skip_serializing_if = "Message::is_empty")]
    pub after_delivery: Message,
    /// Beside a product of which nothing is left.
    #[serde(default, skip_serializing_if = "Message::is_empty")]
    pub sold_out: Message,
    /// How to reach service, at the foot of every page.
    #[serde(default, skip_serializing_if = "Message::is_empty")]
    pub service: Message,
}

impl Message {
    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }
}

impl Resource for ShopMessages {
    const KIND: &'static Kind =
        kind!(3, "shop_messages", "shop_messages", "shm", "catalog:read", "catalog:write");
    const WORDS: Words = Words { zh: "店铺文案", en: "Messages of the shop" };
    const FIELDS: &'static [Field] = &[
        Field::new("greeting", "店铺公告", "Greeting", "words"),
        Field::new("before_payment", "付款须知", "Before payment", "words"),
        Field::new("after_delivery", "发货后提示", "After delivery", "words"),
        Field::new("sold_out", "售罄提示", "When sold out", "words"),
        Field::new("service", "联系客服", "Service", "words"),
    ];
    const SAMPLE: &'static str = r#"{"greeting":{"zh":"新店开张","en":"We are open"},
        "before_payment":{"zh":"付款前请核对账号"},"after_delivery":{"zh":"请尽快兑换","en":"Redeem it soon"},
        "sold_out":{"zh":"每天 10 点补货","en":"New stock at ten"},"service":{"zh":"微信：xinghe","en":"Chat: galaxy"}}"#;

    fn initial() -> Option<Self> {
        Some(Self::default())
    }
}
