//! Take a device away: nothing is redeemed at it any more.

use super::fact::DeviceRemoved;
use super::{Device, DeviceState, put, require};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::DeviceId;

/// Takes a device away.
#[derive(Debug, Clone, Copy)]
pub struct RemoveDevice {
    /// Which device.
    pub device: DeviceId,
}

impl Verb for RemoveDevice {
    type Answer = Device;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.till.devices.insert((at.tenant, self.device));
    }

    /// Order of checks: the device exists. Taking it away twice is one.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let mut device = require(world, ctx.origin.tenant, self.device)?;
        if device.state != DeviceState::Removed {
            device.state = DeviceState::Removed;
            put(world, &device);
            world.record(ctx, device.id.0, DeviceRemoved { device: device.clone() });
        }
        Ok(device)
    }
}
