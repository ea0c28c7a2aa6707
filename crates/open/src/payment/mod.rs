//! Payments, the accounts at channels that they go through, and the test channel that makes them without money.

mod begin;
pub mod check_account;
pub mod confirm_transfer;
pub mod credentials;
pub mod drive_test_channel;
pub mod get_payment;
pub mod list_all_payments;
pub mod list_exchanges;
pub mod list_payments;
pub mod notify_channel;
pub mod notify_test;
pub mod start_payment;
pub mod start_recharge;
mod views;

use edge::auth::Caller;
use edge::problem::Problem;
use kernel::PaymentId;

/// A stored payment.
pub async fn stored(caller: &Caller, id: PaymentId) -> Result<domain::payment::Payment, Problem> {
    let found = caller.reader().payment(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("payment"))
}
