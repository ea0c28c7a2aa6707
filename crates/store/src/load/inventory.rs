//! Imports, pools, codes and work. Codes need no lock of their own: the stock account is their lock.

use super::asks::Asks;
use super::marks;
use crate::seam::{Calls, Conn, Row, Value};
use crate::{Error, rows, sql};
use domain::inventory::expire_codes::EXPIRY_SLICE;
use domain::inventory::{Code, Pool, Position, position_after};
use domain::work::{Work, WorkKey, WorkKind};
use domain::{Needs, World};
use kernel::{SkuId, Timestamp};
use std::collections::VecDeque;

/// Imports.
pub(super) fn imports<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs.imports.iter().filter(|key| !world.imports.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&sql::LOAD_IMPORTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.imports.loaded(**key, None));
        for row in &found {
            let (tenant, import) = (rows::tenant(row, 0)?, rows::import(row)?);
            world.imports.loaded((tenant, import.id), Some(import));
        }
        Ok(())
    });
}

/// How far pools have been walked.
pub(super) fn pools<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys =
        needs.pools.iter().map(|(t, s)| [Value::bytes(t.bytes()), Value::bytes(&s.0)]).collect();
    asks.rows(&sql::LOAD_POOLS, keys, |world, found| {
        needs.pools.iter().for_each(|key| world.pools.loaded(*key, None));
        for row in &found {
            let key = (rows::tenant(row, 0)?, SkuId(row.array(1)?));
            let pool = Pool { low: row.array(2)?, swept: row.array(3)?, walled: row.int(4)? };
            world.pools.loaded(key, Some(pool));
        }
        Ok(())
    });
}

/// Which tags were ever imported.
pub(super) fn code_tags<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys = needs.code_tags.iter().map(|tag| [Value::bytes(tag)]).collect();
    asks.rows(&sql::LOAD_CODE_TAGS, keys, |world, found| {
        needs.code_tags.iter().for_each(|tag| world.code_tags.loaded(*tag, None));
        for row in &found {
            world.code_tags.loaded(row.array(0)?, Some(()));
        }
        Ok(())
    });
}

/// Pools that are walked one by one. A walk of its own costs a pool a round trip, and a code a quarter of what
/// the statement for many pools costs, which seeks every code from the one before.
const WALKS_MAX: usize = 4;

/// As many codes from the head of each pool as the batch wants, from the mark or the cutoff on.
pub(super) async fn load_heads(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    world.heads.extend(needs.picks.keys().map(|(_, sku)| (*sku, VecDeque::new())));
    let starts: Vec<(SkuId, Position, u32)> = needs
        .picks
        .iter()
        .filter_map(|((tenant, sku), (wanted, cutoff))| {
            let pool = world.pools.get(&(*tenant, *sku))?;
            Some((*sku, pool.low.max(position_after(*cutoff)), *wanted))
        })
        .collect();
    if starts.is_empty() {
        return Ok(());
    }
    // Pools of which a batch is on its way out are few, and walked with care.
    let walled = |sku: &SkuId| world.marked.contains_key(sku);
    let mut codes = Vec::new();
    for (sku, at, wanted) in starts.iter().filter(|(sku, ..)| walled(sku)) {
        codes.extend(marks::walk_around(conn, world, *sku, *at, *wanted).await?);
    }
    let keys: Vec<_> = starts
        .iter()
        .filter(|(sku, ..)| !walled(sku))
        .map(|(s, at, n)| [Value::bytes(&s.0), Value::bytes(at), Value::Int(i64::from(*n))])
        .collect();
    let mut walks = Calls::default();
    if keys.len() <= WALKS_MAX {
        keys.into_iter().for_each(|key| walks.fetch(&sql::LOAD_CODES_OF_SKU, key.to_vec()));
    } else {
        walks.fetch_rows(&sql::LOAD_CODES, keys);
    }
    for found in conn.run(&walks).await? {
        codes.extend(read_codes(&found.rows)?);
    }
    codes.sort_by_key(|code| (code.sku, code.position()));
    for code in codes {
        world.heads.entry(code.sku).or_default().push_back(code);
    }
    Ok(())
}

/// Codes of orders, whose rows are their locks, and single ones, whose pool is.
pub(super) fn owned_codes<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys =
        needs.owned_codes.iter().map(|(s, at)| [Value::bytes(&s.0), Value::bytes(at)]).collect();
    asks.rows(&sql::LOAD_OWNED_CODES, keys, |world, found| {
        for code in read_codes(&found)? {
            world.owned_codes.insert((code.sku, code.position()), code);
        }
        Ok(())
    });
}

/// Codes that are past their date and still in stock, a slice of each pool and sweep.
pub(super) async fn load_stale(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let mut walks = Calls::default();
    let mut skus = Vec::with_capacity(needs.stale.len());
    for ((tenant, sku), (sweeps, cutoff)) in &needs.stale {
        world.stale.insert(*sku, Vec::new());
        let Some(pool) = world.pools.get(&(*tenant, *sku)) else { continue };
        let (from, to) = (pool.swept, position_after(*cutoff));
        let params = [
            Value::bytes(&sku.0),
            Value::Blob(from.to_vec().into()),
            Value::Blob(to.to_vec().into()),
            Value::Int(i64::from(EXPIRY_SLICE) * i64::from(*sweeps)),
        ];
        walks.fetch(&sql::LOAD_STALE_CODES, params.to_vec());
        skus.push(*sku);
    }
    if skus.is_empty() {
        return Ok(());
    }
    for (sku, found) in skus.into_iter().zip(conn.run(&walks).await?) {
        world.stale.insert(sku, read_codes(&found.rows)?);
    }
    Ok(())
}

pub(super) fn read_codes(found: &[Row]) -> Result<Vec<Code>, Error> {
    found.iter().map(rows::code).collect()
}

/// Work by key, and work that is due.
pub(super) fn work<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    let keys = needs
        .work
        .iter()
        .map(|w| {
            let (tenant, subject) = (Value::bytes(w.tenant.bytes()), Value::bytes(&w.subject));
            [Value::Int(w.kind as i64), tenant, subject]
        })
        .collect();
    asks.rows(&sql::LOAD_WORK, keys, |world, found| {
        needs.work.iter().for_each(|key| world.work.loaded(*key, None));
        take_work(world, &found)
    });
    if let Some((now, limit)) = needs.due_work {
        let params = vec![Value::Int(now.0), Value::Int(now.0), Value::Int(i64::from(limit))];
        asks.one(&sql::LOAD_WORK_DUE, params, |world, found| take_work(world, &found));
    }
}

fn take_work(world: &mut World, found: &[Row]) -> Result<(), Error> {
    for row in found {
        let kind = WorkKind::from_number(row.int(0)?).ok_or(Error::Corrupt("a kind of work"))?;
        let key = WorkKey { kind, tenant: rows::tenant(row, 1)?, subject: row.array(2)? };
        let work = Work {
            due_at: Timestamp(row.int(3)?),
            lease_until: Timestamp(row.int(4)?),
            attempts: row.int(5)?,
        };
        world.work.loaded(key, Some(work));
    }
    Ok(())
}
