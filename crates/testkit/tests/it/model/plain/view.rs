//! The rows that the model expects, table by table, with the columns that it foretells.
//!
//! Left out are only marks of pools, which are the engine's own affair, and who was there before whom in
//! chains of transfers; `verify` checks both at the end of a run.

use super::money::ledger;
use super::order::position;
use super::{Book, Plain};
use crate::model::dump::{Cell, Dump, same_rows};
use domain::identity::Scope;
use domain::inventory::{CodeState, Import};
use domain::ledger::{AccountKind, HoldState, Reason};
use kernel::{Currency, Id16, Tenant};
use std::collections::BTreeMap;

/// Expected rows by table, with their columns.
#[derive(Default)]
struct View(BTreeMap<&'static str, (&'static [&'static str], Vec<Vec<Cell>>)>);

impl View {
    fn add(
        &mut self,
        table: &'static str,
        columns: &'static [&'static str],
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) {
        let entry = self.0.entry(table).or_insert((columns, Vec::new()));
        entry.1.extend(rows);
    }
}

/// A row of anything that can be a cell.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(Cell::from($cell)),*] };
}

impl Plain {
    /// The first row of a sequence's dump that is not as the model says.
    pub fn compare(&self, dump: &Dump, books: [Tenant; 2]) -> Result<(), String> {
        let mut view = View::default();
        self.tell(books, &mut view);
        for tenant in books {
            if let Some(book) = self.books.get(&tenant) {
                book.tell(tenant, &mut view);
                book.tell_catalog(tenant, &mut view);
                book.tell_accounts(tenant, &mut view);
                book.tell_imports(tenant, &mut view);
                book.tell_orders(tenant, &mut view);
                book.tell_payments(tenant, &mut view);
            }
        }
        for (table, (columns, mut rows)) in view.0 {
            rows.sort();
            let found = dump[table].project(columns);
            same_rows(&format!("{table} (model, engine)"), &rows, &found)?;
        }
        Ok(())
    }

    fn tell(&self, books: [Tenant; 2], view: &mut View) {
        let facts = self.facts.iter().map(|(t, kind, id, at)| row![*t, *kind, *id, at.0]);
        view.add("journal", &["tenant", "kind", "subject", "at"], facts);
        let work = self.work.iter().map(|(key, work)| {
            let (due, lease) = (work.due_at.0, work.lease_until.0);
            row![key.kind as i64, key.tenant, key.subject, due, lease, work.attempts]
        });
        let columns = &["kind", "tenant", "subject", "due_at", "lease_until", "attempts"];
        view.add("work", columns, work);
        for (table, half) in ["idempotency_0", "idempotency_1"].into_iter().zip(&self.answers) {
            let answers =
                half.iter().map(|((tenant, key), (fingerprint, (kind, subject, version)))| {
                    row![*tenant, *key, *fingerprint, *kind, *subject, *version]
                });
            let columns = &["tenant", "key", "fingerprint", "kind", "subject", "version"];
            view.add(table, columns, answers);
        }
        let keys = self.keys.values().map(|key| {
            let scopes: Vec<&str> = key.scopes.iter().map(|scope: &Scope| scope.name()).collect();
            let (hash, revoked) = (&key.hash[..], key.revoked_at.map(|at| at.0));
            let limit = key.requests_per_minute.map(i64::from);
            row![key.id.0, key.tenant, hash, &key.name[..], &scopes.join(" ")[..], revoked, limit]
        });
        let columns =
            &["id", "tenant", "hash", "name", "scopes", "revoked_at", "requests_per_minute"];
        view.add("api_keys", columns, keys);
        let tenants = books.into_iter().filter_map(|tenant| {
            let (name, zone, at) = self.merchants.get(&tenant.merchant())?;
            Some(row![tenant, &name[..], &zone[..], at.0])
        });
        view.add("tenants", &["tenant", "name", "zone", "created_at"], tenants);
    }
}

impl Book {
    fn tell(&self, tenant: Tenant, view: &mut View) {
        let buyers = self.buyers.iter().zip(self.buyer_seals.values());
        let buyers =
            buyers.map(|((tag, (id, at)), sealed)| row![tenant, *tag, id.0, &sealed[..], at.0]);
        view.add("buyers", &["tenant", "tag", "id", "sealed", "created_at"], buyers);
        let counters =
            self.counters.iter().map(|((scope, who), used)| row![tenant, *scope, *who, 0, *used]);
        view.add("counters", &["tenant", "scope", "subject", "window_start", "used"], counters);
        let holds = self.holds.iter().map(|(id, hold)| {
            let state = hold.state as i64;
            row![
                tenant,
                id.0,
                hold.buyer.0,
                tenant,
                hold.currency.number(),
                hold.amount,
                hold.posted,
                state,
                hold.at.0
            ]
        });
        let columns = &[
            "tenant",
            "id",
            "debit_owner",
            "credit_owner",
            "unit",
            "amount",
            "posted",
            "state",
            "at",
        ];
        let kept = self.kept.iter().map(|(id, kept)| {
            let (sku, state) = (kept.sku.0, kept.state as i64);
            row![tenant, id.0, sku, sku, 0, kept.amount, kept.posted, state, kept.at.0]
        });
        view.add("holds", columns, holds);
        view.add("holds", columns, kept);
        let moved = self.moved.iter().map(|(reason, unit, amount, at)| {
            row![tenant, *reason as i64, unit.map_or(0, Currency::number), *amount, at.0]
        });
        view.add("transfers", &["tenant", "reason", "unit", "amount", "at"], moved);
    }

    fn tell_catalog(&self, tenant: Tenant, view: &mut View) {
        let product = |product: &domain::catalog::Product| {
            let data = serde_json::to_string(product).expect("a product is written");
            row![tenant, product.id.0, product.version, &data[..]]
        };
        let columns = &["tenant", "id", "version", "data"];
        view.add("products", columns, self.products.iter().map(product));
        view.add("product_versions", columns, self.editions.iter().map(product));
        let skus = self.products.iter().flat_map(|product| {
            product.skus.iter().map(move |sku| row![tenant, sku.id.0, product.id.0])
        });
        view.add("skus", &["tenant", "id", "product"], skus);
        let shop = self.shop.iter().map(|(style, logo)| {
            let data = serde_json::to_string(style).expect("a shop is written");
            row![tenant, &data[..], logo.as_deref()]
        });
        view.add("shops", &["tenant", "data", "logo"], shop);
        let looks = self.looks.iter().map(|(order, at)| row![tenant, order.0, at.0]);
        view.add("looks", &["tenant", "order_id", "at"], looks);
        view.add("versions", &["subject", "version"], [row![tenant, self.version]]);
    }

    /// What an account must hold follows from wallets, holds, orders and codes.
    fn tell_accounts(&self, tenant: Tenant, view: &mut View) {
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
        for (sku, kind) in &self.touched {
            add(sku.0, *kind, 0, 0, 0);
        }
        for kept in self.kept.values().filter(|kept| kept.state == HoldState::Pending) {
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
            add(code.sku.0, AccountKind::Stock, 0, 0, 0);
            add(code.sku.0, place, 0, 1, 0);
        }
        // Funding is there from the first credit on.
        let credited = |unit: i64| {
            let of = |(reason, currency, _, _): &(_, Option<Currency>, _, _)| {
                *reason == Reason::Credit && currency.is_some_and(|c| c.number() == unit)
            };
            self.moved.iter().any(of)
        };
        accounts.retain(|(_, kind, unit), _| *kind != AccountKind::Funding || credited(*unit));
        let rows = accounts.into_iter().map(|((owner, kind, unit), (balance, held))| {
            row![tenant, owner, kind as i64, unit, balance, held]
        });
        view.add("accounts", &["tenant", "owner", "kind", "unit", "balance", "held"], rows);
    }

    fn tell_imports(&self, tenant: Tenant, view: &mut View) {
        let import = |i: &Import| {
            row![
                tenant,
                i.id.0,
                i.sku.0,
                i.batch.0,
                i.name.as_deref(),
                i.supplier.as_deref(),
                i.unit_cost.map(|cost| cost.amount),
                i.state as i64,
                i.chunks,
                i.bytes,
                i.records,
                i.accepted,
                i.duplicates,
                i.doubts,
                i.held,
                i.kept_until.map(|at| at.0),
                i.errors,
                i.failure.as_deref(),
                i.created_at.0,
                i.finished_at.map(|at| at.0),
                i.mark as i64,
                i.span.as_ref().map(|span| &span.0[..]),
                i.span.as_ref().map(|span| &span.1[..]),
                i.mark_from.as_ref().map(|at| &at[..]),
            ]
        };
        let columns = &[
            "tenant",
            "id",
            "sku",
            "batch",
            "name",
            "supplier",
            "unit_cost",
            "state",
            "chunks",
            "bytes",
            "records",
            "accepted",
            "duplicates",
            "doubts",
            "held",
            "kept_until",
            "errors",
            "failure",
            "created_at",
            "finished_at",
            "mark",
            "first_position",
            "last_position",
            "mark_from",
        ];
        view.add("imports", columns, self.imports.values().map(import));
        let chunks = self.chunks.iter();
        let chunks = chunks.map(|(id, number, sealed)| row![tenant, id.0, *number, &sealed[..]]);
        view.add("staged_chunks", &["tenant", "import", "number", "sealed"], chunks);
        let errors = self.errors.iter();
        let errors =
            errors.map(|(id, line, field, cause)| row![tenant, id.0, *line, &field[..], *cause]);
        view.add("import_errors", &["tenant", "import", "line", "field", "cause"], errors);
        let codes = self.codes.iter().map(|code| {
            let at = position(code.valid_until, code.id);
            let (order, line) = (code.owner.map(|o| o.0.0), code.owner.map(|o| i64::from(o.1)));
            let state = code.state as i64;
            row![
                code.sku.0,
                &at[..],
                tenant,
                code.batch.0,
                code.tag,
                &code.sealed[..],
                state,
                order,
                line,
                code.line
            ]
        });
        let columns = &[
            "sku",
            "position",
            "tenant",
            "batch",
            "tag",
            "sealed",
            "state",
            "order_id",
            "line",
            "source_line",
        ];
        view.add("codes", columns, codes);
        self.tell_tags(tenant, view);
    }

    /// By what codes are met and found, and what imports list.
    fn tell_tags(&self, tenant: Tenant, view: &mut View) {
        let tags = self.claims.iter();
        let tags = tags.map(|(tag, claim)| row![tenant, *tag, claim.exact, claim.code.0]);
        view.add("code_tags", &["tenant", "tag", "exact", "code"], tags);
        let lookups = self.lookups.iter().map(|(tag, code)| row![tenant, *tag, code.0]);
        view.add("code_lookups", &["tenant", "tag", "code"], lookups);
        let rows = self.rows.iter().map(|(import, r)| {
            let (doubt, code) = (r.doubt.map(|doubt| doubt as i64), r.code.map(|code| code.0));
            row![tenant, import.0, r.kind as i64, r.line, doubt, r.first.0, code]
        });
        let columns = &["tenant", "import", "kind", "line", "doubt", "first", "code"];
        view.add("import_rows", columns, rows);
    }

    fn tell_orders(&self, tenant: Tenant, view: &mut View) {
        let orders = self.orders.iter().map(|(o, _)| {
            row![
                tenant,
                o.id.0,
                o.buyer.0,
                o.channel as i64,
                o.external_id.as_deref(),
                o.currency.number(),
                o.total,
                o.paid,
                o.refunded,
                o.created_at.0,
                o.expires_at.map(|at| at.0),
                o.closed.map(|reason| reason as i64),
                o.payment.map(|payment| payment.0),
                o.link,
                o.visit
                    .map(|visit| {
                        let person = visit.person.into_iter();
                        [visit.address, visit.device]
                            .into_iter()
                            .chain(person)
                            .flatten()
                            .collect::<Vec<u8>>()
                    })
                    .as_deref(),
                o.consent.as_ref().map(|consent| consent.version.as_str()),
                o.consent.as_ref().map(|consent| consent.at.0),
            ]
        });
        let columns = &[
            "tenant",
            "id",
            "buyer",
            "channel",
            "external_id",
            "currency",
            "total",
            "paid",
            "refunded",
            "created_at",
            "expires_at",
            "closed",
            "payment",
            "link",
            "visit",
            "consent",
            "consent_at",
        ];
        view.add("orders", columns, orders);
        let inputs = self.inputs.iter().map(|(order, sealed)| row![tenant, order.0, &sealed[..]]);
        view.add("order_inputs", &["tenant", "order_id", "sealed"], inputs);
        let lines = self.orders.iter().flat_map(|(order, lines)| {
            lines.iter().map(move |l| {
                row![
                    tenant,
                    order.id.0,
                    i64::from(l.number),
                    l.sku.0,
                    l.product.0,
                    l.product_version,
                    i64::from(l.quantity),
                    l.unit_price,
                    i64::from(l.delivered),
                    i64::from(l.refunded),
                    l.hold.map(|hold| hold.0),
                    l.codes.as_flattened()
                ]
            })
        });
        let columns = &[
            "tenant",
            "order_id",
            "line",
            "sku",
            "product",
            "product_version",
            "quantity",
            "unit_price",
            "delivered",
            "refunded",
            "hold",
            "codes",
        ];
        view.add("order_lines", columns, lines);
    }

    fn tell_payments(&self, tenant: Tenant, view: &mut View) {
        let payments = self.payments.values().map(|p| {
            let (method, state) = (p.method as i64, p.state as i64);
            let (number, ended) = (p.channel_number.as_deref(), p.ended_at.map(|at| at.0));
            row![tenant, p.id.0, p.order.0, method, p.amount, state, number, p.created_at.0, ended]
        });
        let columns = &[
            "tenant",
            "id",
            "order_id",
            "method",
            "amount",
            "state",
            "channel_number",
            "created_at",
            "ended_at",
        ];
        view.add("payments", columns, payments);
        let receipts = self.receipts.values().map(|r| {
            row![tenant, &r.number[..], r.payment.0, r.order.0, r.amount, r.applied, r.at.0]
        });
        let columns = &["tenant", "number", "payment", "order_id", "amount", "applied", "at"];
        view.add("receipts", columns, receipts);
        let refunds = self.refunds.values().map(|r| {
            let lines = serde_json::to_string(&r.lines).expect("lines are written");
            row![
                tenant,
                r.id.0,
                r.order.0,
                r.payment.map(|payment| payment.0),
                r.receipt.as_deref(),
                r.method as i64,
                r.amount,
                r.loss,
                r.cause as i64,
                r.reason.as_deref(),
                i64::from(r.overridden),
                r.state as i64,
                &lines[..],
                r.created_at.0,
                r.ended_at.map(|at| at.0),
            ]
        });
        let columns = &[
            "tenant",
            "id",
            "order_id",
            "payment",
            "receipt",
            "method",
            "amount",
            "loss",
            "cause",
            "reason",
            "overridden",
            "state",
            "lines",
            "created_at",
            "ended_at",
        ];
        view.add("refunds", columns, refunds);
        let notices = self.notices.iter().map(|n| {
            row![tenant, n.id.0, n.payment.0, n.order.0, n.currency.number(), n.amount, n.at.0]
        });
        let columns = &["tenant", "id", "payment", "order_id", "currency", "amount", "at"];
        view.add("test_notices", columns, notices);
    }
}
