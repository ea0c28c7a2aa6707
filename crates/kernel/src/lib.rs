//! The vocabulary that every other crate shares: typed ids, tenants, money, units, colours, texts,
//! time and limits.
//!
//! Nothing here knows a rule of the business, a database or a wire. Everything here is a value.

mod chain;
pub mod colour;
pub mod currency;
pub mod id;
pub mod limits;
pub mod money;
pub mod plain;
pub mod sealed;
pub mod tenant;
pub mod text;
pub mod time;
pub mod typed;

pub use chain::chain;
pub use colour::Colour;
pub use currency::Currency;
pub use id::{
    AccountId, ApiKeyId, ApprovalId, BuyerId, CodeBatchId, CodeId, ContentId, DeviceId, ExportId,
    FileId, HoldId, ImportId, MerchantId, NoticeId, OrderId, PaymentId, PersonId, ProductId,
    RedemptionId, RefundId, RequestId, SkuId, StoreId, TransferId, VoucherId, VoucherRunId,
};
pub use id::{Id16, IdError, drawn_at};
pub use money::{Money, MoneyError, SCALE, UnitCost};
pub use tenant::{Mode, Tenant};
pub use time::{FOREVER, Timestamp};
