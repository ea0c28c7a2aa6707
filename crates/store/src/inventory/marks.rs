//! Batches that are frozen or voided: the codes that a slice looks at, and sales that walk around the rest.
//!
//! The import's row and the stock account are locked before; a mark cannot change while a batch sells.

use super::load::read_codes;
use crate::Error;
use crate::load::asks::Asks;
use crate::seam::{Conn, Value};
use domain::inventory::mark_slice::{MARK_SLICE, Window};
use domain::inventory::pool::after;
use domain::inventory::{Code, CodePlace, Position};
use domain::{Needs, World};
use kernel::{CodeBatchId, SkuId, Tenant};
use std::collections::BTreeSet;

/// Codes that a sale reads at once beside those it wants, while a batch of the pool is on its way out.
const SPARE: u32 = 256;
/// Reads in a row after which a sale leaps over what is left of the marked batch. What other batches have in there
/// is out of sight until the job has passed.
const READS_MAX: u32 = 8;

/// Marked batches of pools that take codes back, or that sell while a batch is on its way out.
pub(crate) async fn load_marked(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let walled = |key: &&(Tenant, SkuId)| {
        world.inventory.pools.get(key).is_some_and(|p| p.batches_being_withdrawn > 0)
    };
    let selling: Vec<_> = needs.inventory.picks.keys().filter(walled).collect();
    let wanted: BTreeSet<&(Tenant, SkuId)> = needs.inventory.marked.iter().chain(selling).collect();
    for (tenant, sku) in wanted {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&sku.0)];
        let found = conn.fetch(&super::sql::LOAD_MARKED_BATCHES, &key).await?;
        let found = found.iter().map(super::rows::marked_batch).collect::<Result<_, _>>()?;
        world.inventory.marked.insert(*sku, found);
    }
    Ok(())
}

/// The head of a pool without the codes of batches that are on their way out.
pub(crate) async fn walk_around(
    conn: &mut Conn,
    world: &World,
    (tenant, sku, start): CodePlace,
    wanted: u32,
) -> Result<Vec<Code>, Error> {
    let marked = world.inventory.marked.get(&sku).into_iter().flatten();
    let walls: Vec<(CodeBatchId, Position)> =
        marked.filter_map(|marked| Some((marked.batch, marked.rest?.1))).collect();
    let wall = |code: &Code| walls.iter().find(|(batch, _)| *batch == code.batch);
    let (mut head, mut at, mut reads) = (Vec::new(), start, 0);
    let count = wanted.saturating_add(SPARE);
    loop {
        let most = Value::Int(i64::from(count));
        let params = [Value::bytes(tenant.bytes()), Value::bytes(&sku.0), Value::bytes(&at), most];
        let found = read_codes(&conn.fetch(&super::sql::LOAD_CODES_OF_SKU, &params).await?)?;
        let Some(last) = found.last().filter(|_| found.len() >= count as usize) else {
            head.extend(found.into_iter().filter(|code| wall(code).is_none()));
            break;
        };
        reads += 1;
        at = match wall(last) {
            Some((_, to)) if reads % READS_MAX == 0 => after(to),
            _ => after(&last.position()),
        };
        head.extend(found.into_iter().filter(|code| wall(code).is_none()));
        if head.len() >= wanted as usize {
            break;
        }
    }
    head.truncate(wanted as usize);
    Ok(head)
}

/// The next codes of batches whose marks are carried out.
pub(crate) fn windows<'n>(needs: &'n Needs, asks: &mut Asks<'n>) {
    for (import, ((tenant, sku, from), last)) in &needs.inventory.windows {
        let params = vec![
            Value::bytes(tenant.bytes()),
            Value::bytes(&sku.0),
            Value::bytes(from),
            Value::bytes(last),
            Value::Int(i64::from(MARK_SLICE)),
        ];
        asks.one(&super::sql::LOAD_CODES_BETWEEN, params, |world, found| {
            world
                .inventory
                .windows
                .insert(*import, Window { from: *from, codes: read_codes(&found)? });
            Ok(())
        });
    }
}
