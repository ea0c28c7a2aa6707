//! Writes products.

use crate::Error;
use crate::rows::json;
use crate::seam::{Calls, Value};
use domain::catalog::world::Rows;
use kernel::{Id16, Tenant};
use std::collections::BTreeMap;

pub(crate) fn products<'w>(catalog: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    let mut versions = Vec::with_capacity(catalog.saved_products.len());
    for (tenant, p) in &catalog.saved_products {
        let (tenant, id) = (Value::bytes(tenant.bytes()), Value::bytes(&p.id.0));
        versions.push([tenant, id, Value::Int(p.version), json(p)?]);
    }
    // A statement may touch a row once: the newest of a product's versions stands for it.
    let newest: BTreeMap<(Tenant, Id16), usize> =
        catalog.saved_products.iter().enumerate().map(|(i, (t, p))| ((*t, p.id.0), i)).collect();
    let row = |at: &usize| {
        let [tenant, id, version, data] = versions[*at].clone();
        let rank = catalog.saved_products[*at].1.rank().to_be_bytes();
        [tenant, id, version, data, Value::copy(&rank)]
    };
    let rows: Vec<_> = newest.values().map(row).collect();
    calls.write_all(&super::sql::INSERT_PRODUCT_VERSIONS, versions);
    calls.execute_rows(&super::sql::UPSERT_PRODUCTS, rows);

    let rows: Vec<_> = catalog
        .saved_products
        .iter()
        .flat_map(|(tenant, p)| {
            p.skus.iter().map(|sku| {
                [Value::bytes(tenant.bytes()), Value::bytes(&sku.id.0), Value::bytes(&p.id.0)]
            })
        })
        .collect();
    calls.execute_rows(&super::sql::INSERT_SKUS, rows);
    Ok(())
}
