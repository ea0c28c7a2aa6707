//! Reads devices of stores.

use crate::Error;
use crate::read::{Page, Reader};
use domain::till::Device;
use kernel::{DeviceId, Id16, Tenant};

impl Reader {
    /// A device by its id.
    pub async fn device(&self, tenant: Tenant, id: DeviceId) -> Result<Option<Device>, Error> {
        self.by_id(&super::sql::READ_DEVICE, tenant, &id.0, super::rows::device).await
    }

    /// A device by the tag of its pairing code.
    pub async fn device_by_tag(&self, tenant: Tenant, tag: &Id16) -> Result<Option<Device>, Error> {
        self.by_id(&super::sql::READ_DEVICE_BY_TAG, tenant, tag, super::rows::device).await
    }

    /// A tenant's devices, newest first.
    pub async fn devices(
        &self,
        tenant: Tenant,
        page: Page<DeviceId>,
    ) -> Result<Vec<Device>, Error> {
        let page = page.bytes(|id| id.0);
        self.newest(&super::sql::READ_DEVICES, tenant, page, super::rows::device).await
    }
}
