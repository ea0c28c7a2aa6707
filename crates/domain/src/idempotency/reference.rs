//! The little of an answer that an idempotency record keeps.

use kernel::Id16;

crate::numbered::numbered! {
    /// The kinds of outcomes that a record can point at. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum OutcomeKind {
        /// An order.
        Order = 1,
        /// A transfer.
        Transfer = 2,
        /// A product in a version.
        Product = 3,
        /// An import.
        Import = 4,
        /// A hold; its version is its state.
        Hold = 5,
        /// A merchant.
        Merchant = 6,
        /// A payment.
        Payment = 7,
        /// A refund.
        Refund = 8,
        /// A resource in a version.
        Resource = 9,
        /// An act that waits for a second person, or did.
        Approval = 10,
        /// A list that is written to a file.
        Export = 11,
        /// A redemption.
        Redemption = 30,
        /// Vouchers that were made together: the first one; its version is their number.
        Vouchers = 31,
        /// A run of vouchers.
        VoucherRun = 32,
        /// A device of a store.
        Device = 33,
        /// Redemptions of one act: the first one; its version is their number.
        Redemptions = 34,
        /// A version of what buyers share.
        Content = 40,
    }
}

/// Enough to render an answer again: ids, never secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeRef {
    /// What it points at.
    pub kind: OutcomeKind,
    /// Which one.
    pub subject: Id16,
    /// The version, where that matters.
    pub version: i64,
}

impl OutcomeRef {
    /// A reference to what has no versions.
    pub fn to(kind: OutcomeKind, subject: Id16) -> Self {
        Self { kind, subject, version: 0 }
    }
}
