//! Reads refunds.

use crate::Error;
use crate::insight::Way;
use crate::read::Reader;
use domain::refund::Refund;
use kernel::{Id16, OrderId, RefundId, Tenant};

impl Reader {
    /// A refund by its id.
    pub async fn refund(&self, tenant: Tenant, id: RefundId) -> Result<Option<Refund>, Error> {
        self.by_id(&super::sql::READ_REFUND, tenant, &id.0, super::rows::refund).await
    }

    /// A tenant's refunds by their ids, from one on.
    pub async fn refunds(
        &self,
        tenant: Tenant,
        from: (Way, Id16),
        limit: u32,
    ) -> Result<Vec<Refund>, Error> {
        let statements = [&super::sql::READ_REFUNDS_DOWN, &super::sql::READ_REFUNDS_UP];
        self.along_ids(statements, tenant, from, limit, super::rows::refund).await
    }

    /// These refunds, in no order.
    pub async fn refunds_named(&self, tenant: Tenant, ids: &[Id16]) -> Result<Vec<Refund>, Error> {
        self.named(&super::sql::READ_REFUNDS_NAMED, tenant, ids, super::rows::refund).await
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
