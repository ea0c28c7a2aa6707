//! How many bytes of sealed codes a batch would load. A batch of several commands that is too large runs in halves.
//!
//! A pool knows its largest code; of codes whose pools are not loaded the largest of all is assumed.

use crate::Error;
use domain::inventory::expire_codes::EXPIRY_SLICE;
use domain::inventory::mark_slice::MARK_SLICE;
use domain::{Needs, World};
use kernel::limits::{BATCH_CODES_BYTES_MAX, SEALED_CODE_BYTES_MAX};
use kernel::{SkuId, Tenant};

/// Before anything is loaded: codes of orders, and parts of pools.
pub(crate) fn check_known(needs: &Needs, commands: usize) -> Result<(), Error> {
    refuse(known(needs), commands)
}

/// Once the pools are known: their heads as well, and codes past their date.
pub(crate) fn check(needs: &Needs, world: &World, commands: usize) -> Result<(), Error> {
    let largest =
        |key: &(Tenant, SkuId)| world.inventory.pools.get(key).map_or(0, |pool| pool.largest);
    let heads =
        needs.inventory.picks.iter().map(|(key, (wanted, _))| i64::from(*wanted) * largest(key));
    let slice = i64::from(EXPIRY_SLICE);
    let stale =
        needs.inventory.stale.iter().map(|(key, (n, _))| i64::from(*n) * slice * largest(key));
    refuse(known(needs) + heads.chain(stale).sum::<i64>(), commands)
}

fn known(needs: &Needs) -> i64 {
    let codes =
        needs.inventory.owned_codes.len() + needs.inventory.windows.len() * MARK_SLICE as usize;
    codes as i64 * SEALED_CODE_BYTES_MAX
}

fn refuse(bytes: i64, commands: usize) -> Result<(), Error> {
    let fits = bytes <= BATCH_CODES_BYTES_MAX || commands < 2;
    if fits { Ok(()) } else { Err(Error::TooLarge(bytes)) }
}
