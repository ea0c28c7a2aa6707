//! Loads codes, pools and imports.

use crate::Error;
use crate::load::asks::Asks;
use crate::seam::{Calls, Conn, Row, Value};
use domain::inventory::damaged::{Look, Seal};
use domain::inventory::expire_codes::EXPIRY_SLICE;
use domain::inventory::identity::Claim;
use domain::inventory::{Code, position_after};
use domain::{Needs, World};
use kernel::{CodeId, SkuId};

/// Imports.
pub(crate) fn imports<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.inventory.imports.iter().filter(|key| !world.inventory.imports.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_IMPORTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.inventory.imports.loaded(**key, None));
        for row in &found {
            let (tenant, import) = (row.tenant(0)?, super::rows::import(row)?);
            world.inventory.imports.loaded((tenant, import.id), Some(import));
        }
        Ok(())
    });
}

/// How far pools have been walked.
pub(crate) fn pools<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys = needs
        .inventory
        .pools
        .iter()
        .map(|(t, s)| [Value::bytes(t.bytes()), Value::bytes(&s.0)])
        .collect();
    asks.rows(&super::sql::LOAD_POOLS, keys, |world, found| {
        needs.inventory.pools.iter().for_each(|key| world.inventory.pools.loaded(*key, None));
        for row in &found {
            let key = (row.tenant(0)?, SkuId(row.array(1)?));
            world.inventory.pools.loaded(key, Some(super::rows::pool(row)?));
        }
        Ok(())
    });
}

/// Which tags are claimed. A claim may lead to another tag or to a code.
pub(crate) fn code_tags<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs
        .inventory
        .code_tags
        .iter()
        .filter(|key| !world.inventory.code_tags.knows(key))
        .collect();
    let keys = wanted.iter().map(|(t, tag)| [Value::bytes(t.bytes()), Value::bytes(tag)]).collect();
    asks.rows(&super::sql::LOAD_CODE_TAGS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.inventory.code_tags.loaded(**key, None));
        for row in &found {
            let key = (row.tenant(0)?, row.array(1)?);
            let claim = Claim { exact: row.array(2)?, code: CodeId(row.array(3)?) };
            world.inventory.code_tags.loaded(key, Some(claim));
        }
        Ok(())
    });
}

/// Codes that still have the tag of before.
pub(crate) fn codes_before<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs
        .inventory
        .codes_before
        .iter()
        .filter(|tag| !world.inventory.codes_before.knows(tag))
        .collect();
    let keys = wanted.iter().map(|tag| [Value::bytes(*tag)]).collect();
    asks.rows(&super::sql::LOAD_CODES_BEFORE, keys, move |world, found| {
        wanted.iter().for_each(|tag| world.inventory.codes_before.loaded(**tag, None));
        for row in &found {
            world.inventory.codes_before.loaded(row.array(0)?, Some(CodeId(row.array(1)?)));
        }
        Ok(())
    });
}

/// Codes by id. Whoever changes one writes it from the state that was read here.
pub(crate) fn codes_by_id<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys = needs
        .inventory
        .codes_by_id
        .iter()
        .map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]);
    asks.rows(&super::sql::LOAD_CODES_BY_ID, keys.collect(), |world, found| {
        for code in read_codes(&found)? {
            world.inventory.known_codes.insert((code.tenant, code.id), code);
        }
        Ok(())
    });
}

/// Codes of orders, whose rows are their locks, and single ones, whose pool is. Those that will be opened are looked at.
pub(crate) fn owned_codes<'n>(needs: &'n Needs, look: &'n Look<'n>, asks: &mut Asks<'n>) {
    let keys = needs
        .inventory
        .owned_codes
        .iter()
        .map(|(t, s, at)| [Value::bytes(t.bytes()), Value::bytes(&s.0), Value::bytes(at)])
        .collect();
    asks.rows(&super::sql::LOAD_OWNED_CODES, keys, |world, found| {
        for code in read_codes(&found)? {
            let place = code.place();
            if needs.inventory.opened.contains(&place) {
                match look(&code) {
                    Seal::Good => {}
                    seal => _ = world.inventory.seals.insert(place, seal),
                }
            }
            world.inventory.owned_codes.insert(place, code);
        }
        Ok(())
    });
}

/// Codes that are past their date and still in stock, a slice of each pool and sweep.
pub(crate) async fn load_stale(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let mut walks = Calls::default();
    let mut skus = Vec::with_capacity(needs.inventory.stale.len());
    for ((tenant, sku), (sweeps, cutoff)) in &needs.inventory.stale {
        world.inventory.stale.insert(*sku, Vec::new());
        let Some(pool) = world.inventory.pools.get(&(*tenant, *sku)) else { continue };
        let (from, to) = (pool.swept, position_after(*cutoff));
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&sku.0),
            Value::Blob(from.to_vec().into()),
            Value::Blob(to.to_vec().into()),
            Value::Int(i64::from(EXPIRY_SLICE) * i64::from(*sweeps)),
        ];
        walks.fetch(&super::sql::LOAD_STALE_CODES, params.to_vec());
        skus.push(*sku);
    }
    if skus.is_empty() {
        return Ok(());
    }
    for (sku, found) in skus.into_iter().zip(conn.run(&walks).await?) {
        world.inventory.stale.insert(sku, read_codes(&found.rows)?);
    }
    Ok(())
}

pub(crate) fn read_codes(found: &[Row]) -> Result<Vec<Code>, Error> {
    found.iter().map(super::rows::code).collect()
}
