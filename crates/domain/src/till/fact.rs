//! Facts about devices of stores, and about guesses at what opens a voucher.

use super::Device;
use crate::fact::FactBody;
use kernel::DeviceId;
use serde::{Deserialize, Serialize};

crate::dispatch::facts! {
    Till:
    "device.added" 1 => DeviceAdded,
    "device.blocked" 1 => DeviceBlocked,
    "device.paired" 1 => DevicePaired,
    "device.removed" 1 => DeviceRemoved,
    "codes.guessed" 1 => CodesGuessed,
}

/// Codes that open nothing were tried so often that whoever does it must wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesGuessed {
    /// From where; a network of addresses that one holder has. Empty where that is unknown.
    pub address: String,
    /// At which device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// How many were refused since the last such fact of this address.
    pub count: i64,
}

impl FactBody for CodesGuessed {
    const ALARM: bool = true;
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
