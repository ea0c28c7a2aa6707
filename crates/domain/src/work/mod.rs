//! Work: what must happen next, with a deadline and a lease. Written by rules, done by `deliver`.

pub mod claim;
pub mod postpone;
pub mod retime;
pub mod world;

use kernel::{Id16, Tenant, Timestamp};

crate::dispatch::verbs! {
    Work:
    "claim_work" => claim::ClaimWork,
    "postpone_work" => postpone::PostponeWork,
    "retime_work" => retime::RetimeWork,
}

crate::numbered::numbered! {
    /// What kind of work. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum WorkKind {
        /// Read a staged file; subject: the import.
        ReadImport = 1,
        /// Clear away an upload that never ended; subject: the import.
        DropUpload = 2,
        /// Take codes past their date out of stock; subject: the SKU.
        ExpireCodes = 3,
        /// Seal everything again under the newest key; one job of the operator.
        Reseal = 7,
        /// Close an order that nobody paid in time; subject: the order.
        ExpireOrder = 4,
        /// Give money back through a payment channel; subject: the refund.
        SendRefund = 5,
        /// Let the test channel tell what it has to tell; subject: its notice.
        SendNotice = 6,
        /// Carry the mark of a frozen, unfrozen or voided batch to its codes; subject: the import.
        MarkCodes = 8,
        /// Carry out what was decided of an import's doubts; subject: the import.
        SettleDoubts = 9,
        /// Give codes from before records of fields their tags; subject: the book.
        RetagCodes = 10,
        /// Take a SKU off the shelf because of damaged codes; subject: the SKU.
        StopSku = 12,
        /// Take a batch over to another SKU or date; subject: the import.
        RelocateCodes = 13,
        /// End the wait for a second person, or drop what an approved act gave and nobody took; subject: the approval.
        ExpireApproval = 16,
        /// Write a list to a file, and later clear that away; subject: the export.
        WriteExport = 17,
        /// Ask a channel where a payment stands, and close it when its time is over; subject: the payment.
        AskPayment = 20,
        /// End vouchers whose time is over; subject: the SKU.
        ExpireVouchers = 30,
        /// Make the vouchers of a run; subject: the run.
        MakeVouchers = 31,
    }
}

impl WorkKind {
    /// Its name, for logs and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadImport => "read_import",
            Self::DropUpload => "drop_upload",
            Self::ExpireCodes => "expire_codes",
            Self::Reseal => "reseal",
            Self::ExpireOrder => "expire_order",
            Self::SendRefund => "send_refund",
            Self::SendNotice => "send_notice",
            Self::MarkCodes => "mark_codes",
            Self::SettleDoubts => "settle_doubts",
            Self::RetagCodes => "retag_codes",
            Self::StopSku => "stop_sku",
            Self::RelocateCodes => "relocate_codes",
            Self::ExpireApproval => "expire_approval",
            Self::WriteExport => "write_export",
            Self::AskPayment => "ask_payment",
            Self::ExpireVouchers => "expire_vouchers",
            Self::MakeVouchers => "make_vouchers",
        }
    }
}

/// Which piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkKey {
    /// What kind.
    pub kind: WorkKind,
    /// The tenant of the book.
    pub tenant: Tenant,
    /// About what.
    pub subject: Id16,
}

/// A piece of work's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Not before this time.
    pub due_at: Timestamp,
    /// Lease expiry.
    pub lease_until: Timestamp,
    /// How often it was begun since it last went well.
    pub attempts: i64,
}

impl Work {
    /// Ends a lease that no clock which is right can have given.
    pub fn end_lease_of_future(&mut self, now: Timestamp) {
        if self.lease_until > now.plus_micros(claim::LEASE_US_MAX) {
            self.lease_until = Timestamp(0);
        }
    }

    /// New work.
    pub fn due(at: Timestamp) -> Self {
        Self { due_at: at, lease_until: Timestamp(0), attempts: 0 }
    }
}
