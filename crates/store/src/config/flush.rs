//! Writes the versions of configuration.

use crate::seam::{Calls, Value};
use domain::World;
use kernel::Tenant;
use std::collections::BTreeMap;

/// The version that each edited tenant has now.
pub(crate) fn versions<'w>(world: &'w World, calls: &mut Calls<'w>) {
    let products = world.catalog.saved_products.iter().map(|(tenant, p)| (*tenant, p.version));
    let saved = world.resource.versions.iter().filter(|(_, row, _)| row.stamp > 0);
    let saved = saved.map(|(tenant, row, _)| (*tenant, row.stamp));
    let mut last: BTreeMap<Tenant, i64> = BTreeMap::new();
    for (tenant, version) in products.chain(saved) {
        let known = last.entry(tenant).or_insert(version);
        *known = version.max(*known);
    }
    let at = world.journal.first().map_or(0, |record| record.at.0);
    let rows: Vec<_> = last
        .into_iter()
        .map(|(t, version)| [Value::copy(t.bytes()), Value::Int(version), Value::Int(at)])
        .collect();
    calls.write_all(&super::sql::UPDATE_VERSIONS, rows);
}
