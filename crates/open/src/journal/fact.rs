//! Facts as the journal stores them, with their OpenAPI schema.
//!
//! The stored text is read into these types and written out again, so a caller never sees a shape
//! that is not described, and a field that is added to a stored fact shows when it is added here.

mod subject;

use super::shapes::{
    FactCheckpoint, FactLine, FactOrder, FactPosting, FactProduct, FactShop, FactSize, LedgerAmount,
};
use super::shapes_of_money::{FactChannelPayment, FactHeld, FactPayment, FactReceipt, FactRefund};
use super::shapes_of_vouchers::{
    FactContent, FactDevice, FactRedemption, FactVoucher, FactVoucherRun,
};
use crate::resource::ResourceFact;
use domain::resource::registry;
use edge::wire::{
    AccountId, Act, ApiKeyId, ApprovalId, ApprovalState, BatchMark, BuyerId, CodeBatchId, CodeId,
    DeviceId, ExportFormat, ExportId, ExportState, HoldId, ImportId, MerchantId, Mode, OrderId,
    PersonChange, PersonId, Scope, SkuId, Time, TransferId, Verdict, VoucherRunId,
};
use kernel::Id16;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What happened. `kind` says which of the shapes it is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind")]
pub enum Fact {
    /// A merchant was made.
    #[serde(rename = "merchant.created")]
    MerchantCreated { merchant: MerchantId, name: String, zone: String },
    /// A key was made.
    #[serde(rename = "api_key.created")]
    ApiKeyCreated {
        key: ApiKeyId,
        merchant: MerchantId,
        mode: Mode,
        name: String,
        scopes: Vec<Scope>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        requests_per_minute: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<Time>,
    },
    /// A key was revoked.
    #[serde(rename = "api_key.revoked")]
    ApiKeyRevoked { key: ApiKeyId },
    /// A product was made.
    #[serde(rename = "product.created")]
    ProductCreated { product: FactProduct },
    /// A product or a SKU of it was edited.
    #[serde(rename = "product.edited")]
    ProductEdited {
        product: FactProduct,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<FactProduct>,
    },
    /// The shop got another look or other words.
    #[serde(rename = "shop.edited")]
    ShopEdited {
        shop: FactShop,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<FactShop>,
    },
    /// A buyer was seen for the first time.
    #[serde(rename = "buyer.created")]
    BuyerCreated { buyer: BuyerId },
    /// Somebody saw what the merchant calls a buyer.
    #[serde(rename = "buyer.unmasked")]
    BuyerUnmasked { buyer: BuyerId, reason: String },
    /// A person took the unsold codes of a batch in clear.
    #[serde(rename = "codes.exported")]
    CodesExported { import: ImportId, batch: CodeBatchId, sku: SkuId, codes: i64, reason: String },
    /// The link of an order's page was given out again.
    #[serde(rename = "order.link_given")]
    OrderLinkGiven { order: OrderId, mailed: bool },
    /// Somebody kept a note about an order; buyers never see it.
    #[serde(rename = "order.noted")]
    OrderNoted { order: OrderId, text: String },
    /// Somebody saw what a buyer answered with an order.
    #[serde(rename = "order.unmasked")]
    OrderUnmasked { order: OrderId, reason: String },
    /// Something about a person changed; of the operator's book.
    #[serde(rename = "person.changed")]
    PersonChanged { person: PersonId, what: PersonChange },
    /// A person signed in; of the operator's book, and of those of the merchants where he works.
    #[serde(rename = "session.opened")]
    SessionOpened { person: PersonId, address: String, agent: String, new_device: bool },
    /// A person proved his second factor again; of the operator's book.
    #[serde(rename = "session.stepped_up")]
    SessionSteppedUp { person: PersonId, address: String },
    /// Sessions of a person ended before their time; of the operator's book.
    #[serde(rename = "session.ended")]
    SessionEnded { person: PersonId, sessions: i64 },
    /// A person of the operator entered the merchant by his grant: once an hour at most.
    #[serde(rename = "operator.entered")]
    OperatorEntered { person: PersonId, address: String },
    /// Somebody did not prove who he is: one an address and minute; of the operator's book.
    #[serde(rename = "sign_in.refused")]
    SignInRefused {
        address: String,
        count: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
    },
    /// Something was refused to whoever came with a session: each person, route and reason once a minute at most.
    #[serde(rename = "access.refused")]
    AccessRefused {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        route: String,
        code: String,
        count: i64,
    },
    /// An act waits for a second person.
    #[serde(rename = "approval.opened")]
    ApprovalOpened {
        approval: ApprovalId,
        act: Act,
        requester: PersonId,
        request: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<FactSize>,
        expires_at: Time,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        alone: bool,
    },
    /// Nobody else can approve an act any more, and everybody is told.
    #[serde(rename = "approval.alone")]
    ApprovalAlone { approval: ApprovalId, requester: PersonId },
    /// A second person decided; what was done stands in facts of the same request.
    #[serde(rename = "approval.decided")]
    ApprovalDecided {
        approval: ApprovalId,
        act: Act,
        requester: PersonId,
        by: PersonId,
        state: ApprovalState,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        problem: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Nobody decided in time.
    #[serde(rename = "approval.expired")]
    ApprovalExpired { approval: ApprovalId, act: Act, requester: PersonId },
    /// Who asked took what the act gave.
    #[serde(rename = "approval.taken")]
    ApprovalTaken { approval: ApprovalId, requester: PersonId },
    /// Somebody asked for a list as a file.
    #[serde(rename = "export.requested")]
    ExportRequested {
        export: ExportId,
        list: String,
        format: ExportFormat,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        filter: BTreeMap<String, String>,
    },
    /// The file is there, or never will be.
    #[serde(rename = "export.ended")]
    ExportEnded {
        export: ExportId,
        list: String,
        state: ExportState,
        rows: i64,
        bytes: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        problem: Option<String>,
    },
    /// Who asked took the file.
    #[serde(rename = "export.downloaded")]
    ExportDownloaded { export: ExportId, list: String, rows: i64 },
    /// A wallet was credited.
    #[serde(rename = "wallet.credited")]
    WalletCredited { transfer: TransferId, buyer: BuyerId, posting: FactPosting },
    /// A part of a wallet was put on hold.
    #[serde(rename = "hold.made")]
    HoldMade { hold: HoldId, account: AccountId, buyer: BuyerId, amount: i64 },
    /// A hold was posted; the rest of it was released.
    #[serde(rename = "hold.posted")]
    HoldPosted { hold: HoldId, account: AccountId, released: i64, posting: FactPosting },
    /// A hold was voided.
    #[serde(rename = "hold.voided")]
    HoldVoided { hold: HoldId, account: AccountId, released: i64 },
    /// A code file came in whole.
    #[serde(rename = "import.opened")]
    ImportOpened {
        import: ImportId,
        batch: CodeBatchId,
        sku: SkuId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        supplier: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_cost: Option<LedgerAmount>,
        bytes: i64,
    },
    /// A slice of a code file was read.
    #[serde(rename = "import.advanced")]
    ImportAdvanced {
        import: ImportId,
        records: i64,
        accepted: i64,
        duplicates: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        doubts: Option<i64>,
        errors: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        posting: Option<FactPosting>,
    },
    /// A code file was read to its end, or cannot be read.
    #[serde(rename = "import.finished")]
    ImportFinished {
        import: ImportId,
        accepted: i64,
        duplicates: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        doubts: Option<i64>,
        errors: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String>,
    },
    /// Voided codes that nobody saw came in again with a file.
    #[serde(rename = "codes.readmitted")]
    CodesReadmitted { import: ImportId, postings: Vec<FactPosting> },
    /// A code file was looked at, and a person is asked how it is to be read.
    #[serde(rename = "import.asked")]
    ImportAsked { import: ImportId, questions: i64, kept: bool },
    /// A person decided how a code file is read, or what becomes of its doubts.
    #[serde(rename = "import.decided")]
    ImportDecided {
        import: ImportId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        columns: Option<Vec<String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encoding: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        separator: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<BTreeMap<String, String>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        doubts: Option<Verdict>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lines: Option<i64>,
    },
    /// Rows that may have been twins went on sale or were dropped.
    #[serde(rename = "doubts.settled")]
    DoubtsSettled {
        import: ImportId,
        sku: SkuId,
        accepted: i64,
        dropped: i64,
        postings: Vec<FactPosting>,
    },
    /// Codes from before records of fields got tags like all others.
    #[serde(rename = "codes.retagged")]
    CodesRetagged { count: i64, twins: i64 },
    /// Codes crossed their date unsold.
    #[serde(rename = "codes.expired")]
    CodesExpired { sku: SkuId, count: i64, posting: FactPosting },
    /// Codes that do not open were set aside.
    #[serde(rename = "codes.damaged")]
    CodesDamaged { sku: SkuId, codes: Vec<CodeId>, posting: FactPosting },
    /// A SKU was taken off the shelf because of damaged codes in a row.
    #[serde(rename = "sku.stopped")]
    SkuStopped { sku: SkuId, damaged: i64 },
    /// A batch was frozen, unfrozen or voided.
    #[serde(rename = "batch.marked")]
    BatchMarked {
        import: ImportId,
        batch: CodeBatchId,
        sku: SkuId,
        mark: BatchMark,
        reason: String,
    },
    /// A slice of a batch became what the batch's mark says.
    #[serde(rename = "batch.advanced")]
    BatchAdvanced {
        import: ImportId,
        sku: SkuId,
        mark: BatchMark,
        count: i64,
        postings: Vec<FactPosting>,
    },
    /// A batch was sent to another SKU, or shall have another date.
    #[serde(rename = "batch.relocated")]
    BatchRelocated {
        import: ImportId,
        batch: CodeBatchId,
        from: SkuId,
        to: SkuId,
        valid_until: Option<Time>,
        reason: Option<String>,
    },
    /// A slice of a batch came to where the batch was sent; or the batch stays.
    #[serde(rename = "batch.relocation_advanced")]
    RelocationAdvanced {
        import: ImportId,
        from: SkuId,
        to: SkuId,
        count: i64,
        postings: Vec<FactPosting>,
        failure: Option<String>,
    },
    /// A code was frozen, unfrozen or voided.
    #[serde(rename = "code.marked")]
    CodeMarked {
        code: CodeId,
        batch: CodeBatchId,
        sku: SkuId,
        mark: BatchMark,
        reason: String,
        postings: Vec<FactPosting>,
    },
    /// Stock fell to the alarm line.
    #[serde(rename = "stock.low")]
    StockLow { sku: SkuId, left: i64, line: i64 },
    /// An order was placed, paid and delivered at once.
    #[serde(rename = "order.bought")]
    OrderBought {
        order: FactOrder,
        lines: Vec<FactLine>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        vouchers: Vec<FactVoucher>,
        postings: Vec<FactPosting>,
    },
    /// An order was placed and waits for money.
    #[serde(rename = "order.placed")]
    OrderPlaced { order: FactOrder, lines: Vec<FactLine>, held: Vec<FactHeld> },
    /// A placed order was paid and delivered.
    #[serde(rename = "order.paid")]
    OrderPaid {
        order: FactOrder,
        lines: Vec<FactLine>,
        payment: FactPayment,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<FactReceipt>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refunds: Vec<FactRefund>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        vouchers: Vec<FactVoucher>,
        held: Vec<FactHeld>,
        postings: Vec<FactPosting>,
    },
    /// An order was closed unpaid.
    #[serde(rename = "order.closed")]
    OrderClosed { order: FactOrder, lines: Vec<FactLine>, released: Vec<FactHeld> },
    /// An order waits for money until another time, because the clock was taken back from when it was placed.
    #[serde(rename = "order.retimed")]
    OrderRetimed { order: FactOrder, lines: Vec<FactLine> },
    /// Somebody began to pay through a channel.
    #[serde(rename = "payment.started")]
    PaymentStarted {
        payment: FactPayment,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<FactChannelPayment>,
    },
    /// A channel said that nothing will come.
    #[serde(rename = "payment.ended")]
    PaymentEnded { payment: FactPayment },
    /// Money came in that is for no goods, and goes back.
    #[serde(rename = "payment.returned")]
    PaymentReturned {
        payment: FactPayment,
        receipt: FactReceipt,
        refund: FactRefund,
        postings: Vec<FactPosting>,
    },
    /// Money came in for a wallet.
    #[serde(rename = "payment.recharged")]
    PaymentRecharged {
        payment: FactPayment,
        receipt: FactReceipt,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refunds: Vec<FactRefund>,
        postings: Vec<FactPosting>,
    },
    /// A channel offered a way to pay.
    #[serde(rename = "payment.offered")]
    PaymentOffered { channel: FactChannelPayment },
    /// A notice that is not the channel's, or not for its account, was refused; nothing changed.
    #[serde(rename = "payment.notice_refused")]
    NoticeRefused { account: String, reason: String, count: u32 },
    /// What is stored of a payment account cannot be read; its channel is not asked until its secrets are entered again.
    #[serde(rename = "payment.account_unreadable")]
    AccountUnreadable { account: String },
    /// An order was refunded in whole or in part.
    #[serde(rename = "refund.made")]
    RefundMade {
        refund: FactRefund,
        order: FactOrder,
        lines: Vec<FactLine>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        vouchers: Vec<FactVoucher>,
        postings: Vec<FactPosting>,
    },
    /// A channel said how a refund ended.
    #[serde(rename = "refund.settled")]
    RefundSettled { refund: FactRefund, posting: FactPosting },
    /// A refund that its channel refused was sent again.
    #[serde(rename = "refund.retried")]
    RefundRetried { refund: FactRefund, posting: FactPosting },
    /// What buyers of a SKU share has a new version.
    #[serde(rename = "content.changed")]
    ContentChanged { content: FactContent },
    /// Somebody of the merchant's read a version of it.
    #[serde(rename = "content.revealed")]
    ContentRevealed {
        sku: SkuId,
        number: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Vouchers were made without an order.
    #[serde(rename = "vouchers.made")]
    VouchersMade {
        first: FactVoucher,
        quantity: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        run: Option<VoucherRunId>,
        postings: Vec<FactPosting>,
    },
    /// Many vouchers are to be made.
    #[serde(rename = "voucher_run.begun")]
    RunBegun { run: FactVoucherRun },
    /// No more vouchers of a run are made.
    #[serde(rename = "voucher_run.stopped")]
    RunStopped { run: FactVoucherRun },
    /// Somebody took the codes of a run.
    #[serde(rename = "voucher_run.taken")]
    RunTaken { run: VoucherRunId, codes: u32 },
    /// Codes that open nothing were tried so often that whoever does it must wait.
    #[serde(rename = "codes.guessed")]
    CodesGuessed {
        address: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<DeviceId>,
        count: i64,
    },
    /// A device was added to a store.
    #[serde(rename = "device.added")]
    DeviceAdded { device: FactDevice },
    /// Too many PINs at a device were wrong.
    #[serde(rename = "device.blocked")]
    DeviceBlocked { device: FactDevice },
    /// A browser was paired with a device.
    #[serde(rename = "device.paired")]
    DevicePaired { device: FactDevice },
    /// A device was taken away.
    #[serde(rename = "device.removed")]
    DeviceRemoved { device: FactDevice },
    /// Some of a voucher was redeemed.
    #[serde(rename = "voucher.redeemed")]
    VoucherRedeemed { redemption: FactRedemption, voucher: FactVoucher, postings: Vec<FactPosting> },
    /// A redemption was taken back.
    #[serde(rename = "voucher.reversed")]
    RedemptionReversed {
        redemption: FactRedemption,
        voucher: FactVoucher,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        postings: Vec<FactPosting>,
    },
    /// Vouchers whose time is over ended, or were given more time.
    #[serde(rename = "vouchers.expired")]
    VouchersExpired { sku: SkuId, vouchers: Vec<FactVoucher>, postings: Vec<FactPosting> },
    /// An order's codes were shown.
    #[serde(rename = "codes.revealed")]
    CodesRevealed {
        order: OrderId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Codes that an order delivered do not open.
    #[serde(rename = "codes.unreadable")]
    CodesUnreadable { order: OrderId, codes: Vec<CodeId> },
    /// The data keys were brought under the master key in force; of the operator's book.
    #[serde(rename = "keys.rotated")]
    KeysRotated {
        by: String,
        wrapped: Vec<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        added: Option<i64>,
    },
    /// Nothing lies under the older keys that sealed, and they are gone; of the operator's book.
    #[serde(rename = "keys.dropped")]
    KeysDropped { oldest: u32 },
    /// All books were signed at once; of the operator's book.
    #[serde(rename = "journal.checkpointed")]
    JournalCheckpointed { checkpoint: FactCheckpoint },
    /// A part of the journal was exported: what was asked, how many entries, and the SHA-256 of what was given.
    #[serde(rename = "journal.exported")]
    JournalExported { asked: String, rows: i64, sha256: String },
}

/// What happened: one of the shapes of facts, or a change of a resource.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "a box would cost each fact an allocation")]
pub enum Happened {
    /// A fact of a context.
    Fact(Fact),
    /// A change of a resource.
    Resource(ResourceFact),
}

impl Happened {
    /// Reads what is stored under a kind.
    pub fn read(kind: &str, text: &str) -> serde_json::Result<Self> {
        match registry::of_fact(kind) {
            Some(_) => serde_json::from_str(text).map(Self::Resource),
            None => serde_json::from_str(text).map(Self::Fact),
        }
    }

    /// The row's subject as a typed id.
    pub fn subject(&self, id: Id16) -> String {
        match self {
            Self::Fact(fact) => fact.subject(id),
            Self::Resource(fact) => fact.subject(),
        }
    }
}

#[cfg(test)]
pub mod tests;
