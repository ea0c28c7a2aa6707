//! Facts about devices of stores, and about guesses at what opens a voucher.

use super::Device;
use crate::fact::FactBody;
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Till:
    "device.added" 1 => DeviceAdded,
    "device.blocked" 1 => DeviceBlocked,
    "device.paired" 1 => DevicePaired,
    "device.removed" 1 => DeviceRemoved,
}

/// A device was added to a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceAdded {
    /// The device.
    pub device: Device,
}

impl FactBody for DeviceAdded {}

/// A browser was paired with a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicePaired {
    /// The device.
    pub device: Device,
}

impl FactBody for DevicePaired {}

/// Too many PINs at a device were wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceBlocked {
    /// The device.
    pub device: Device,
}

impl FactBody for DeviceBlocked {}

/// A device was taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRemoved {
    /// The device.
    pub device: Device,
}

impl FactBody for DeviceRemoved {}
