//! Reads merchants, keys and buyers.

use crate::Error;
use crate::read::{Page, Reader};
use crate::seam::Value;
use domain::identity::buyer::Buyer;
use domain::identity::{ApiKey, TenantRow, operator};
use kernel::{ApiKeyId, BuyerId, Id16, MerchantId, Mode, Tenant};

impl Reader {
    /// A buyer by his pseudonym.
    pub async fn buyer(&self, tenant: Tenant, id: BuyerId) -> Result<Option<Buyer>, Error> {
        self.by_id(&super::sql::READ_BUYER, tenant, &id.0, super::rows::buyer).await
    }

    /// A buyer by the keyed hash of his tenant and external id.
    pub async fn buyer_by_tag(&self, tenant: Tenant, tag: &Id16) -> Result<Option<Buyer>, Error> {
        self.by_id(&super::sql::READ_BUYER_BY_TAG, tenant, tag, super::rows::buyer).await
    }

    /// A tenant's buyers.
    pub async fn buyers(&self, tenant: Tenant, page: Page<BuyerId>) -> Result<Vec<Buyer>, Error> {
        self.newest(&super::sql::READ_BUYERS, tenant, page.bytes(|id| id.0), super::rows::buyer)
            .await
    }
}

/// Keys of one merchant that are listed at most, newest first.
const API_KEYS_MAX: i64 = 1000;

impl Reader {
    /// A merchant in one mode.
    pub async fn tenant(&self, tenant: Tenant) -> Result<Option<TenantRow>, Error> {
        self.one(&super::sql::READ_TENANT, &[Value::bytes(tenant.bytes())], super::rows::tenant_row)
            .await
    }

    /// Every merchant but the operator, as its live row.
    pub async fn merchants(&self, page: Page<MerchantId>) -> Result<Vec<TenantRow>, Error> {
        // Live and test row of a merchant lie next to each other, so twice the rows are enough.
        let first = Tenant::new(operator().merchant(), Mode::Test);
        let before = page.after.map_or(crate::read::LAST, |id| id.0);
        let params = [
            Value::bytes(first.bytes()),
            Value::bytes(&before),
            Value::Int(2 * i64::from(page.limit)),
        ];
        let mut rows =
            self.many(&super::sql::READ_TENANTS, &params, super::rows::tenant_row).await?;
        rows.retain(|row| row.tenant.mode() == Mode::Live);
        Ok(rows)
    }

    /// The key whose secret has this hash, revoked or not.
    pub async fn api_key_by_hash(&self, hash: &[u8; 32]) -> Result<Option<ApiKey>, Error> {
        self.one(&super::sql::READ_API_KEY_BY_HASH, &[Value::bytes(hash)], super::rows::api_key)
            .await
    }

    /// A key by its id, revoked or not.
    pub async fn api_key(&self, tenant: Tenant, id: ApiKeyId) -> Result<Option<ApiKey>, Error> {
        self.by_id(&super::sql::READ_API_KEY, tenant, &id.0, super::rows::api_key).await
    }

    /// A merchant's keys in both modes, revoked or not, newest first.
    pub async fn api_keys(&self, merchant: MerchantId) -> Result<Vec<ApiKey>, Error> {
        let [live, test] = [Mode::Live, Mode::Test].map(|mode| Tenant::new(merchant, mode));
        let params =
            [Value::bytes(live.bytes()), Value::bytes(test.bytes()), Value::Int(API_KEYS_MAX)];
        self.many(&super::sql::READ_API_KEYS, &params, super::rows::api_key).await
    }
}
