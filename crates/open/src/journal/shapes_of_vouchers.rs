//! The parts of facts about vouchers. Amounts are uses, or ledger units: 1/10,000 of the major unit.

use edge::wire::{
    Actor, ContentId, Currency, DeviceId, DeviceState, Hours, Money, OnExpiry, OrderId, Present,
    RedemptionId, RunState, SkuId, StoreId, Time, Validity, VoucherId, VoucherRunId, VoucherState,
    VoucherType,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The template of a SKU's vouchers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactTemplate {
    /// What they count.
    #[serde(rename = "type")]
    counts: VoucherType,
    /// How many uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    uses: Option<u32>,
    /// How much money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<Money>,
    /// When they are redeemed; at any time when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    validity: Option<Validity>,
    /// Where; in every store when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stores: Vec<StoreId>,
    /// On which days and at which hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hours: Vec<Hours>,
    /// From which bill on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    min_spend: Option<Money>,
    /// How they are shown.
    present: Present,
    /// What becomes of what is left when their time is over.
    on_expiry: OnExpiry,
}

/// A voucher as it is after the fact.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactVoucher {
    /// Its id.
    id: VoucherId,
    /// Its template.
    sku: SkuId,
    /// The order and the line that delivered it, as a pair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<serde_json::Value>>)]
    source: Option<(OrderId, u32)>,
    /// What it counts.
    #[serde(rename = "type")]
    counts: VoucherType,
    /// Its currency.
    currency: Currency,
    /// What it was worth.
    total: i64,
    /// What is left of that.
    remaining: i64,
    /// What was paid for it, in ledger units.
    price: i64,
    /// The part of the price that is not earned yet.
    unearned: i64,
    /// Where it stands.
    state: VoucherState,
    /// Redeemed from this time on.
    valid_from: Time,
    /// Redeemed before this time.
    valid_until: Time,
    /// What becomes of it then.
    on_expiry: OnExpiry,
    /// For how many days it is valid from its first use on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    use_days: Option<u16>,
    /// Whether it is shown by tokens that live a minute.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    live: bool,
    /// Whether its code came from a file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    imported: bool,
    /// When it was delivered.
    created_at: Time,
}

/// A redemption as it is after the fact.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactRedemption {
    /// Its id.
    id: RedemptionId,
    /// What was redeemed.
    voucher: VoucherId,
    /// The template of that.
    sku: SkuId,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    store: Option<StoreId>,
    /// Who took it: a key, a person or a device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// What the voucher counts.
    #[serde(rename = "type")]
    counts: VoucherType,
    /// Its currency.
    currency: Currency,
    /// What was taken.
    taken: i64,
    /// What was left afterwards.
    remaining: i64,
    /// The part of the price that was earned by it, in ledger units.
    earned: i64,
    /// When.
    at: Time,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reversed_at: Option<Time>,
}

/// A run of vouchers as it is after the fact.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactVoucherRun {
    /// Its id.
    id: VoucherRunId,
    /// The template.
    sku: SkuId,
    /// The first voucher.
    first: VoucherId,
    /// How many are wanted.
    quantity: u32,
    /// Whether its vouchers are shown by tokens.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    live: bool,
    /// How many there are.
    made: u32,
    /// Where it stands.
    state: RunState,
    /// When it began.
    created_at: Time,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<Time>,
}

/// A device of a store as it is after the fact.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactDevice {
    /// Its id.
    id: DeviceId,
    /// Its store.
    store: StoreId,
    /// What people call it.
    name: String,
    /// Where it stands.
    state: DeviceState,
    /// Its code is taken before this time.
    code_until: Time,
    /// When a browser was paired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paired_at: Option<Time>,
    /// When it was added.
    created_at: Time,
}

/// A version of what buyers share, without its text or its file's name.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FactContent {
    /// Its id.
    id: ContentId,
    /// Whose buyers share it.
    sku: SkuId,
    /// Its number, from 1.
    number: u32,
    /// What changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Bytes of the file that it is; absent of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_bytes: Option<i64>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Actor>,
    /// When it was written.
    created_at: Time,
}
