//! Reads exports.

use super::rows::export;
use crate::Error;
use crate::read::{LAST, Page, Reader};
use crate::seam::Value;
use domain::context::Actor;
use domain::export::Export;
use kernel::{ExportId, Tenant};

impl Reader {
    /// An export by its id.
    pub async fn export(&self, tenant: Tenant, id: ExportId) -> Result<Option<Export>, Error> {
        self.by_id(&super::sql::READ_EXPORT, tenant, &id.0, export).await
    }

    /// What one person or key asked for, newest first.
    pub async fn exports_of(
        &self,
        tenant: Tenant,
        requester: Actor,
        page: Page<ExportId>,
    ) -> Result<Vec<Export>, Error> {
        let before = page.after.map_or(LAST, |id| id.0);
        let requester = requester.to_bytes();
        let from = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&requester),
            Value::bytes(&before),
            Value::Int(i64::from(page.limit)),
        ];
        self.many(&super::sql::READ_EXPORTS_OF, &from, export).await
    }
}
