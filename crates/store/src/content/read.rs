//! Reads what buyers share.

use super::rows::{content, version};
use crate::Error;
use crate::read::Reader;
use crate::seam::Value;
use domain::content::Content;
use kernel::{ContentId, SkuId, Tenant};

impl Reader {
    /// A version by its id.
    pub async fn content(&self, tenant: Tenant, id: ContentId) -> Result<Option<Content>, Error> {
        self.by_id(&super::sql::READ_CONTENT, tenant, &id.0, content).await
    }

    /// A version of a SKU's by its number.
    pub async fn content_numbered(
        &self,
        tenant: Tenant,
        sku: SkuId,
        number: u32,
    ) -> Result<Option<Content>, Error> {
        let (tenant, sku) = (Value::bytes(tenant.bytes()), Value::bytes(&sku.0));
        let key = [tenant, sku, Value::Int(i64::from(number))];
        self.one(&super::sql::READ_CONTENT_NUMBERED, &key, content).await
    }

    /// The newest version of a SKU's.
    pub async fn newest_content(
        &self,
        tenant: Tenant,
        sku: SkuId,
    ) -> Result<Option<Content>, Error> {
        self.by_id(&super::sql::READ_CONTENT_NEWEST, tenant, &sku.0, content).await
    }

    /// Versions of a SKU's before a number, the newest ones first, without their texts.
    pub async fn contents_before(
        &self,
        tenant: Tenant,
        sku: SkuId,
        number: i64,
        limit: u32,
    ) -> Result<Vec<Content>, Error> {
        let (tenant, sku) = (Value::bytes(tenant.bytes()), Value::bytes(&sku.0));
        let key = [tenant, sku, Value::Int(number), Value::Int(i64::from(limit))];
        self.many(&super::sql::READ_CONTENTS_BEFORE, &key, version).await
    }
}
