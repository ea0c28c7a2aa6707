//! The heads of pools: as many codes that open as the batch wants, in the order in which they are sold.
//!
//! A damaged code is passed over and remembered, and the walk goes on, until too many stand in a row. It ends at a code
//! whose key is missing, because what lies behind it is not its turn.

use super::load::read_codes;
use super::marks;
use crate::Error;
use crate::seam::{Calls, Conn, Value};
use domain::inventory::damaged::{Cut, Look, Met, ROW_MAX, Seal};
use domain::inventory::pool::after;
use domain::inventory::{Code, Pool, Position, position_after};
use domain::{Needs, World};
use kernel::{SkuId, Tenant};
use std::collections::{HashMap, VecDeque};

/// Pools that are walked one by one. A walk of its own costs a pool a round trip, and a code a quarter of what
/// the statement for many pools costs, which seeks every code from the one before.
const WALKS_MAX: usize = 4;

/// A walk over the head of a pool.
struct Walk {
    tenant: Tenant,
    sku: SkuId,
    /// Where its next look-up begins.
    at: Position,
    wanted: usize,
    head: VecDeque<Code>,
    met: Met,
    /// Whether the pool has no more codes.
    through: bool,
}

/// As many codes from the head of each pool as the batch wants, from the mark or the cutoff on. A pool that is stopped
/// has no head.
pub(crate) async fn load_heads(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
    look: &Look<'_>,
) -> Result<(), Error> {
    world
        .inventory
        .heads
        .extend(needs.inventory.picks.keys().map(|(_, sku)| (*sku, VecDeque::new())));
    let mut walks: Vec<Walk> = Vec::with_capacity(needs.inventory.picks.len());
    for ((tenant, sku), (wanted, cutoff)) in &needs.inventory.picks {
        let pool = world.inventory.pools.get(&(*tenant, *sku));
        if let Some(pool) = pool.filter(|pool| pool.damaged_row < ROW_MAX) {
            let at = pool.low.max(position_after(*cutoff));
            walks.push(Walk::new((*tenant, *sku), at, *wanted, pool));
        }
    }
    if walks.is_empty() {
        return Ok(());
    }
    let mut found = first_codes(conn, world, &walks).await?;
    for mut walk in walks {
        walk.take(found.remove(&walk.sku).unwrap_or_default(), look);
        while walk.goes_on() {
            let codes = next_codes(conn, world, &walk).await?;
            walk.take(codes, look);
        }
        walk.end(world);
    }
    Ok(())
}

impl Walk {
    fn new((tenant, sku): (Tenant, SkuId), at: Position, wanted: u32, pool: &Pool) -> Self {
        let met = Met { row: pool.damaged_row, ..Met::default() };
        let wanted = wanted as usize;
        Self { tenant, sku, at, wanted, head: VecDeque::new(), met, through: false }
    }

    /// Codes that are still wanted.
    fn missing(&self) -> usize {
        self.wanted - self.head.len()
    }

    fn goes_on(&self) -> bool {
        self.missing() > 0 && !self.through && self.met.ended.is_none()
    }

    /// Takes the codes of a look-up for as many as are missing.
    fn take(&mut self, codes: Vec<Code>, look: &Look<'_>) {
        self.through = codes.len() < self.missing();
        for code in codes {
            let at = code.position();
            match look(&code) {
                Seal::Good => {
                    self.met.row = 0;
                    self.head.push_back(code);
                }
                Seal::Damaged => {
                    self.met.row += 1;
                    self.met.damaged.push(code);
                }
                Seal::KeyMissing => self.met.ended = Some((at, Cut::KeyMissing)),
            }
            self.at = after(&at);
            if self.met.row >= ROW_MAX {
                self.met.ended = Some((self.at, Cut::Row));
            }
            if self.met.ended.is_some() {
                return;
            }
        }
    }

    fn end(self, world: &mut World) {
        world.inventory.heads.insert(self.sku, self.head);
        if !self.met.damaged.is_empty() || self.met.ended.is_some() {
            world.inventory.met.insert((self.tenant, self.sku), self.met);
        }
    }
}

/// The first look-up of all walks, by pool.
async fn first_codes(
    conn: &mut Conn,
    world: &World,
    walks: &[Walk],
) -> Result<HashMap<SkuId, Vec<Code>>, Error> {
    let mut found: HashMap<SkuId, Vec<Code>> = HashMap::with_capacity(walks.len());
    // Pools of which a batch is on its way out are few, and walked with care.
    let (walled, open): (Vec<&Walk>, Vec<&Walk>) =
        walks.iter().partition(|walk| world.inventory.marked.contains_key(&walk.sku));
    for walk in walled {
        found.insert(walk.sku, next_codes(conn, world, walk).await?);
    }
    let keys: Vec<_> = open.iter().map(|walk| key(walk)).collect();
    let mut calls = Calls::default();
    if keys.len() <= WALKS_MAX {
        keys.into_iter().for_each(|key| calls.fetch(&super::sql::LOAD_CODES_OF_SKU, key.to_vec()));
    } else {
        calls.fetch_rows(&super::sql::LOAD_CODES, keys);
    }
    for answer in conn.run(&calls).await? {
        for code in read_codes(&answer.rows)? {
            found.entry(code.sku).or_default().push(code);
        }
    }
    found.values_mut().for_each(|codes| codes.sort_by_key(Code::position));
    Ok(found)
}

/// As many more codes of one pool as its walk still wants.
async fn next_codes(conn: &mut Conn, world: &World, walk: &Walk) -> Result<Vec<Code>, Error> {
    if world.inventory.marked.contains_key(&walk.sku) {
        let missing = u32::try_from(walk.missing()).unwrap_or(u32::MAX);
        return marks::walk_around(conn, world, (walk.tenant, walk.sku, walk.at), missing).await;
    }
    read_codes(&conn.fetch(&super::sql::LOAD_CODES_OF_SKU, &key(walk)).await?)
}

fn key(walk: &Walk) -> [Value<'_>; 4] {
    let wanted = Value::Int(walk.missing() as i64);
    let tenant = Value::bytes(walk.tenant.bytes());
    [tenant, Value::bytes(&walk.sku.0), Value::bytes(&walk.at), wanted]
}
