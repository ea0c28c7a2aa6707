//! Loads products.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::Needs;

/// Products as they were sold.
pub(crate) fn product_versions<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let wanted = needs.catalog.product_versions.iter();
    let keys = wanted
        .map(|(tenant, id, version)| {
            [Value::bytes(tenant.bytes()), Value::bytes(&id.0), Value::Int(*version)]
        })
        .collect();
    asks.rows(&super::sql::LOAD_PRODUCT_VERSIONS, keys, |world, found| {
        for row in &found {
            let (tenant, product) = (row.tenant(0)?, super::rows::product(row, 1)?);
            let key = (tenant, product.id, product.version);
            world.catalog.product_versions.loaded(key, Some(product));
        }
        Ok(())
    });
}
