//! Reads orders, their lines and the counters of limits.

use crate::Error;
use crate::read::{Page, Reader};
use crate::seam::{Conn, Row, Value};
use domain::inventory::{Code, Position};
use domain::order::{Line, Order};
use kernel::{Id16, OrderId, SkuId, Tenant, Timestamp};
use std::collections::HashMap;

/// An order as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderView {
    /// The order.
    pub order: Order,
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

impl Reader {
    /// An order by its id.
    pub async fn order(&self, tenant: Tenant, id: OrderId) -> Result<Option<OrderView>, Error> {
        let mut conn = self.conn().await?;
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&id.0)];
        let found = conn.fetch(&super::sql::READ_ORDER, &key).await?;
        Ok(views(&mut conn, tenant, &found).await?.pop())
    }

    /// An order by the caller's own id for it.
    pub async fn order_by_external_id(
        &self,
        tenant: Tenant,
        external_id: &str,
    ) -> Result<Option<OrderView>, Error> {
        let mut conn = self.conn().await?;
        let key = [Value::bytes(tenant.bytes()), Value::text(external_id)];
        let found = conn.fetch(&super::sql::READ_ORDER_BY_EXTERNAL_ID, &key).await?;
        Ok(views(&mut conn, tenant, &found).await?.pop())
    }

    /// An order of whatever tenant by the hash of its link's token.
    pub async fn order_by_link(&self, link: &Id16) -> Result<Option<OrderView>, Error> {
        let mut conn = self.conn().await?;
        let found = conn.fetch(&super::sql::READ_ORDER_BY_LINK, &[Value::bytes(link)]).await?;
        let Some(tenant) = found.first().map(|row| row.tenant(0)).transpose()? else {
            return Ok(None);
        };
        Ok(views(&mut conn, tenant, &found).await?.pop())
    }

    /// When the codes of an order were shown for the first time.
    pub async fn first_look(
        &self,
        tenant: Tenant,
        order: OrderId,
    ) -> Result<Option<Timestamp>, Error> {
        self.by_id(&super::sql::READ_LOOK, tenant, &order.0, |row| Ok(Timestamp(row.int(0)?))).await
    }

    /// A tenant's orders.
    pub async fn orders(
        &self,
        tenant: Tenant,
        page: Page<OrderId>,
    ) -> Result<Vec<OrderView>, Error> {
        let mut conn = self.conn().await?;
        let before = page.after.map_or(crate::read::LAST, |id| id.0);
        let limit = Value::Int(i64::from(page.limit));
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&before), limit];
        let found = conn.fetch(&super::sql::READ_ORDERS, &key).await?;
        views(&mut conn, tenant, &found).await
    }

    /// What the buyer of an order answered, still sealed.
    pub async fn input_of_order(
        &self,
        tenant: Tenant,
        id: OrderId,
    ) -> Result<Option<Vec<u8>>, Error> {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&id.0)];
        let found = self.conn().await?.fetch(&super::sql::READ_ORDER_INPUT, &key).await?;
        found.first().map(|row| Ok(row.bytes(0)?.to_vec())).transpose()
    }

    /// The codes of an order with their lines, still sealed, in order of delivery.
    pub async fn codes_of_order(
        &self,
        tenant: Tenant,
        id: OrderId,
    ) -> Result<Vec<(u32, Code)>, Error> {
        let mut conn = self.conn().await?;
        let lines = lines_of(&mut conn, tenant, &[id]).await?.remove(&id).unwrap_or_default();
        let delivered: Vec<(u32, SkuId, &Position)> = lines
            .iter()
            .flat_map(|line| line.codes.iter().map(|at| (line.number, line.sku, at)))
            .collect();
        let keys: Vec<_> = delivered
            .iter()
            .map(|(_, sku, at)| {
                [Value::bytes(tenant.bytes()), Value::bytes(&sku.0), Value::bytes(*at)]
            })
            .collect();
        let mut codes = HashMap::with_capacity(keys.len());
        for row in conn.fetch_rows(&crate::inventory::sql::READ_CODES, keys).await? {
            let code = crate::inventory::rows::code(&row)?;
            codes.insert((code.sku, code.position()), code);
        }
        let take = |(line, sku, at): (u32, SkuId, &Position)| {
            let code = codes
                .remove(&(sku, *at))
                .filter(|code| code.tenant == tenant && code.owner == Some((id, line)));
            Ok((line, code.ok_or(Error::Corrupt("a line lists a code that is not its own"))?))
        };
        delivered.into_iter().map(take).collect()
    }
}

/// Adds their lines to rows of orders.
pub(crate) async fn views(
    conn: &mut Conn,
    tenant: Tenant,
    found: &[Row],
) -> Result<Vec<OrderView>, Error> {
    let orders = found.iter().map(super::rows::order).collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let mut lines = lines_of(conn, tenant, &ids).await?;
    let view =
        |order: Order| OrderView { lines: lines.remove(&order.id).unwrap_or_default(), order };
    Ok(orders.into_iter().map(view).collect())
}

async fn lines_of(
    conn: &mut Conn,
    tenant: Tenant,
    ids: &[OrderId],
) -> Result<HashMap<OrderId, Vec<Line>>, Error> {
    let keys: Vec<_> =
        ids.iter().map(|id| [Value::bytes(tenant.bytes()), Value::bytes(&id.0)]).collect();
    let mut lines: HashMap<OrderId, Vec<Line>> = HashMap::with_capacity(ids.len());
    for row in conn.fetch_rows(&super::sql::READ_LINES, keys).await? {
        lines.entry(OrderId(row.array(1)?)).or_default().push(super::rows::line(&row)?);
    }
    lines.values_mut().for_each(|lines| lines.sort_by_key(|line| line.number));
    Ok(lines)
}
