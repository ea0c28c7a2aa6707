//! Folding the journal: facts in, rows out. `verify` compares the result with what the store holds.

use crate::fact::{Fact, LineFact};
use crate::ledger::HoldState;
use crate::order::Order;
use kernel::{AccountId, HoldId, ImportId, OrderId, ProductId, Tenant};
use std::collections::BTreeMap;

/// What the facts of a book say its rows are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// Balance and held amount by account.
    pub accounts: BTreeMap<(Tenant, AccountId), (i64, i64)>,
    /// Orders with their lines.
    pub orders: BTreeMap<(Tenant, OrderId), (Order, Vec<LineFact>)>,
    /// Amount, posted amount and state by hold.
    pub holds: BTreeMap<(Tenant, HoldId), (i64, i64, HoldState)>,
    /// Accepted, duplicates and errors by import.
    pub imports: BTreeMap<(Tenant, ImportId), (i64, i64, i64)>,
    /// Newest version by product.
    pub products: BTreeMap<(Tenant, ProductId), i64>,
}

impl Folded {
    /// Takes in the next fact of a book.
    pub fn apply(&mut self, tenant: Tenant, fact: Fact) {
        for posting in fact.postings() {
            self.accounts.entry((tenant, posting.debit)).or_default().0 -= posting.amount;
            self.accounts.entry((tenant, posting.credit)).or_default().0 += posting.amount;
        }
        match fact {
            Fact::HoldMade { hold, account, amount, .. } => {
                self.accounts.entry((tenant, account)).or_default().1 += amount;
                self.holds.insert((tenant, hold), (amount, 0, HoldState::Pending));
            }
            Fact::HoldPosted { hold, account, released, posting } => {
                self.accounts.entry((tenant, account)).or_default().1 -= released;
                let ended = (released, posting.amount, HoldState::Posted);
                self.holds.insert((tenant, hold), ended);
            }
            Fact::HoldVoided { hold, account, released } => {
                self.accounts.entry((tenant, account)).or_default().1 -= released;
                self.holds.insert((tenant, hold), (released, 0, HoldState::Voided));
            }
            Fact::ImportOpened { import, .. } => {
                self.imports.insert((tenant, import), (0, 0, 0));
            }
            Fact::ImportAdvanced { import, accepted, duplicates, errors, .. } => {
                let row = self.imports.entry((tenant, import)).or_default();
                *row = (row.0 + accepted, row.1 + duplicates, row.2 + errors);
            }
            Fact::OrderBought { mut order, lines, .. } => {
                order.tenant = tenant;
                self.orders.insert((tenant, order.id), (order, lines));
            }
            Fact::ProductCreated { product } | Fact::ProductEdited { product } => {
                self.products.insert((tenant, product.id), product.version);
            }
            Fact::MerchantCreated { .. }
            | Fact::ApiKeyCreated { .. }
            | Fact::ApiKeyRevoked { .. }
            | Fact::BuyerCreated { .. }
            | Fact::WalletCredited { .. }
            | Fact::ImportFinished { .. }
            | Fact::CodesExpired { .. }
            | Fact::StockLow { .. }
            | Fact::CodesRevealed { .. } => {}
        }
    }
}
