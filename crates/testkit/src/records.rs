//! Codes of several fields in a pool.

use crate::rows::leak;
use crate::{App, Caller, Db};
use deliver::inventory::record::{self, Field};
use kernel::SkuId;
use store::seam::Value;
use vault::Place;

impl Db {
    /// Imports a code for each record and seals the record in its place; the pool is handed out in this order.
    pub async fn stock_records(&self, app: &App, shop: &Caller, sku: &str, all: &[Vec<Field>]) {
        shop.stock(sku, &sku[sku.len() - 6..], all.len()).await;
        let sku = SkuId::parse(sku).expect("a SKU's id").0;
        let vault = app.engine.vault();
        let mut conn = self.connection().await;
        let tags = leak("SELECT tag FROM codes WHERE sku = ? ORDER BY position");
        let tags = conn.fetch(tags, &[Value::bytes(&sku)]).await.expect("the pool");
        assert_eq!(tags.len(), all.len(), "the pool was empty before");
        let seal = leak("UPDATE codes SET sealed = ? WHERE sku = ? AND tag = ?");
        for (row, fields) in tags.iter().zip(all) {
            let tag = row.bytes(0).expect("a tag");
            let place = Place { tenant: shop.tenant, table: "codes", row: tag, column: "sealed" };
            let sealed = vault.seal(&place, &record::pack(fields));
            let params = [Value::bytes(&sealed), Value::bytes(&sku), Value::bytes(tag)];
            assert_eq!(conn.execute(seal, &params).await.expect("the statement runs"), 1);
        }
        conn.close().await;
    }
}
