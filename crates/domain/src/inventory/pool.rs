//! Picking from a pool, and keeping its marks.

use super::damaged::ROW_MAX;
use super::{Code, CodeState, Pool, Position, position_after, stop_sku};
use crate::World;
use kernel::{OrderId, SkuId, Tenant, Timestamp};

/// Takes the next codes of a pool for an order line: `Issued`, or `Revealed` if the buyer sees them at
/// once. The caller has checked that they are there.
pub fn issue(
    world: &mut World,
    tenant: Tenant,
    sku: SkuId,
    owner: Option<(OrderId, u32)>,
    n: usize,
    state: CodeState,
) -> Vec<Code> {
    let head = world.inventory.heads.entry(sku).or_default();
    let mut issued: Vec<Code> = head.drain(..n).collect();
    for code in &mut issued {
        code.state = state;
        code.owner = owner;
    }
    if let (Some(last), Some(pool)) = (issued.last(), world.inventory.pools.change(&(tenant, sku)))
    {
        pool.low = last.position();
        pool.damaged_row = 0;
    }
    for code in &issued {
        world.inventory.save_code(CodeState::Available, code.clone());
    }
    issued
}

/// Puts a code that came in where the sales and sweeps of the same batch look for it. The pool's head was
/// loaded before; without the new code a sale would move the mark past it, and a sweep would miss its date.
pub fn join(world: &mut World, code: &Code, cutoff: Timestamp) {
    if code.valid_until > cutoff {
        let Some(head) = world.inventory.heads.get_mut(&code.sku) else { return };
        let at = head.partition_point(|other| other.position() < code.position());
        head.insert(at, code.clone());
    } else {
        let Some(stale) = world.inventory.stale.get_mut(&code.sku) else { return };
        let at = stale.partition_point(|other| other.position() < code.position());
        stale.insert(at, code.clone());
    }
}

/// Moves a pool's mark back to the sweep's, because codes that sales passed over may be sold again.
pub fn rewind(world: &mut World, tenant: Tenant, sku: SkuId) {
    if let Some(pool) = world.inventory.pools.change(&(tenant, sku)) {
        pool.low = pool.low.min(pool.swept);
    }
}

/// Codes of a pool's head that may be sold now. The head is in order and was loaded from the cutoff
/// on, so a first code past its date means that the head is not to be trusted at all.
pub fn ready(world: &World, sku: SkuId, cutoff: Timestamp) -> usize {
    let after = position_after(cutoff);
    let Some(head) = world.inventory.heads.get(&sku) else { return 0 };
    match head.front() {
        Some(first) if first.position() >= after => head.len(),
        _ => 0,
    }
}

/// Lowers a pool's marks because codes came in from `first` on; makes the pool when it is new.
pub fn lower(world: &mut World, tenant: Tenant, sku: SkuId, first: Position) {
    let key = (tenant, sku);
    match world.inventory.pools.change(&key) {
        Some(pool) => {
            pool.low = pool.low.min(first);
            pool.swept = pool.swept.min(first);
        }
        None => {
            let pool = Pool {
                low: first,
                swept: first,
                batches_being_withdrawn: 0,
                damaged_row: 0,
                largest: 0,
            };
            world.inventory.pools.insert(key, pool);
        }
    }
}

/// A pool knows the largest code that it ever took in: what a batch or an order would load is bounded by it.
pub fn widen(world: &mut World, tenant: Tenant, sku: SkuId, sealed_bytes: i64) {
    let known = world.inventory.pools.get(&(tenant, sku)).map_or(0, |pool| pool.largest);
    if sealed_bytes > known
        && let Some(pool) = world.inventory.pools.change(&(tenant, sku))
    {
        pool.largest = sealed_bytes;
    }
}

/// A person looked at a pool's damaged codes: it is walked again.
pub fn start_again(world: &mut World, tenant: Tenant, sku: SkuId) {
    world.work.remove(&stop_sku::job(tenant, sku));
    if let Some(pool) = world.inventory.pools.change(&(tenant, sku)) {
        pool.damaged_row = 0;
    }
}

/// Whether nothing is taken from a pool until a person has looked at its damaged codes.
pub fn is_stopped(world: &World, tenant: Tenant, sku: SkuId) -> bool {
    world.inventory.pools.get(&(tenant, sku)).is_some_and(|pool| pool.damaged_row >= ROW_MAX)
}

/// Moves a pool's mark over a part in which nothing can be sold, if the mark stood in it: the next sale need not walk
/// over what was taken out.
pub fn pass(world: &mut World, tenant: Tenant, sku: SkuId, (from, to): (Position, Position)) {
    if let Some(pool) = world.inventory.pools.change(&(tenant, sku))
        && (from..to).contains(&pool.low)
    {
        pool.low = to;
    }
}

/// The place right after a code's.
pub fn after(at: &Position) -> Position {
    let mut next = *at;
    for byte in next.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_after_a_code_is_one_further() {
        let mut at = [7; 24];
        (at[22], at[23]) = (4, 0xff);
        let next = after(&at);
        assert!(next > at && next[..22] == at[..22] && next[22..] == [5, 0]);
        assert_eq!(after(&[0; 24])[23], 1);
    }
}
