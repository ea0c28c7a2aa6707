//! Typed ids: a prefix and 26 characters.

use super::{Described, Wire};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

fn describe(prefix: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(format!("^{prefix}_[0-9a-hjkmnp-tv-z]{{26}}$")))
        .examples([format!("{prefix}_01jd8x0e6vk3m9q5r7s2t4w6ya")])
        .build()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub type $name = Wire<kernel::$name>;

        impl Described for kernel::$name {
            const NAME: &'static str = stringify!($name);

            fn describe() -> Object {
                describe(Self::PREFIX)
            }
        }
    )*};
}

ids! {
    /// A merchant's id.
    MerchantId;
    /// The id of a key of the open API.
    ApiKeyId;
    /// A product's id.
    ProductId;
    /// A SKU's id.
    SkuId;
    /// A buyer's id, never his external id.
    BuyerId;
    /// An order's id.
    OrderId;
    /// A code's id.
    CodeId;
    /// The id of codes that came together.
    CodeBatchId;
    /// The id of a job that reads a code file.
    ImportId;
    /// A ledger account's id.
    AccountId;
    /// A transfer's id.
    TransferId;
    /// A hold's id.
    HoldId;
    /// A payment's id, also its number at the channel.
    PaymentId;
    /// A refund's id, also its number at the channel.
    RefundId;
    /// A voucher's id.
    VoucherId;
    /// The id of vouchers that are made together.
    VoucherRunId;
    /// The id of a version of what buyers share.
    ContentId;
    /// The id of a store's device.
    DeviceId;
    /// A redemption's id.
    RedemptionId;
    /// A store's id.
    StoreId;
    /// The id of a picture that was uploaded.
    FileId;
    /// A person's id.
    PersonId;
    /// The id of an act that waits for a second person.
    ApprovalId;
    /// The id of a list that is written to a file.
    ExportId;
    /// The id of a request to the API.
    RequestId;
}

/// Who acted: the id of a key, or of a person.
pub type Actor = Wire<domain::context::Actor>;

impl Described for domain::context::Actor {
    const NAME: &'static str = "Actor";

    fn describe() -> Object {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^(key|psn)_[0-9a-hjkmnp-tv-z]{26}$".to_owned()))
            .description(Some("The key that was used, or the person who was signed in."))
            .examples(["key_01jd8x0e6vk3m9q5r7s2t4w6ya"])
            .build()
    }
}
