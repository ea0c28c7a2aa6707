//! Facts about vouchers. Each tells its vouchers whole, as they are afterwards. What an order delivers stands in the order's fact.

use super::{Redemption, Voucher};
use crate::fact::FactBody;
use crate::fold::Folded;
use crate::ledger::fact::Posting;
use kernel::{SkuId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Voucher:
    "vouchers.made" 1 => VouchersMade,
    "voucher.redeemed" 1 => VoucherRedeemed,
    "voucher.reversed" 1 => RedemptionReversed,
    "vouchers.expired" 1 => VouchersExpired,
}

/// Vouchers were made without an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VouchersMade {
    /// Their template.
    pub sku: SkuId,
    /// The vouchers.
    pub vouchers: Vec<Voucher>,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for VouchersMade {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.vouchers(tenant, self.vouchers);
    }
}

/// Some of a voucher was redeemed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherRedeemed {
    /// The redemption.
    pub redemption: Redemption,
    /// The voucher.
    pub voucher: Voucher,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for VoucherRedeemed {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.vouchers(tenant, vec![self.voucher]);
        rows.redemption(tenant, self.redemption);
    }
}

/// A redemption was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedemptionReversed {
    /// The redemption.
    pub redemption: Redemption,
    /// The voucher.
    pub voucher: Voucher,
    /// Why, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for RedemptionReversed {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.vouchers(tenant, vec![self.voucher]);
        rows.redemption(tenant, self.redemption);
    }
}

/// Vouchers whose time is over ended, or were given more time. What goes back to buyers stands in facts of their refunds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VouchersExpired {
    /// Their template.
    pub sku: SkuId,
    /// The vouchers.
    pub vouchers: Vec<Voucher>,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for VouchersExpired {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        rows.vouchers(tenant, self.vouchers);
    }
}
