//! Rows of devices, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::till::{Device, DeviceState};
use kernel::{DeviceId, StoreId, Timestamp};

/// `tenant, id, store, name, state, tag, code_until, paired_at, tries, unlocked_until, created_at`
pub fn device(row: &Row) -> Result<Device, Error> {
    Ok(Device {
        tenant: row.tenant(0)?,
        id: DeviceId(row.array(1)?),
        store: StoreId(row.array(2)?),
        name: row.text(3)?.to_owned(),
        state: one_of(row.int(4)?, DeviceState::from_number)?,
        tag: row.array(5)?,
        code_until: Timestamp(row.int(6)?),
        paired_at: row.maybe_int(7)?.map(Timestamp),
        tries: row.int(8)? as u32,
        unlocked_until: Timestamp(row.int(9)?),
        created_at: Timestamp(row.int(10)?),
    })
}
