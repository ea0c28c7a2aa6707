//! Writes shops.

use crate::Error;
use crate::rows::json;
use crate::seam::{Calls, Value};
use domain::shop::ShopStyle;
use domain::shop::world::Rows;
use kernel::Tenant;
use std::collections::BTreeMap;

/// A statement may touch a row once: the newest style of a shop stands for it, with the newest logo.
pub(crate) fn shops<'w>(shop: &'w Rows, calls: &mut Calls<'w>) -> Result<(), Error> {
    let mut newest: BTreeMap<&Tenant, (&ShopStyle, Option<&[u8]>)> = BTreeMap::new();
    for (tenant, saved) in &shop.saved_shops {
        let before = newest.get(tenant).and_then(|(_, logo)| *logo);
        newest.insert(tenant, (&saved.style, saved.logo.as_deref().or(before)));
    }
    let mut rows = Vec::with_capacity(newest.len());
    for (tenant, (style, logo)) in newest {
        rows.push([Value::bytes(tenant.bytes()), json(style)?, Value::maybe_bytes(logo)]);
    }
    calls.write_all(&super::sql::UPSERT_SHOPS, rows);
    Ok(())
}
