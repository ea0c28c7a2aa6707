//! Addresses that open an order or a payment to whoever holds them: 128 bits that follow from the row.

use kernel::{OrderId, PaymentId, Tenant, id};
use vault::Vault;

/// The path of an order's page.
pub fn order_path(vault: &Vault, tenant: Tenant, order: OrderId) -> String {
    format!("/o/{}", id::encode(&vault.link_token(tenant, &order.0)))
}

/// The path of a payment's cashier at the test channel.
pub fn cashier_path(vault: &Vault, tenant: Tenant, payment: PaymentId) -> String {
    let token = id::encode(&vault.link_token(tenant, &payment.0));
    format!("/test-pay/{}/{payment}/{token}", tenant.merchant())
}
