//! Reads what is told of orders behind the journal, and what whoever follows it has to look up.

use crate::Error;
use crate::journal::read::{JournalRow, journal_row};
use crate::order::read::{OrderView, views};
use crate::read::Reader;
use crate::seam::{Row, Value};
use domain::insight::KeyName;
use domain::inventory::{CodePlace, until_of};
use kernel::{CodeBatchId, Id16, OrderId, PaymentId, SkuId, Tenant, Timestamp};
use std::collections::HashMap;

/// A book whose journal has more than was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// Whose book.
    pub tenant: Tenant,
    /// The number of its newest fact.
    pub head: i64,
    /// The number up to which it was followed.
    pub followed: i64,
}

/// An order by one of its keys: the value and the order.
pub type Found = (Id16, OrderId);

/// In which direction a list goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Newest or largest first.
    Down,
    /// Oldest or smallest first.
    Up,
}

impl Way {
    /// Stands before everything that this way comes.
    pub fn start(self) -> Id16 {
        match self {
            Self::Down => crate::read::LAST,
            Self::Up => [0; 16],
        }
    }
}

impl Reader {
    /// Books whose journals have more than was followed.
    pub async fn books_behind(&self) -> Result<Vec<Behind>, Error> {
        self.many(&super::sql::READ_BEHIND, &[], |row| {
            Ok(Behind { tenant: row.tenant(0)?, head: row.int(1)?, followed: row.int(2)? })
        })
        .await
    }

    /// The number up to which a book was followed.
    pub async fn followed(&self, tenant: Tenant) -> Result<i64, Error> {
        let book = [Value::bytes(tenant.bytes())];
        Ok(self.one(&super::sql::READ_FOLLOWED, &book, |row| row.int(0)).await?.unwrap_or(0))
    }

    /// The batches of codes, by their places; a code that is somewhere else by now is left out.
    pub async fn batches_of_codes(
        &self,
        places: impl Iterator<Item = &CodePlace>,
    ) -> Result<HashMap<CodePlace, CodeBatchId>, Error> {
        let keys = places.map(|(tenant, sku, position)| {
            [Value::bytes(tenant.bytes()), Value::bytes(&sku.0), Value::bytes(position)]
        });
        let keys: Vec<_> = keys.collect();
        let mut conn = self.conn().await?;
        let found = conn.fetch_rows(&super::sql::READ_BATCHES_OF_CODES, keys).await?;
        let batch = |row: &Row| {
            let place = (row.tenant(0)?, SkuId(row.array(1)?), row.array(2)?);
            Ok((place, CodeBatchId(row.array(3)?)))
        };
        found.iter().map(batch).collect()
    }

    /// What the buyers of some orders answered, still sealed.
    pub async fn inputs_of_orders(
        &self,
        tenant: Tenant,
        orders: &[OrderId],
    ) -> Result<Vec<(OrderId, Vec<u8>)>, Error> {
        let keys = keys_of(tenant, orders);
        let mut conn = self.conn().await?;
        let found = conn.fetch_rows(&super::sql::READ_INPUTS_OF_ORDERS, keys).await?;
        found.iter().map(|row| Ok((OrderId(row.array(0)?), row.bytes(1)?.to_vec()))).collect()
    }

    /// Orders that have a key, from one on, by the order of their ids.
    pub async fn found_orders(
        &self,
        tenant: Tenant,
        (name, value): (KeyName, Id16),
        (way, from): (Way, Id16),
        limit: u32,
    ) -> Result<Vec<Found>, Error> {
        let statement = match way {
            Way::Down => &super::sql::READ_FOUND_DOWN,
            Way::Up => &super::sql::READ_FOUND_UP,
        };
        let params = [
            Value::bytes(tenant.bytes()),
            Value::Int(name as i64),
            Value::bytes(&value),
            Value::bytes(&from),
            Value::Int(i64::from(limit)),
        ];
        self.many(statement, &params, |row| Ok((row.array(0)?, OrderId(row.array(1)?)))).await
    }

    /// Orders with any value of a key, from one on, by the order of the values.
    pub async fn sorted_orders(
        &self,
        tenant: Tenant,
        name: KeyName,
        (way, from): (Way, Found),
        limit: u32,
    ) -> Result<Vec<Found>, Error> {
        let statement = match way {
            Way::Down => &super::sql::READ_SORTED_DOWN,
            Way::Up => &super::sql::READ_SORTED_UP,
        };
        let params = [
            Value::bytes(tenant.bytes()),
            Value::Int(name as i64),
            Value::bytes(&from.0),
            Value::bytes(&from.1.0),
            Value::Int(i64::from(limit)),
        ];
        self.many(statement, &params, |row| Ok((row.array(0)?, OrderId(row.array(1)?)))).await
    }

    /// Ids of all orders, from one on.
    pub async fn order_ids(
        &self,
        tenant: Tenant,
        (way, from): (Way, Id16),
        limit: u32,
    ) -> Result<Vec<OrderId>, Error> {
        let statement = match way {
            Way::Down => &super::sql::READ_IDS_DOWN,
            Way::Up => &super::sql::READ_IDS_UP,
        };
        let params =
            [Value::bytes(tenant.bytes()), Value::bytes(&from), Value::Int(i64::from(limit))];
        self.many(statement, &params, |row| Ok(OrderId(row.array(0)?))).await
    }

    /// These orders with their lines, in the order of the ids that are asked for.
    pub async fn orders_named(
        &self,
        tenant: Tenant,
        ids: &[OrderId],
    ) -> Result<Vec<OrderView>, Error> {
        let mut conn = self.conn().await?;
        let found = conn.fetch_rows(&super::sql::READ_ORDERS_NAMED, keys_of(tenant, ids)).await?;
        let found = views(&mut conn, tenant, &found).await?;
        let mut by_id: HashMap<_, _> =
            found.into_iter().map(|view| (view.order.id, view)).collect();
        Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
    }

    /// Facts about an order and its money, after a number, oldest first.
    pub async fn facts_of_order(
        &self,
        tenant: Tenant,
        order: OrderId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<JournalRow>, Error> {
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&order.0),
            Value::Int(after),
            Value::Int(i64::from(limit)),
        ];
        self.many(&super::sql::READ_FACTS_OF_ORDER, &params, journal_row).await
    }

    /// When the next code to be sold expires, by pool; pools without codes are left out.
    pub async fn next_codes(
        &self,
        tenant: Tenant,
        skus: &[SkuId],
    ) -> Result<Vec<(SkuId, Timestamp)>, Error> {
        let keys = skus.iter().map(|sku| [Value::copy(tenant.bytes()), Value::bytes(&sku.0)]);
        let mut conn = self.conn().await?;
        let found = conn.fetch_rows(&super::sql::READ_NEXT_CODES, keys.collect()).await?;
        let next = found.iter().filter_map(|row| match row.maybe_array(1) {
            Ok(None) => None,
            Ok(Some(position)) => Some(row.array(0).map(|sku| (SkuId(sku), until_of(&position)))),
            Err(error) => Some(Err(error)),
        });
        next.collect()
    }

    /// Payments for which money came in under a channel's number, each with its order.
    pub async fn receipts_numbered(
        &self,
        tenant: Tenant,
        methods: &[i64],
        number: &str,
    ) -> Result<Vec<(PaymentId, OrderId)>, Error> {
        let keys = methods
            .iter()
            .map(|method| [Value::copy(tenant.bytes()), Value::Int(*method), Value::text(number)]);
        let mut conn = self.conn().await?;
        let found = conn.fetch_rows(&super::sql::READ_RECEIPTS_NUMBERED, keys.collect()).await?;
        found.iter().map(|row| Ok((PaymentId(row.array(0)?), OrderId(row.array(1)?)))).collect()
    }
}

fn keys_of<'a>(tenant: Tenant, orders: &'a [OrderId]) -> Vec<[Value<'a>; 2]> {
    orders.iter().map(|id| [Value::copy(tenant.bytes()), Value::bytes(&id.0)]).collect()
}
