//! Pair a browser with a device, by its code; once.

use super::fact::DevicePaired;
use super::{Device, DeviceState, put, require, wrong_state};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{DeviceId, Id16};

/// Pairs a browser.
#[derive(Debug, Clone, Copy)]
pub struct PairDevice {
    /// Which device.
    pub device: DeviceId,
    /// The tag of the code that was typed.
    pub tag: Id16,
}

impl Verb for PairDevice {
    type Answer = Device;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.till.devices.insert((at.tenant, self.device));
    }

    /// Order of checks: the device exists, the code is its own, nobody has used it, its time.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let mut device = require(world, ctx.origin.tenant, self.device)?;
        if device.tag != self.tag {
            return Err(Refusal::NotFound("device"));
        }
        if device.state != DeviceState::Waiting {
            return Err(wrong_state("the code was used; add the device again"));
        }
        if ctx.now >= device.code_until {
            return Err(wrong_state("the code is over; add the device again"));
        }
        (device.state, device.paired_at) = (DeviceState::Paired, Some(ctx.now));
        put(world, &device);
        world.record(ctx, device.id.0, DevicePaired { device: device.clone() });
        Ok(device)
    }
}
