//! Loads exports.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};

/// Exports, under their locks.
pub(crate) fn exports<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let known = &world.export.exports;
    let wanted: Vec<_> = needs.export.exports.iter().filter(|key| !known.knows(key)).collect();
    let keys = wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]);
    asks.rows(&super::sql::LOAD_EXPORTS, keys.collect(), move |world, found| {
        wanted.iter().for_each(|key| world.export.exports.loaded(**key, None));
        for row in &found {
            let export = super::rows::export(row)?;
            world.export.exports.loaded((export.tenant, export.id), Some(export));
        }
        Ok(())
    });
}
