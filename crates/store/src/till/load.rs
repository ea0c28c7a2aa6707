//! Loads devices of stores.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};

/// Devices, under their locks: PINs that are tried at once are counted together.
pub(crate) fn devices<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.till.devices.iter().filter(|key| !world.till.devices.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_DEVICES, keys, move |world, found| {
        wanted.iter().for_each(|key| world.till.devices.loaded(**key, None));
        for row in &found {
            let device = super::rows::device(row)?;
            world.till.devices.loaded((device.tenant, device.id), Some(device));
        }
        Ok(())
    });
}
