//! Facts about vouchers. Each tells its vouchers whole, as they are afterwards. What an order delivers stands in the order's fact.

use super::{Redemption, Voucher, VoucherRun};
use crate::fact::FactBody;
use crate::fold::Folded;
use crate::ledger::fact::Posting;
use kernel::{SkuId, Tenant, Timestamp, VoucherId, VoucherRunId};
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Voucher:
    "vouchers.made" 1 => VouchersMade,
    "voucher_run.begun" 1 => RunBegun,
    "voucher_run.stopped" 1 => RunStopped,
    "voucher_run.taken" 1 => RunTaken,
    "voucher.redeemed" 1 => VoucherRedeemed,
    "voucher.reversed" 1 => RedemptionReversed,
    "vouchers.expired" 1 => VouchersExpired,
}

/// Vouchers were made without an order. They are alike, and their ids follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VouchersMade {
    /// The first one.
    pub first: Voucher,
    /// How many.
    pub quantity: u32,
    /// The run that they belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<VoucherRunId>,
    /// What moved.
    pub postings: Vec<Posting>,
}

impl FactBody for VouchersMade {
    fn postings(&self) -> &[Posting] {
        &self.postings
    }

    fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        let first = u128::from_be_bytes(self.first.id.0);
        let id = |i: u32| VoucherId(first.wrapping_add(u128::from(i)).to_be_bytes());
        let alike = |i| Voucher { id: id(i), ..self.first.clone() };
        rows.vouchers(tenant, (0..self.quantity).map(alike).collect());
    }
}

/// Many vouchers are to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunBegun {
    /// The run.
    pub run: VoucherRun,
}

impl FactBody for RunBegun {}

/// No more vouchers of a run are made; those that are there stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunStopped {
    /// The run.
    pub run: VoucherRun,
}

impl FactBody for RunStopped {}

/// Somebody took the codes of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunTaken {
    /// The run.
    pub run: VoucherRunId,
    /// How many codes.
    pub codes: u32,
}

impl FactBody for RunTaken {}

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
