//! Orders, their lines and the counters of limits of a batch: what it needs, what was loaded, what its commands changed.

use super::input::OrderInput;
use super::{CounterKey, Line, Order};
use crate::Table;
use kernel::{Id16, OrderId, Tenant, Timestamp};
use std::collections::BTreeSet;

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Orders by the caller's id.
    pub external_orders: Table<(Tenant, String), OrderId>,
    /// Orders that were placed before.
    pub orders: Table<(Tenant, OrderId), Order>,
    /// Their lines.
    pub lines: Table<(Tenant, OrderId), Vec<Line>>,
    /// When the codes of orders were shown for the first time.
    pub first_reveals: Table<(Tenant, OrderId), Timestamp>,
    /// How much of each limit is used.
    pub counters: Table<CounterKey, i64>,
    /// Orders that were placed.
    pub new_orders: Vec<(Order, Vec<Line>)>,
    /// Links that orders got which had none.
    pub new_links: Vec<(Tenant, OrderId, Id16)>,
    /// What buyers answered with orders that were placed.
    pub new_inputs: Vec<OrderInput>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Orders by the caller's id.
    pub external_orders: BTreeSet<(Tenant, String)>,
    /// Orders with their lines.
    pub orders: BTreeSet<(Tenant, OrderId)>,
    /// First reveals of the codes of orders.
    pub first_reveals: BTreeSet<(Tenant, OrderId)>,
    /// Counters of limits.
    pub counters: BTreeSet<CounterKey>,
}

impl Rows {
    /// A counter for changing; made when it was never used.
    pub fn counter_mut(&mut self, key: CounterKey) -> &mut i64 {
        if self.counters.get(&key).is_none() {
            self.counters.insert(key, 0);
        }
        self.counters.change(&key).unwrap_or_else(|| unreachable!("the counter was just inserted"))
    }

    /// Writes an order that changed.
    pub fn save_order(&mut self, order: Order) {
        self.orders.insert(order.key(), order);
    }
}
