//! Devices of a batch.

use super::Device;
use crate::Table;
use kernel::{DeviceId, Tenant};
use std::collections::BTreeSet;

/// Rows of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Devices.
    pub devices: Table<(Tenant, DeviceId), Device>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Devices.
    pub devices: BTreeSet<(Tenant, DeviceId)>,
}
