//! Reads payments and receipts.

use crate::Error;
use crate::insight::Way;
use crate::read::Reader;
use crate::seam::{Row, Statement, Value};
use domain::payment::channel::ChannelPayment;
use domain::payment::test_channel::TestNotice;
use domain::payment::{Payment, Receipt};
use domain::refund::RefundState;
use kernel::{Id16, NoticeId, OrderId, PaymentId, Tenant};
use std::collections::HashMap;

/// Money of an order beside its price, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// What came in and paid nothing.
    pub unapplied: i64,
    /// What goes or went back.
    pub returned: i64,
}

/// Payments or refunds of one order that are shown at most.
const OF_ORDER_MAX: i64 = 200;

impl Reader {
    /// A payment by its id.
    pub async fn payment(&self, tenant: Tenant, id: PaymentId) -> Result<Option<Payment>, Error> {
        self.by_id(&super::sql::READ_PAYMENT, tenant, &id.0, super::rows::payment).await
    }

    /// What a payment through a channel of others has beside its row.
    pub async fn channel_payment(
        &self,
        tenant: Tenant,
        id: PaymentId,
    ) -> Result<Option<ChannelPayment>, Error> {
        let of = super::rows::channel_payment;
        self.by_id(&super::sql::READ_CHANNEL_PAYMENT, tenant, &id.0, of).await
    }

    /// A payment that was begun at an account.
    pub async fn payment_at_account(
        &self,
        tenant: Tenant,
        id: PaymentId,
        account: &Id16,
    ) -> Result<Option<Payment>, Error> {
        let of = |row: &Row| Ok((super::rows::payment(row)?, row.array(11)?));
        let found = self.by_id(&super::sql::READ_PAYMENT_AT_ACCOUNT, tenant, &id.0, of).await?;
        Ok(found.filter(|(_, at): &(Payment, Id16)| at == account).map(|(payment, _)| payment))
    }

    /// The book that a payment account is in, and the account's version.
    pub async fn book_of_account(&self, id: &Id16) -> Result<Option<(Tenant, i64)>, Error> {
        let (id, of) = ([Value::bytes(id)], |row: &Row| Ok((row.tenant(0)?, row.int(1)?)));
        self.one(&super::sql::READ_BOOK_OF_ACCOUNT, &id, of).await
    }

    /// What was said to a channel about a payment and what it said, as masked JSON, oldest first; at most `limit`.
    pub async fn channel_exchanges(
        &self,
        tenant: Tenant,
        id: PaymentId,
        limit: i64,
    ) -> Result<Vec<String>, Error> {
        let params = [Value::bytes(tenant.bytes()), Value::bytes(&id.0), Value::Int(limit)];
        self.many(&super::sql::READ_CHANNEL_EXCHANGES, &params, |row| Ok(row.text(0)?.to_owned()))
            .await
    }

    /// Whether there are exchanges with ids before one.
    pub async fn has_exchanges_before(&self, id: &Id16) -> Result<bool, Error> {
        let found =
            self.one(&super::sql::READ_OLD_EXCHANGE, &[Value::bytes(id)], |_| Ok(())).await?;
        Ok(found.is_some())
    }

    /// The payments of an order, oldest first.
    pub async fn payments_of_order(
        &self,
        tenant: Tenant,
        order: OrderId,
    ) -> Result<Vec<Payment>, Error> {
        self.of_order(&super::sql::READ_PAYMENTS_OF_ORDER, tenant, order, super::rows::payment)
            .await
    }

    /// A tenant's payments by their ids, from one on.
    pub async fn payments(
        &self,
        tenant: Tenant,
        from: (Way, Id16),
        limit: u32,
    ) -> Result<Vec<Payment>, Error> {
        let statements = [&super::sql::READ_PAYMENTS_DOWN, &super::sql::READ_PAYMENTS_UP];
        self.along_ids(statements, tenant, from, limit, super::rows::payment).await
    }

    /// These payments, in no order.
    pub async fn payments_named(
        &self,
        tenant: Tenant,
        ids: &[Id16],
    ) -> Result<Vec<Payment>, Error> {
        self.named(&super::sql::READ_PAYMENTS_NAMED, tenant, ids, super::rows::payment).await
    }

    /// The money that came in for an order, oldest first.
    pub async fn receipts_of_order(
        &self,
        tenant: Tenant,
        order: OrderId,
    ) -> Result<Vec<Receipt>, Error> {
        self.of_order(&super::sql::READ_RECEIPTS_OF_ORDER, tenant, order, super::rows::receipt)
            .await
    }

    /// The money of each order that it was not paid by: what arrived beyond its price, and what went back. Orders
    /// without either are missing.
    pub async fn money_beside(
        &self,
        tenant: Tenant,
        orders: &[OrderId],
    ) -> Result<HashMap<OrderId, Beside>, Error> {
        let mut conn = self.conn().await?;
        let key = |id: &OrderId| [Value::bytes(tenant.bytes()), Value::Blob(id.0.to_vec().into())];
        let keys = || orders.iter().map(key).collect();
        let mut beside: HashMap<OrderId, Beside> = HashMap::new();
        for row in conn.fetch_rows(&super::sql::READ_UNAPPLIED_OF_ORDERS, keys()).await? {
            beside.entry(OrderId(row.array(0)?)).or_default().unapplied += row.int(1)?;
        }
        for row in conn.fetch_rows(&crate::refund::sql::READ_RETURNED_OF_ORDERS, keys()).await? {
            // What a channel refused for good stays with the merchant.
            if row.int(2)? != RefundState::Failed as i64 {
                beside.entry(OrderId(row.array(0)?)).or_default().returned += row.int(1)?;
            }
        }
        Ok(beside)
    }

    /// What the test channel has to tell.
    pub async fn test_notice(
        &self,
        tenant: Tenant,
        id: NoticeId,
    ) -> Result<Option<TestNotice>, Error> {
        self.by_id(&super::sql::READ_TEST_NOTICE, tenant, &id.0, super::rows::test_notice).await
    }

    pub(crate) async fn of_order<T>(
        &self,
        statement: &'static Statement,
        tenant: Tenant,
        order: OrderId,
        of: crate::read::Of<T>,
    ) -> Result<Vec<T>, Error> {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&order.0), Value::Int(OF_ORDER_MAX)];
        self.many(statement, &key, of).await
    }
}
