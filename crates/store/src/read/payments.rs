//! Payments, refunds, and what the test channel has to tell.

use super::{Reader, sql};
use crate::seam::{Statement, Value};
use crate::{Error, rows};
use domain::payment::Payment;
use domain::payment::test_channel::TestNotice;
use domain::refund::Refund;
use kernel::{NoticeId, OrderId, PaymentId, RefundId, Tenant};

/// Payments or refunds of one order that are shown at most.
const OF_ORDER_MAX: i64 = 200;

impl Reader {
    /// A payment by its id.
    pub async fn payment(&self, tenant: Tenant, id: PaymentId) -> Result<Option<Payment>, Error> {
        self.by_id(&sql::PAYMENT, tenant, &id.0, rows::payment).await
    }

    /// The payments of an order, oldest first.
    pub async fn payments_of_order(
        &self,
        tenant: Tenant,
        order: OrderId,
    ) -> Result<Vec<Payment>, Error> {
        self.of_order(&sql::PAYMENTS_OF_ORDER, tenant, order, rows::payment).await
    }

    /// A refund by its id.
    pub async fn refund(&self, tenant: Tenant, id: RefundId) -> Result<Option<Refund>, Error> {
        self.by_id(&sql::REFUND, tenant, &id.0, rows::refund).await
    }

    /// The refunds of an order, oldest first.
    pub async fn refunds_of_order(
        &self,
        tenant: Tenant,
        order: OrderId,
    ) -> Result<Vec<Refund>, Error> {
        self.of_order(&sql::REFUNDS_OF_ORDER, tenant, order, rows::refund).await
    }

    /// What the test channel has to tell.
    pub async fn test_notice(
        &self,
        tenant: Tenant,
        id: NoticeId,
    ) -> Result<Option<TestNotice>, Error> {
        self.by_id(&sql::TEST_NOTICE, tenant, &id.0, rows::test_notice).await
    }

    async fn of_order<T>(
        &self,
        statement: &'static Statement,
        tenant: Tenant,
        order: OrderId,
        of: super::Of<T>,
    ) -> Result<Vec<T>, Error> {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&order.0), Value::Int(OF_ORDER_MAX)];
        self.many(statement, &key, of).await
    }
}
