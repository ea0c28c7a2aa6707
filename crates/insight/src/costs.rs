//! What sold codes cost: their batch says it, or else the product as it was when they were sold. Both never change, so sales that
//! are counted once more cost what they cost before.

use domain::catalog::Product;
use domain::insight::sales::Goods;
use domain::insight::told::Told;
use kernel::{CodeBatchId, CodeId, ProductId, Tenant, UnitCost};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use store::Error;
use store::read::Reader;

/// Brings what the codes of a run of facts cost, by the batches of those that are known already.
pub(crate) async fn cost(
    reader: &Reader,
    tenant: Tenant,
    told: &mut Told,
    mut batches: HashMap<CodeId, CodeBatchId>,
) -> Result<(), Error> {
    let goods = std::mem::take(&mut told.sales.goods);
    let codes = goods.iter().flat_map(|goods| &goods.codes);
    let missing: BTreeSet<CodeId> =
        codes.filter(|code| !batches.contains_key(code)).copied().collect();
    if !missing.is_empty() {
        let missing: Vec<_> = missing.into_iter().collect();
        batches.extend(reader.batches_of_ids(tenant, &missing).await?);
    }
    let mut of_batches: HashMap<CodeBatchId, Option<UnitCost>> = HashMap::new();
    for batch in batches.values() {
        if let Entry::Vacant(unknown) = of_batches.entry(*batch) {
            let import = reader.import_by_batch(tenant, *batch).await?;
            unknown.insert(import.and_then(|import| import.unit_cost));
        }
    }
    let mut versions: HashMap<(ProductId, i64), Option<Product>> = HashMap::new();
    for goods in &goods {
        for code in &goods.codes {
            let batch = batches.get(code).copied();
            let mut cost = batch.and_then(|batch| of_batches[&batch]);
            if cost.is_none() {
                let version = match versions.entry((goods.product, goods.version)) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => {
                        let version = reader.product_version(tenant, goods.product, goods.version);
                        unknown.insert(version.await?)
                    }
                };
                cost = version.as_ref().and_then(|product| of_terms(product, goods));
            }
            let cost = cost.filter(|cost| cost.currency == goods.currency);
            told.sales.cost(goods, batch, cost.map(|cost| cost.amount));
        }
    }
    Ok(())
}

/// What a piece cost by the terms of its SKU.
fn of_terms(product: &Product, goods: &Goods) -> Option<UnitCost> {
    product.skus.iter().find(|sku| sku.id == goods.sku)?.terms.cost
}
