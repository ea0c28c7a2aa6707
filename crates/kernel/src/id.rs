//! Typed ids: 16 bytes, time-ordered, written as a prefix and 26 Crockford characters.
//!
//! The first six bytes are milliseconds since 1970, so ids that are made together lie together in
//! every index. A newtype per kind of thing keeps a SKU's id from being passed for an order's.

use crate::Timestamp;
use std::fmt;

/// The bytes of any id.
pub type Id16 = [u8; 16];

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an id that starts with `{prefix}_` followed by 26 characters")]
pub struct IdError {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

/// When an id was drawn, by the clock of who drew it; whole milliseconds.
pub fn drawn_at(id: &Id16) -> Timestamp {
    let millis = id[..6].iter().fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte));
    Timestamp(0).plus_micros(millis.saturating_mul(1_000))
}

/// Comes before every id that is drawn at this time or later, and after those that were drawn before.
pub fn first_at(time: Timestamp) -> Id16 {
    let mut id = [0; 16];
    id[..6].copy_from_slice(&time.millis().max(0).to_be_bytes()[2..]);
    id
}

/// Writes 16 bytes as 26 lower-case Crockford characters (130 bits, the first two are zero).
pub fn encode(bytes: &Id16) -> String {
    let mut value = u128::from_be_bytes(*bytes);
    let mut out = [0u8; 26];
    for slot in out.iter_mut().rev() {
        *slot = ALPHABET[(value & 31) as usize];
        value >>= 5;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Reads what [`encode`] wrote; upper case is accepted, other look-alikes are not.
pub fn decode(text: &str) -> Option<Id16> {
    if text.len() != 26 || text.as_bytes()[0] > b'7' {
        return None;
    }
    let mut value: u128 = 0;
    for c in text.bytes() {
        let digit = ALPHABET.iter().position(|a| *a == c.to_ascii_lowercase())?;
        value = (value << 5) | digit as u128;
    }
    Some(value.to_be_bytes())
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Id16);

        impl $name {
            /// What the written form starts with.
            pub const PREFIX: &'static str = $prefix;

            /// Reads the written form.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(decode)
                    .map(Self)
                    .ok_or(IdError { prefix: $prefix })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> { Self::parse(text) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(d)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    )*};
}

typed_ids! {
    /// A merchant (商户). Its last bit is zero; see [`crate::Tenant`].
    MerchantId = "mer";
    /// A key of the open API.
    ApiKeyId = "key";
    /// A product (商品).
    ProductId = "prd";
    /// A SKU (规格): what is priced and stocked.
    SkuId = "sku";
    /// A buyer (用户), never his external id.
    BuyerId = "byr";
    /// An order (订单).
    OrderId = "ord";
    /// One code (卡密) of a pool.
    CodeId = "cod";
    /// Codes that came together (批次).
    CodeBatchId = "bat";
    /// The job that reads one uploaded code file.
    ImportId = "imp";
    /// A ledger account (账户).
    AccountId = "acc";
    /// A transfer between two accounts (转账).
    TransferId = "trf";
    /// A pending transfer (冻结).
    HoldId = "hld";
    /// One attempt to pay an order (支付); also the channel's order number.
    PaymentId = "pay";
    /// Money that goes back (退款).
    RefundId = "rfd";
    /// A voucher (券).
    VoucherId = "vch";
    /// One use of a voucher (核销).
    RedemptionId = "rdm";
    /// Many vouchers that are made together (制券批次).
    VoucherRunId = "vrn";
    /// A version of what a SKU's buyers share (共享内容).
    ContentId = "cnt";
    /// A device of a store at which vouchers are redeemed (核销设备).
    DeviceId = "dev";
    /// A store where vouchers are redeemed (门店).
    StoreId = "sto";
    /// A notice of the test channel; also its transaction number.
    NoticeId = "ntc";
    /// A picture that a merchant uploaded.
    FileId = "fil";
    /// A person who signs in (员工).
    PersonId = "psn";
    /// An act that waits for a second person (审批).
    ApprovalId = "apv";
    /// A list that is written to a file (导出).
    ExportId = "exp";
    /// One request to the API.
    RequestId = "req";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips_and_keeps_order() {
        let low = OrderId([1; 16]);
        let high = OrderId([255; 16]);
        for id in [low, high, OrderId([0; 16])] {
            assert_eq!(OrderId::parse(&id.to_string()), Ok(id));
            assert_eq!(id.to_string().len(), 30);
        }
        assert!(low.to_string() < high.to_string());
    }

    #[test]
    fn wrong_prefix_length_and_overflow_are_refused() {
        let id = SkuId([7; 16]).to_string();
        assert!(OrderId::parse(&id).is_err());
        assert!(SkuId::parse(&id[..29]).is_err());
        assert!(SkuId::parse("sku_z0000000000000000000000000").is_err());
        assert!(SkuId::parse("sku_0000000000000000000000000u").is_err());
    }
}
