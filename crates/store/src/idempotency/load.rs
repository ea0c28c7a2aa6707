//! Loads idempotency records.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};

/// Idempotency records of both generations, and those from before tables began with the tenant.
pub(crate) fn idempotency<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs
        .idempotency
        .records
        .iter()
        .filter(|key| !world.idempotency.records.knows(key))
        .collect();
    let keys = wanted.iter().map(|(t, key)| [Value::bytes(t.bytes()), Value::bytes(key)]).collect();
    asks.rows(&super::sql::LOAD_IDEMPOTENCY, keys, move |world, found| {
        wanted.iter().for_each(|key| world.idempotency.records.loaded(**key, None));
        for row in &found {
            let key = (row.tenant(0)?, row.array(1)?);
            world.idempotency.records.loaded(key, Some(super::rows::idempotent(row)?));
        }
        Ok(())
    });
}
