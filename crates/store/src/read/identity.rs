//! Merchants and the keys that they call with.

use super::{Page, Reader, sql};
use crate::seam::Value;
use crate::{Error, rows};
use domain::identity::{ApiKey, TenantRow, operator};
use kernel::{MerchantId, Mode, Tenant};

/// Keys of one merchant that are listed at most, newest first.
const API_KEYS_MAX: i64 = 1000;

impl Reader {
    /// A merchant in one mode.
    pub async fn tenant(&self, tenant: Tenant) -> Result<Option<TenantRow>, Error> {
        self.one(&sql::TENANT, &[Value::bytes(tenant.bytes())], rows::tenant_row).await
    }

    /// Every merchant but the operator, as its live row.
    pub async fn merchants(&self, page: Page<MerchantId>) -> Result<Vec<TenantRow>, Error> {
        // Live and test row of a merchant lie next to each other, so twice the rows are enough.
        let first = Tenant::new(operator().merchant(), Mode::Test);
        let before = page.after.map_or(super::LAST, |id| id.0);
        let params = [
            Value::bytes(first.bytes()),
            Value::bytes(&before),
            Value::Int(2 * i64::from(page.limit)),
        ];
        let mut rows = self.many(&sql::TENANTS, &params, rows::tenant_row).await?;
        rows.retain(|row| row.tenant.mode() == Mode::Live);
        Ok(rows)
    }

    /// The key whose secret has this hash, revoked or not.
    pub async fn api_key_by_hash(&self, hash: &[u8; 32]) -> Result<Option<ApiKey>, Error> {
        self.one(&sql::API_KEY_BY_HASH, &[Value::bytes(hash)], rows::api_key).await
    }

    /// A merchant's keys in both modes, revoked or not, newest first.
    pub async fn api_keys(&self, merchant: MerchantId) -> Result<Vec<ApiKey>, Error> {
        let [live, test] = [Mode::Live, Mode::Test].map(|mode| Tenant::new(merchant, mode));
        let params =
            [Value::bytes(live.bytes()), Value::bytes(test.bytes()), Value::Int(API_KEYS_MAX)];
        self.many(&sql::API_KEYS, &params, rows::api_key).await
    }
}
