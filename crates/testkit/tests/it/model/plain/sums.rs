//! What must lie where when a sequence has ended: money and pieces in accounts, codes in the pool, what orders got.

use super::money::ledger;
use super::order::position;
use super::{Book, Plain};
use crate::model::dump::{Cell, Dump, same_rows};
use domain::inventory::CodeState;
use domain::ledger::{AccountKind, HoldState};
use kernel::{Id16, Tenant};
use std::collections::BTreeMap;

/// A row of anything that can be a cell.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(Cell::from($cell)),*] };
}

type Rows = Vec<Vec<Cell>>;

impl Plain {
    /// The first sum of a dump that is not as the model says.
    pub fn compare(&self, dump: &Dump) -> Result<(), String> {
        let told = |of: fn(&Book, Tenant) -> Rows| {
            let rows = self.books.iter().flat_map(|(tenant, book)| of(book, *tenant));
            let mut rows: Rows = rows.collect();
            rows.sort();
            rows
        };
        let check = |table: &str, columns: &[&str], of, empty: &[Cell]| {
            let mut found = dump[table].project(columns);
            found.retain(|row| empty.is_empty() || !row.ends_with(empty));
            same_rows(&format!("{table} (model, engine)"), &told(of), &found)
        };
        let accounts = ["tenant", "owner", "kind", "unit", "balance", "held"];
        check("accounts", &accounts, Book::accounts, &[0, 0].map(Cell::from))?;
        check("codes", &["sku", "position", "state", "order_id"], Book::pool, &[])?;
        check("orders", &["tenant", "id", "total", "paid", "refunded"], Book::paid, &[])?;
        let lines = ["tenant", "order_id", "line", "delivered", "refunded", "codes"];
        check("order_lines", &lines, Book::goods, &[])
    }
}

impl Book {
    /// What accounts hold follows from wallets, holds, orders and codes. Empty ones are not told of.
    fn accounts(&self, tenant: Tenant) -> Rows {
        let mut accounts: BTreeMap<(Id16, AccountKind, i64), (i64, i64)> = BTreeMap::new();
        let mut add = |owner: Id16, kind, unit, balance: i64, held: i64| {
            let account = accounts.entry((owner, kind, unit)).or_default();
            *account = (account.0 + balance, account.1 + held);
        };
        let own = *tenant.bytes();
        for ((buyer, currency), wallet) in &self.wallets {
            let unit = currency.number();
            add(buyer.0, AccountKind::Wallet, unit, wallet.balance, wallet.held);
            add(own, AccountKind::Funding, unit, -wallet.balance, 0);
        }
        for (order, _) in self.orders.iter().filter(|(order, _)| order.paid > 0) {
            let (unit, paid) = (order.currency.number(), ledger(order.total_money()).unwrap_or(0));
            add(own, AccountKind::Sales, unit, paid, 0);
            add(own, AccountKind::Funding, unit, -paid, 0);
        }
        for hold in self.holds.values().filter(|hold| hold.state == HoldState::Posted) {
            add(own, AccountKind::Sales, hold.currency.number(), hold.posted, 0);
            add(own, AccountKind::Funding, hold.currency.number(), -hold.posted, 0);
        }
        for ((kind, currency), amount) in &self.own {
            add(own, *kind, currency.number(), *amount, 0);
        }
        for kept in self.kept.values() {
            add(kept.sku.0, AccountKind::Stock, 0, 0, kept.amount);
        }
        // A doubt lies in no account.
        for code in self.codes.iter().filter(|code| code.state != CodeState::Doubtful) {
            let place = match code.state {
                CodeState::Available => AccountKind::Stock,
                CodeState::Expired => AccountKind::Expired,
                CodeState::Voided => AccountKind::Voided,
                CodeState::Frozen => AccountKind::Frozen,
                _ => AccountKind::Issued,
            };
            add(code.sku.0, AccountKind::Supplied, 0, -1, 0);
            add(code.sku.0, place, 0, 1, 0);
        }
        accounts.retain(|_, sums| *sums != (0, 0));
        let rows = accounts.into_iter().map(|((owner, kind, unit), (balance, held))| {
            row![tenant, owner, kind as i64, unit, balance, held]
        });
        rows.collect()
    }

    fn pool(&self, _: Tenant) -> Rows {
        let codes = self.codes.iter().map(|code| {
            let at = position(code.valid_until, code.id);
            row![code.sku.0, &at[..], code.state as i64, code.owner.map(|order| order.0)]
        });
        codes.collect()
    }

    fn paid(&self, tenant: Tenant) -> Rows {
        let orders = self.orders.iter();
        orders.map(|(o, _)| row![tenant, o.id.0, o.total, o.paid, o.refunded]).collect()
    }

    fn goods(&self, tenant: Tenant) -> Rows {
        let lines = self.orders.iter().flat_map(|(order, lines)| {
            lines.iter().map(move |line| {
                let [number, delivered, refunded] =
                    [line.number, line.delivered, line.refunded].map(i64::from);
                let codes = line.codes.as_flattened();
                row![tenant, order.id.0, number, delivered, refunded, codes]
            })
        });
        lines.collect()
    }
}
