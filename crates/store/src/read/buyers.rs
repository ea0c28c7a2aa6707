//! Buyers, by pseudonym and by the tag of their external id.

use super::{Page, Reader, sql};
use crate::seam::Value;
use crate::{Error, rows};
use domain::identity::buyer::Buyer;
use kernel::{BuyerId, Id16, Tenant};

impl Reader {
    /// A buyer by his pseudonym.
    pub async fn buyer(&self, tenant: Tenant, id: BuyerId) -> Result<Option<Buyer>, Error> {
        self.by_id(&sql::BUYER, tenant, &id.0, rows::buyer).await
    }

    /// A buyer by the keyed hash of his tenant and external id.
    pub async fn buyer_by_tag(&self, tag: &Id16) -> Result<Option<Buyer>, Error> {
        self.one(&sql::BUYER_BY_TAG, &[Value::bytes(tag)], rows::buyer).await
    }

    /// A tenant's buyers.
    pub async fn buyers(&self, tenant: Tenant, page: Page<BuyerId>) -> Result<Vec<Buyer>, Error> {
        self.newest(&sql::BUYERS, tenant, page.bytes(|id| id.0), rows::buyer).await
    }
}
