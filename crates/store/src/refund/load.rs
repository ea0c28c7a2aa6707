//! Loads refunds.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};

/// Refunds.
pub(crate) fn refunds<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.refund.refunds.iter().filter(|key| !world.refund.refunds.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_REFUNDS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.refund.refunds.loaded(**key, None));
        for row in &found {
            let refund = super::rows::refund(row)?;
            world.refund.refunds.loaded(refund.key(), Some(refund));
        }
        Ok(())
    });
}
