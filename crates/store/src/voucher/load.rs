//! Loads vouchers and redemptions.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};
use kernel::VoucherId;

/// Redemptions, then vouchers by the tags of their codes and by id, those under their locks: whatever happens to a voucher
/// happens under its lock.
pub(crate) fn vouchers<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    redemptions(needs, world, asks);
    tags(needs, world, asks);
    let wanted: Vec<_> =
        needs.voucher.vouchers.iter().filter(|key| !world.voucher.vouchers.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_VOUCHERS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.voucher.vouchers.loaded(**key, None));
        for row in &found {
            let voucher = super::rows::voucher(row)?;
            world.voucher.vouchers.loaded(voucher.key(), Some(voucher));
        }
        Ok(())
    });
}

fn redemptions<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs
        .voucher
        .redemptions
        .iter()
        .filter(|key| !world.voucher.redemptions.knows(key))
        .collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_REDEMPTIONS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.voucher.redemptions.loaded(**key, None));
        for row in &found {
            let redemption = super::rows::redemption(row)?;
            world.voucher.redemptions.loaded(redemption.key(), Some(redemption));
        }
        Ok(())
    });
}

fn tags<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.voucher.tags.iter().filter(|key| !world.voucher.tags.knows(key)).collect();
    let keys = wanted.iter().map(|(t, tag)| [Value::bytes(t.bytes()), Value::bytes(tag)]).collect();
    asks.rows(&super::sql::LOAD_VOUCHER_TAGS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.voucher.tags.loaded(**key, None));
        for row in &found {
            let key = (row.tenant(0)?, row.array(1)?);
            world.voucher.tags.loaded(key, Some(VoucherId(row.array(2)?)));
        }
        Ok(())
    });
}
