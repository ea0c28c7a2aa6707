//! Loads vouchers and redemptions.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::{Needs, World};
use kernel::VoucherId;
use std::collections::BTreeMap;

/// Redemptions, runs and tokens, then vouchers by the tags of their codes and by id, those under their locks: whatever happens to a voucher
/// happens under its lock.
pub(crate) fn vouchers<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    redemptions(needs, world, asks);
    tags(needs, world, asks);
    runs(needs, world, asks);
    tokens(needs, world, asks);
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

fn runs<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.voucher.runs.iter().filter(|key| !world.voucher.runs.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_RUNS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.voucher.runs.loaded(**key, None));
        for row in &found {
            let run = super::rows::run(row)?;
            world.voucher.runs.loaded((run.tenant, run.id), Some(run));
        }
        Ok(())
    });
}

fn tokens<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.voucher.digits.iter().filter(|key| !world.voucher.digits.knows(key)).collect();
    let keys = wanted
        .iter()
        .map(|(t, digits)| [Value::bytes(t.bytes()), Value::Int(i64::from(*digits))])
        .collect();
    asks.rows(&super::sql::LOAD_DIGITS, keys, move |world, found| {
        let mut holders: BTreeMap<_, Vec<VoucherId>> = BTreeMap::new();
        for row in &found {
            let key = (row.tenant(0)?, row.int(1)? as u32);
            holders.entry(key).or_default().push(VoucherId(row.array(2)?));
        }
        for key in wanted {
            world.voucher.digits.loaded(*key, holders.remove(key));
        }
        Ok(())
    });
    let wanted: Vec<_> =
        needs.voucher.tokens.iter().filter(|key| !world.voucher.tokens.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_TOKENS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.voucher.tokens.loaded(**key, None));
        for row in &found {
            let (tenant, token) = super::rows::token(row)?;
            world.voucher.tokens.loaded((tenant, token.voucher), Some(token));
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
