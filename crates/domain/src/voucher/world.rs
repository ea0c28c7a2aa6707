//! Vouchers and redemptions of a batch: what it needs, what was loaded, what its commands changed.

use super::{Redemption, Token, Voucher, VoucherRun};
use crate::Table;
use kernel::{Id16, RedemptionId, Tenant, VoucherId, VoucherRunId};
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Vouchers by the tag of their code.
    pub tags: Table<(Tenant, Id16), VoucherId>,
    /// Vouchers.
    pub vouchers: Table<(Tenant, VoucherId), Voucher>,
    /// Redemptions.
    pub redemptions: Table<(Tenant, RedemptionId), Redemption>,
    /// Vouchers by the digits of their tokens, also of those that are over.
    pub digits: Table<(Tenant, u32), Vec<VoucherId>>,
    /// Tokens.
    pub tokens: Table<(Tenant, VoucherId), Token>,
    /// Runs.
    pub runs: Table<(Tenant, VoucherRunId), VoucherRun>,
    /// Vouchers that were delivered or made, each with the tag of its code.
    pub new_vouchers: Vec<(Voucher, Id16)>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Tags of codes.
    pub tags: BTreeSet<(Tenant, Id16)>,
    /// Vouchers.
    pub vouchers: BTreeSet<(Tenant, VoucherId)>,
    /// Redemptions.
    pub redemptions: BTreeSet<(Tenant, RedemptionId)>,
    /// Digits of tokens.
    pub digits: BTreeSet<(Tenant, u32)>,
    /// Tokens.
    pub tokens: BTreeSet<(Tenant, VoucherId)>,
    /// Runs.
    pub runs: BTreeSet<(Tenant, VoucherRunId)>,
}

impl Rows {
    /// Writes a voucher that changed.
    pub fn save(&mut self, voucher: Voucher) {
        self.vouchers.insert(voucher.key(), voucher);
    }
}
