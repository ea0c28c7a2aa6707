//! Loads approvals.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};

/// Approvals, under their locks.
pub(crate) fn approvals<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let known = &world.approval.approvals;
    let wanted: Vec<_> = needs.approval.approvals.iter().filter(|key| !known.knows(key)).collect();
    let keys = wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]);
    asks.rows(&super::sql::LOAD_APPROVALS, keys.collect(), move |world, found| {
        wanted.iter().for_each(|key| world.approval.approvals.loaded(**key, None));
        for row in &found {
            let approval = super::rows::approval(row)?;
            let key = (approval.tenant, approval.id);
            world.approval.approvals.loaded(key, Some(approval));
        }
        Ok(())
    });
}
