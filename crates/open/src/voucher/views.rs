//! Vouchers and redemptions as callers see them.

use domain::voucher::{self, VoucherState as State, VoucherType as Counts};
use edge::auth::Caller;
use edge::problem::Problem;
use edge::wire::{
    Money, OnExpiry, OrderId, Present, RedemptionId, SkuId, StoreId, Time, VoucherId, VoucherState,
    VoucherType, Wire,
};
use kernel::{Currency, FOREVER, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A voucher with the code by which it is redeemed. No `Debug`: whoever has it can redeem it.
#[derive(Serialize, ToSchema)]
pub struct DeliveredVoucher {
    /// Its id.
    pub id: VoucherId,
    /// Its code: 18 characters in three groups; null where it is shown by tokens alone.
    pub code: Option<String>,
}

/// How much of a voucher: uses, or money.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum HowMuch {
    /// Uses.
    Uses(i64),
    /// Money.
    Amount(Money),
}

/// A voucher.
#[derive(Debug, Serialize, ToSchema)]
pub struct Voucher {
    /// Its id.
    pub id: VoucherId,
    /// Its template.
    pub sku: SkuId,
    /// The order that delivered it; null when it was made without one.
    pub order: Option<OrderId>,
    /// The line of that.
    pub line: Option<u32>,
    /// What it counts.
    #[serde(rename = "type")]
    pub counts: VoucherType,
    /// What it was worth when it was delivered.
    pub total: HowMuch,
    /// What is left of that.
    pub remaining: HowMuch,
    /// Where it stands; one whose time is over is `expired` at once.
    pub state: VoucherState,
    /// Redeemed from this time on.
    pub valid_from: Time,
    /// For how many days it is valid from its first use on; null when that moves nothing.
    pub days_after_first_use: Option<u16>,
    /// Redeemed before this time; null: for ever.
    pub valid_until: Option<Time>,
    /// What becomes of what is left then.
    pub on_expiry: OnExpiry,
    /// How it is shown to be redeemed.
    pub present: Present,
    /// When it was delivered.
    pub created_at: Time,
}

/// A redemption.
#[derive(Debug, Serialize, ToSchema)]
pub struct Redemption {
    /// Its id.
    pub id: RedemptionId,
    /// What was redeemed.
    pub voucher: VoucherId,
    /// The template of that.
    pub sku: SkuId,
    /// Where; null when it was not said.
    pub store: Option<StoreId>,
    /// Who took it: a key, a person or a device.
    pub by: Option<String>,
    /// What was taken.
    pub taken: HowMuch,
    /// What was left of the voucher afterwards: after it was taken back, if it was.
    pub remaining: HowMuch,
    /// When.
    pub at: Time,
    /// When it was taken back; null when it was not.
    pub reversed_at: Option<Time>,
}

impl DeliveredVoucher {
    /// Vouchers with their codes.
    pub async fn all(caller: &Caller, vouchers: &[voucher::Voucher]) -> Result<Vec<Self>, Problem> {
        let texts =
            deliver::voucher::code::texts(caller.engine(), caller.tenant(), vouchers).await?;
        let of = |(voucher, code): (&voucher::Voucher, _)| Self { id: Wire(voucher.id), code };
        Ok(vouchers.iter().zip(texts).map(of).collect())
    }
}

impl HowMuch {
    /// Uses, or ledger units of a currency: whole minor units, because nothing else is sold or taken.
    fn of(amount: i64, (counts, currency): (Counts, Currency)) -> Self {
        match counts {
            Counts::Count => Self::Uses(amount),
            Counts::Amount => {
                let minor = amount / kernel::Money::ledger_per_minor(currency);
                Self::Amount(Money::new(minor, currency))
            }
        }
    }
}

/// Where a voucher stands at a time: one whose time is over is expired at once.
pub fn state_at(voucher: &voucher::Voucher, now: Timestamp) -> State {
    let over = voucher.state == State::Effective && now >= voucher.valid_until;
    if over { State::Expired } else { voucher.state }
}

impl Voucher {
    /// A voucher as it is at a time.
    pub fn of(voucher: &voucher::Voucher, now: Timestamp) -> Self {
        let of = (voucher.counts, voucher.currency);
        let present = match (voucher.live, voucher.imported) {
            (true, _) => voucher::Present::Live,
            (_, true) => voucher::Present::Imported,
            _ => voucher::Present::Code,
        };
        Self {
            id: Wire(voucher.id),
            sku: Wire(voucher.sku),
            order: voucher.source.map(|(order, _)| Wire(order)),
            line: voucher.source.map(|(_, line)| line),
            counts: Wire(voucher.counts),
            total: HowMuch::of(voucher.total, of),
            remaining: HowMuch::of(voucher.remaining, of),
            state: Wire(state_at(voucher, now)),
            valid_from: Wire(voucher.valid_from),
            days_after_first_use: (voucher.use_days > 0).then_some(voucher.use_days),
            valid_until: (voucher.valid_until < FOREVER).then_some(Wire(voucher.valid_until)),
            on_expiry: OnExpiry(voucher.on_expiry),
            present: Wire(present),
            created_at: Wire(voucher.created_at),
        }
    }
}

impl Redemption {
    /// A redemption as it is stored.
    pub fn of(redemption: &voucher::Redemption) -> Self {
        let of = (redemption.counts, redemption.currency);
        Self {
            id: Wire(redemption.id),
            voucher: Wire(redemption.voucher),
            sku: Wire(redemption.sku),
            store: redemption.store.map(Wire),
            by: redemption.by.map(|by| by.to_string()),
            taken: HowMuch::of(redemption.taken, of),
            remaining: HowMuch::of(redemption.remaining, of),
            at: Wire(redemption.at),
            reversed_at: redemption.reversed_at.map(Wire),
        }
    }
}
