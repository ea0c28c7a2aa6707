//! Unlock a device by the PIN of its store, or lock it again.

use super::fact::DeviceBlocked;
use super::{Device, DeviceState, SHIFT_US, TRIES_MAX, put, require, wrong_state};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{DeviceId, Timestamp};

/// Unlocks a device, or counts a PIN that was wrong.
#[derive(Debug, Clone, Copy)]
pub struct UnlockDevice {
    /// Which device.
    pub device: DeviceId,
    /// Whether the PIN is that of its store; the edge has compared them.
    pub right: bool,
}

impl Verb for UnlockDevice {
    type Answer = Device;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.till.devices.insert((at.tenant, self.device));
    }

    /// Order of checks: the device exists, is paired. A wrong PIN is an answer, not a refusal, because it is counted: the device
    /// that comes back is locked, or blocked by the fifth.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let mut device = require(world, ctx.origin.tenant, self.device)?;
        if device.state != DeviceState::Paired {
            return Err(wrong_state("the device is not paired; add it again"));
        }
        if self.right {
            (device.tries, device.unlocked_until) = (0, ctx.now.plus_micros(SHIFT_US));
        } else {
            (device.tries, device.unlocked_until) = (device.tries + 1, Timestamp(0));
            if device.tries >= TRIES_MAX {
                device.state = DeviceState::Blocked;
                world.record(ctx, device.id.0, DeviceBlocked { device: device.clone() });
            }
        }
        put(world, &device);
        Ok(device)
    }
}

/// Locks a device: the next who stands at it needs the PIN.
#[derive(Debug, Clone, Copy)]
pub struct LockDevice {
    /// Which device.
    pub device: DeviceId,
}

impl Verb for LockDevice {
    type Answer = Device;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.till.devices.insert((at.tenant, self.device));
    }

    /// Order of checks: the device exists.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let mut device = require(world, ctx.origin.tenant, self.device)?;
        device.unlocked_until = Timestamp(0);
        put(world, &device);
        Ok(device)
    }
}
