//! Folding the journal: facts in, rows out. `verify` compares the result with what the store holds.

use crate::fact::catalog::{ProductCreated, ProductEdited};
use crate::fact::inventory::{BatchMarked, ImportAdvanced, ImportOpened};
use crate::fact::ledger::{HoldMade, HoldPosted, HoldVoided};
use crate::fact::order::{CodesRevealed, OrderBought, OrderClosed, OrderPaid, OrderPlaced};
use crate::fact::payment::{PaymentEnded, PaymentReturned, PaymentStarted};
use crate::fact::refund::{RefundMade, RefundRetried, RefundSettled};
use crate::fact::shop::ShopEdited;
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

/// Accepted codes, duplicates, errors and the number of the batch's mark.
pub type ImportTold = (i64, i64, i64, i64);

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
    pub imports: BTreeMap<(Tenant, ImportId), ImportTold>,
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
            Fact::HoldMade(HoldMade { hold, account, amount, .. }) => {
                self.accounts.entry((tenant, account)).or_default().1 += amount;
                self.holds.insert((tenant, hold), (amount, 0, HoldState::Pending));
            }
            Fact::HoldPosted(HoldPosted { hold, account, released, posting }) => {
                self.accounts.entry((tenant, account)).or_default().1 -= released;
                let ended = (released, posting.amount, HoldState::Posted);
                self.holds.insert((tenant, hold), ended);
            }
            Fact::HoldVoided(HoldVoided { hold, account, released }) => {
                self.accounts.entry((tenant, account)).or_default().1 -= released;
                self.holds.insert((tenant, hold), (released, 0, HoldState::Voided));
            }
            Fact::ImportOpened(ImportOpened { import, .. }) => {
                self.imports.insert((tenant, import), (0, 0, 0, 0));
            }
            Fact::ImportAdvanced(ImportAdvanced {
                import, accepted, duplicates, errors, ..
            }) => {
                let row = self.imports.entry((tenant, import)).or_default();
                *row = (row.0 + accepted, row.1 + duplicates, row.2 + errors, row.3);
            }
            Fact::BatchMarked(BatchMarked { import, mark, .. }) => {
                self.imports.entry((tenant, import)).or_default().3 = mark as i64;
            }
            Fact::OrderBought(OrderBought { order, lines, .. }) => self.order(tenant, order, lines),
            Fact::OrderPlaced(OrderPlaced { order, lines, held }) => {
                self.order(tenant, order, lines);
                self.holds(tenant, &held, HoldState::Pending);
            }
            Fact::OrderPaid(OrderPaid { order, lines, payment, refunds, held, .. }) => {
                self.order(tenant, order, lines);
                self.payment(tenant, payment);
                refunds.into_iter().for_each(|refund| self.refund(tenant, refund));
                self.holds(tenant, &held, HoldState::Posted);
            }
            Fact::OrderClosed(OrderClosed { order, lines, released }) => {
                self.order(tenant, order, lines);
                self.holds(tenant, &released, HoldState::Voided);
            }
            Fact::PaymentStarted(PaymentStarted { payment })
            | Fact::PaymentEnded(PaymentEnded { payment }) => {
                self.payment(tenant, payment);
            }
            Fact::PaymentReturned(PaymentReturned { payment, refund, .. }) => {
                self.payment(tenant, payment);
                self.refund(tenant, refund);
            }
            Fact::RefundMade(RefundMade { refund, order, lines, .. }) => {
                self.order(tenant, order, lines);
                self.refund(tenant, refund);
            }
            Fact::RefundSettled(RefundSettled { refund, .. })
            | Fact::RefundRetried(RefundRetried { refund, .. }) => {
                self.refund(tenant, refund);
            }
            Fact::ProductCreated(ProductCreated { product })
            | Fact::ProductEdited(ProductEdited { product }) => {
                self.products.insert((tenant, product.id), product.version);
            }
            Fact::ShopEdited(ShopEdited { shop }) => {
                self.shops.insert((tenant, tenant.merchant()), shop);
            }
            Fact::MerchantCreated(_)
            | Fact::ApiKeyCreated(_)
            | Fact::ApiKeyRevoked(_)
            | Fact::BuyerCreated(_)
            | Fact::WalletCredited(_)
            | Fact::ImportFinished(_)
            | Fact::CodesExpired(_)
            | Fact::BatchAdvanced(_)
            | Fact::CodeMarked(_)
            | Fact::StockLow(_)
            | Fact::KeysRotated { .. }
            | Fact::KeysDropped { .. } => {}
            Fact::CodesRevealed(CodesRevealed { order, .. }) => {
                self.looks.entry((tenant, order)).or_insert(at.0);
            }
        }
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
            self.accounts.entry((tenant, *account)).or_default().1 += kept;
            let posted = if state == HoldState::Posted { *amount } else { 0 };
            self.holds.insert((tenant, *hold), (*amount, posted, state));
        }
    }
}
