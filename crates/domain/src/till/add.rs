//! Add a device to a store: its code is given out once and pairs one browser.

use super::fact::DeviceAdded;
use super::{CODE_US, Device, DeviceState, put};
use crate::voucher::terms::find_store;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{DeviceId, Id16, StoreId, Timestamp};

/// Adds a device.
#[derive(Debug, Clone)]
pub struct AddDevice {
    /// Its id, drawn by who asks, because its code follows from it.
    pub device: DeviceId,
    /// The tag of its code.
    pub tag: Id16,
    /// Its store.
    pub store: StoreId,
    /// What people call it.
    pub name: String,
}

impl Verb for AddDevice {
    type Answer = Device;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
        needs.till.devices.insert((at.tenant, self.device));
    }

    /// Order of checks: the store exists.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        find_store(world, tenant, self.store).ok_or(Refusal::NotFound("store"))?;
        let device = Device {
            id: self.device,
            tenant,
            store: self.store,
            name: self.name,
            state: DeviceState::Waiting,
            tag: self.tag,
            code_until: ctx.now.plus_micros(CODE_US),
            paired_at: None,
            tries: 0,
            unlocked_until: Timestamp(0),
            created_at: ctx.now,
        };
        put(world, &device);
        world.record(ctx, device.id.0, DeviceAdded { device: device.clone() });
        Ok(device)
    }
}
