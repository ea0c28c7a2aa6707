//! Devices of stores (核销设备): paired once by a code that a merchant gives out, unlocked by the PIN of their store for a shift.
//!
//! Five PINs that are wrong block a device: somebody must add it again. The count is the row's, so that those who try at once
//! have five together.

pub mod add;
pub mod fact;
pub mod guess;
pub mod pair;
pub mod remove;
pub mod unlock;
pub mod world;

use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use crate::{Refusal, World};
use kernel::{DeviceId, Id16, StoreId, Tenant, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a pairing code is taken, in microseconds: a day.
pub const CODE_US: i64 = 86_400_000_000;
/// How long a device stays unlocked, in microseconds: a shift of twelve hours.
pub const SHIFT_US: i64 = 43_200_000_000;
/// Wrong PINs that block a device.
pub const TRIES_MAX: u32 = 5;

crate::dispatch::verbs! {
    Till:
    "add_device" => add::AddDevice,
    "pair_device" => pair::PairDevice,
    "unlock_device" => unlock::UnlockDevice,
    "lock_device" => unlock::LockDevice,
    "remove_device" => remove::RemoveDevice,
    "note_guesses" => guess::NoteGuesses,
}

crate::numbered::numbered! {
    /// Where a device stands. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum DeviceState {
        /// Its code is given out, and nobody has used it.
        Waiting = 1,
        /// A browser has it.
        Paired = 2,
        /// Too many PINs were wrong.
        Blocked = 3,
        /// It was taken away.
        Removed = 4,
    }
}

/// A device's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its id, from which its code follows.
    pub id: DeviceId,
    /// The tenant of the book.
    #[serde(skip, default = "crate::identity::operator")]
    pub tenant: Tenant,
    /// Its store.
    pub store: StoreId,
    /// What people call it.
    pub name: String,
    /// Where it stands.
    pub state: DeviceState,
    /// The tag of its pairing code.
    #[serde(skip)]
    pub tag: Id16,
    /// Its code is taken before this time.
    pub code_until: Timestamp,
    /// When a browser was paired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paired_at: Option<Timestamp>,
    /// PINs in a row that were wrong.
    #[serde(skip)]
    pub tries: u32,
    /// It is unlocked before this time.
    #[serde(skip)]
    pub unlocked_until: Timestamp,
    /// When it was added.
    pub created_at: Timestamp,
}

impl Answer for Device {
    fn reference(&self) -> Option<OutcomeRef> {
        Some(OutcomeRef::to(OutcomeKind::Device, self.id.0))
    }
}

impl Device {
    /// Whether vouchers are redeemed at it now.
    pub fn is_unlocked(&self, now: Timestamp) -> bool {
        self.state == DeviceState::Paired && now < self.unlocked_until
    }
}

fn require(world: &World, tenant: Tenant, id: DeviceId) -> Result<Device, Refusal> {
    let found = world.till.devices.get(&(tenant, id));
    found.cloned().ok_or(Refusal::NotFound("device"))
}

fn put(world: &mut World, device: &Device) {
    world.till.devices.insert((device.tenant, device.id), device.clone());
}

fn wrong_state(detail: &'static str) -> Refusal {
    Refusal::WrongState { code: "device_state", detail }
}
