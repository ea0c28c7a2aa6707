//! Vouchers (券): entitlements that we redeem ourselves, as often or as far as they allow.
//!
//! A voucher's row is the lock on which redemptions, reversals, refunds and expiry meet. What is left of all vouchers of
//! a SKU that are in force is the balance of its control account; what was paid for that part lies in the merchant's
//! account of unearned money.

pub mod code;
pub mod expire;
pub mod fact;
pub mod hours;
pub mod issue;
pub mod make;
pub mod moves;
pub mod redeem;
pub mod redeem_together;
pub mod reverse;
pub mod run;
pub mod show;
pub mod store;
pub mod terms;
pub mod world;

use crate::Refusal;
use crate::context::Actor;
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use kernel::{Currency, OrderId, RedemptionId, SkuId, StoreId, Tenant, Timestamp, VoucherId};
use serde::{Deserialize, Serialize};

pub use hours::Hours;
pub use run::VoucherRun;
pub use show::Token;
pub use store::Store;
pub use terms::{OnExpiry, Present, Validity, VoucherTerms, Worth};

crate::dispatch::verbs! {
    Voucher:
    "make_vouchers" => make::MakeVouchers,
    "redeem_voucher" => redeem::RedeemVoucher,
    "redeem_together" => redeem_together::RedeemTogether,
    "reverse_redemption" => reverse::ReverseRedemption,
    "expire_vouchers" => expire::ExpireVouchers,
    "show_voucher" => show::ShowVoucher,
    "begin_voucher_run" => run::BeginVoucherRun,
    "advance_voucher_run" => run::AdvanceVoucherRun,
    "stop_voucher_run" => run::StopVoucherRun,
    "take_voucher_run" => run::TakeVoucherRun,
}

crate::numbered::numbered! {
    /// Where a voucher stands. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum VoucherState {
        /// Something of it is left.
        Effective = 1,
        /// Nothing of it is left; a reversal makes it effective again.
        Used = 2,
        /// Its time was over before it was used up.
        Expired = 3,
        /// It was taken back, or made worthless.
        Voided = 4,
    }
}

crate::numbered::numbered! {
    /// What a voucher counts. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum VoucherType {
        /// Uses.
        Count = 1,
        /// Money.
        Amount = 2,
    }
}

/// A voucher's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// Its id, from which its code follows.
    pub id: VoucherId,
    /// The tenant of the book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// Its template.
    pub sku: SkuId,
    /// The order and the line that delivered it; none when it was made without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<(OrderId, u32)>,
    /// What it counts.
    #[serde(rename = "type")]
    pub counts: VoucherType,
    /// The currency of its price, and of what it is worth.
    pub currency: Currency,
    /// What it was worth when it was delivered: uses, or ledger units.
    pub total: i64,
    /// What is left of that.
    pub remaining: i64,
    /// What was paid for it, in ledger units.
    pub price: i64,
    /// The part of the price that is not earned yet.
    pub unearned: i64,
    /// Where it stands.
    pub state: VoucherState,
    /// Redeemed from this time on.
    pub valid_from: Timestamp,
    /// Redeemed before this time.
    pub valid_until: Timestamp,
    /// What becomes of it then.
    pub on_expiry: OnExpiry,
    /// For how many days it is valid from its first use on; 0 when that moves nothing.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub use_days: u16,
    /// Whether it is shown by tokens that live a minute, and never by its code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub live: bool,
    /// Whether its code came from a file: the code in stock that had its id.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imported: bool,
    /// When it was delivered.
    pub created_at: Timestamp,
}

/// A redemption's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redemption {
    /// Its id.
    pub id: RedemptionId,
    /// The tenant of the book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// What was redeemed.
    pub voucher: VoucherId,
    /// The template of that.
    pub sku: SkuId,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreId>,
    /// Who took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
    /// What the voucher counts.
    #[serde(rename = "type")]
    pub counts: VoucherType,
    /// Its currency.
    pub currency: Currency,
    /// What was taken: uses, or ledger units.
    pub taken: i64,
    /// What was left afterwards: after it was taken back, if it was.
    pub remaining: i64,
    /// The part of the price that was earned by it, in ledger units.
    pub earned: i64,
    /// When.
    pub at: Timestamp,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reversed_at: Option<Timestamp>,
}

impl Voucher {
    /// Its key among the loaded rows.
    pub fn key(&self) -> (Tenant, VoucherId) {
        (self.tenant, self.id)
    }

    /// Whether something of it is left that can be redeemed, now or later.
    pub fn is_effective(&self) -> bool {
        self.state == VoucherState::Effective
    }

    /// The part of the price that is not earned when so much is left. What was used is earned in proportion, rounded down,
    /// so that the parts of all uses make the price.
    pub fn unearned_at(&self, remaining: i64) -> i64 {
        let used = i128::from(self.total - remaining);
        let earned = i128::from(self.price) * used / i128::from(self.total.max(1));
        self.price - earned as i64
    }

    /// What goes back when the rest is taken back, in whole minor units.
    pub fn refundable(&self) -> i64 {
        if self.is_effective() {
            self.unearned / kernel::Money::ledger_per_minor(self.currency)
        } else {
            0
        }
    }
}

impl Redemption {
    /// Its key among the loaded rows.
    pub fn key(&self) -> (Tenant, RedemptionId) {
        (self.tenant, self.id)
    }
}

impl Answer for Redemption {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Redemption, self.id.0))
    }
}

fn is_zero(days: &u16) -> bool {
    *days == 0
}

pub(crate) fn wrong_state(code: &'static str, detail: &'static str) -> Refusal {
    Refusal::WrongState { code, detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A voucher of a price and a worth, of which nothing was used.
    pub fn sample(price: i64, total: i64) -> Voucher {
        Voucher {
            id: VoucherId([1; 16]),
            tenant: crate::identity::operator(),
            sku: SkuId([2; 16]),
            source: None,
            counts: VoucherType::Count,
            currency: Currency::Cny,
            total,
            remaining: total,
            price,
            unearned: price,
            state: VoucherState::Effective,
            valid_from: Timestamp(0),
            valid_until: kernel::FOREVER,
            on_expiry: OnExpiry::Refund,
            use_days: 0,
            live: false,
            imported: false,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn what_all_uses_earn_is_the_price() {
        for (price, total) in [(100_000, 3), (0, 3), (1, 7), (i64::MAX / 2, i64::MAX / 3)] {
            let voucher = sample(price, total);
            assert_eq!((voucher.unearned_at(total), voucher.unearned_at(0)), (price, 0));
            let middle = voucher.unearned_at(total / 2);
            assert!((0..=price).contains(&middle), "{middle}");
        }
        assert_eq!(sample(100_000, 3).unearned_at(2), 66_667);
        assert_eq!(Voucher { unearned: 66_667, ..sample(100_000, 3) }.refundable(), 666);
    }
}
