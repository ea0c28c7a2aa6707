//! Reads refunds.

use crate::Error;
use crate::read::Reader;
use domain::refund::Refund;
use kernel::{OrderId, RefundId, Tenant};

impl Reader {
    /// A refund by its id.
    pub async fn refund(&self, tenant: Tenant, id: RefundId) -> Result<Option<Refund>, Error> {
        self.by_id(&super::sql::READ_REFUND, tenant, &id.0, super::rows::refund).await
    }

    /// The refunds of an order, oldest first.
    pub async fn refunds_of_order(
        &self,
        tenant: Tenant,
        order: OrderId,
    ) -> Result<Vec<Refund>, Error> {
        self.of_order(&super::sql::READ_REFUNDS_OF_ORDER, tenant, order, super::rows::refund).await
    }
}
