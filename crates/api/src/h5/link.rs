//! Addresses that open an order or a payment to whoever holds them: 128 bits that follow from the row.

use domain::payment::Payment;
use kernel::{OrderId, Tenant, id};
use vault::Vault;

/// The path of an order's page.
pub fn order_path(vault: &Vault, tenant: Tenant, order: OrderId) -> String {
    format!("/o/{}", id::encode(&vault.link_token(tenant, &order.0)))
}

/// The path of a payment's cashier at the test channel.
pub fn cashier_path(vault: &Vault, payment: &Payment) -> String {
    let token = id::encode(&vault.link_token(payment.tenant, &payment.id.0));
    format!("/test-pay/{}/{}/{token}", payment.tenant.merchant(), payment.id)
}
