//! Folding the journal: facts in, rows out. `verify` compares the result with what the store holds.

use crate::fact::catalog::{ProductCreated, ProductEdited};
use crate::fact::inventory::{BatchMarked, DoubtsSettled, ImportAdvanced, ImportOpened};
use crate::fact::ledger::{HoldMade, HoldPosted, HoldVoided};
use crate::fact::order::{OrderClosed, OrderPaid, OrderPlaced};
use crate::fact::payment::{PaymentEnded, PaymentStarted};
use crate::fact::refund::{RefundRetried, RefundSettled};
use crate::fact::{Fact, HeldFact, LineFact};
use crate::ledger::HoldState;
use crate::order::Order;
use crate::payment::Payment;
use crate::refund::Refund;
use crate::shop::ShopStyle;
use kernel::{
    AccountId, HoldId, ImportId, MerchantId, OrderId, PaymentId, ProductId, RefundId, Tenant,
    Timestamp,
};
use std::collections::BTreeMap;

/// What the facts tell of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportTotals {
    /// Codes taken in.
    pub accepted: i64,
    /// Codes that were there before.
    pub duplicates: i64,
    /// Rows that may be twins, without those that were taken in.
    pub doubts: i64,
    /// Rows that cannot be read.
    pub errors: i64,
    /// The number of the batch's mark.
    pub mark: i64,
}

/// What the facts of a book say its rows are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// Balance and held amount by account.
    pub accounts: BTreeMap<(Tenant, AccountId), (i64, i64)>,
    /// Orders with their lines.
    pub orders: BTreeMap<(Tenant, OrderId), (Order, Vec<LineFact>)>,
    /// Payments.
    pub payments: BTreeMap<(Tenant, PaymentId), Payment>,
    /// Refunds.
    pub refunds: BTreeMap<(Tenant, RefundId), Refund>,
    /// Amount, posted amount and state by hold.
    pub holds: BTreeMap<(Tenant, HoldId), (i64, i64, HoldState)>,
    /// What is told of imports.
    pub imports: BTreeMap<(Tenant, ImportId), ImportTotals>,
    /// Newest version by product.
    pub products: BTreeMap<(Tenant, ProductId), i64>,
    /// How the shop of each book looks.
    pub shops: BTreeMap<(Tenant, MerchantId), ShopStyle>,
    /// When the codes of each order were shown for the first time.
    pub looks: BTreeMap<(Tenant, OrderId), i64>,
}

impl Folded {
    /// Takes in the next fact of a book.
    pub fn apply(&mut self, tenant: Tenant, at: Timestamp, fact: Fact) {
        for posting in fact.postings() {
            self.accounts.entry((tenant, posting.debit)).or_default().0 -= posting.amount;
            self.accounts.entry((tenant, posting.credit)).or_default().0 += posting.amount;
        }
        match fact {
            Fact::HoldMade(made) => self.hold_made(tenant, &made),
            Fact::HoldPosted(posted) => self.hold_posted(tenant, &posted),
            Fact::HoldVoided(voided) => self.hold_voided(tenant, &voided),
            Fact::ImportOpened(opened) => self.import_opened(tenant, &opened),
            Fact::ImportAdvanced(advanced) => self.import_advanced(tenant, &advanced),
            Fact::DoubtsSettled(settled) => self.doubts_settled(tenant, &settled),
            Fact::BatchMarked(marked) => self.batch_marked(tenant, &marked),
            Fact::OrderBought(bought) => self.order(tenant, bought.order, bought.lines),
            Fact::OrderPlaced(placed) => self.order_placed(tenant, placed),
            Fact::OrderPaid(paid) => self.order_paid(tenant, paid),
            Fact::OrderClosed(closed) => self.order_closed(tenant, closed),
            Fact::OrderRetimed(retimed) => self.order(tenant, retimed.order, retimed.lines),
            Fact::CodesRevealed(shown) => {
                self.looks.entry((tenant, shown.order)).or_insert(at.0);
            }
            Fact::PaymentStarted(PaymentStarted { payment })
            | Fact::PaymentEnded(PaymentEnded { payment }) => self.payment(tenant, payment),
            Fact::PaymentReturned(returned) => {
                self.payment(tenant, returned.payment);
                self.refund(tenant, returned.refund);
            }
            Fact::RefundMade(made) => {
                self.order(tenant, made.order, made.lines);
                self.refund(tenant, made.refund);
            }
            Fact::RefundSettled(RefundSettled { refund, .. })
            | Fact::RefundRetried(RefundRetried { refund, .. }) => self.refund(tenant, refund),
            Fact::ProductCreated(ProductCreated { product })
            | Fact::ProductEdited(ProductEdited { product }) => {
                self.products.insert((tenant, product.id), product.version);
            }
            Fact::ShopEdited(edited) => {
                self.shops.insert((tenant, tenant.merchant()), edited.shop);
            }
            Fact::MerchantCreated(_)
            | Fact::ApiKeyCreated(_)
            | Fact::ApiKeyRevoked(_)
            | Fact::BuyerCreated(_)
            | Fact::WalletCredited(_)
            | Fact::ImportFinished(_)
            | Fact::ImportAsked(_)
            | Fact::ImportDecided(_)
            | Fact::CodesReadmitted(_)
            | Fact::CodesRetagged(_)
            | Fact::CodesExpired(_)
            | Fact::CodesDamaged(_)
            | Fact::CodesUnreadable(_)
            | Fact::SkuStopped(_)
            | Fact::BatchAdvanced(_)
            | Fact::BatchRelocated(_)
            | Fact::RelocationAdvanced(_)
            | Fact::CodeMarked(_)
            | Fact::StockLow(_)
            | Fact::KeysRotated { .. }
            | Fact::KeysDropped { .. } => {}
        }
    }

    fn hold_made(&mut self, tenant: Tenant, made: &HoldMade) {
        self.keep(tenant, made.account, made.amount);
        self.holds.insert((tenant, made.hold), (made.amount, 0, HoldState::Pending));
    }

    fn hold_posted(&mut self, tenant: Tenant, posted: &HoldPosted) {
        self.keep(tenant, posted.account, -posted.released);
        let ended = (posted.released, posted.posting.amount, HoldState::Posted);
        self.holds.insert((tenant, posted.hold), ended);
    }

    fn hold_voided(&mut self, tenant: Tenant, voided: &HoldVoided) {
        self.keep(tenant, voided.account, -voided.released);
        self.holds.insert((tenant, voided.hold), (voided.released, 0, HoldState::Voided));
    }

    fn import_opened(&mut self, tenant: Tenant, opened: &ImportOpened) {
        self.imports.insert((tenant, opened.import), ImportTotals::default());
    }

    fn import_advanced(&mut self, tenant: Tenant, advanced: &ImportAdvanced) {
        let row = self.imports.entry((tenant, advanced.import)).or_default();
        row.accepted += advanced.accepted;
        row.duplicates += advanced.duplicates;
        row.doubts += advanced.doubts;
        row.errors += advanced.errors;
    }

    fn doubts_settled(&mut self, tenant: Tenant, settled: &DoubtsSettled) {
        let row = self.imports.entry((tenant, settled.import)).or_default();
        row.accepted += settled.accepted;
        row.doubts -= settled.accepted;
    }

    fn batch_marked(&mut self, tenant: Tenant, marked: &BatchMarked) {
        self.imports.entry((tenant, marked.import)).or_default().mark = marked.mark as i64;
    }

    fn order_placed(&mut self, tenant: Tenant, placed: OrderPlaced) {
        self.order(tenant, placed.order, placed.lines);
        self.holds(tenant, &placed.held, HoldState::Pending);
    }

    fn order_paid(&mut self, tenant: Tenant, paid: OrderPaid) {
        self.order(tenant, paid.order, paid.lines);
        self.payment(tenant, paid.payment);
        paid.refunds.into_iter().for_each(|refund| self.refund(tenant, refund));
        self.holds(tenant, &paid.held, HoldState::Posted);
    }

    fn order_closed(&mut self, tenant: Tenant, closed: OrderClosed) {
        self.order(tenant, closed.order, closed.lines);
        self.holds(tenant, &closed.released, HoldState::Voided);
    }

    fn order(&mut self, tenant: Tenant, order: Order, lines: Vec<LineFact>) {
        let order = Order { tenant, ..order };
        self.orders.insert((tenant, order.id), (order, lines));
    }

    fn payment(&mut self, tenant: Tenant, payment: Payment) {
        self.payments.insert((tenant, payment.id), Payment { tenant, ..payment });
    }

    fn refund(&mut self, tenant: Tenant, refund: Refund) {
        self.refunds.insert((tenant, refund.id), Refund { tenant, ..refund });
    }

    /// Holds of an order, which are posted or voided whole.
    fn holds(&mut self, tenant: Tenant, held: &[HeldFact], state: HoldState) {
        for HeldFact { hold, account, amount } in held {
            let kept = if state == HoldState::Pending { *amount } else { -amount };
            self.keep(tenant, *account, kept);
            let posted = if state == HoldState::Posted { *amount } else { 0 };
            self.holds.insert((tenant, *hold), (*amount, posted, state));
        }
    }

    /// So much more of an account is on hold.
    fn keep(&mut self, tenant: Tenant, account: AccountId, amount: i64) {
        self.accounts.entry((tenant, account)).or_default().1 += amount;
    }
}
