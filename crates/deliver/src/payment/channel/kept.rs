//! What was said to a channel, kept beside its payment.

use connect::pay::Exchange;
use domain::payment::exchange::KeepExchanges;
use engine::Engine;
use kernel::{PaymentId, Tenant};

/// An exchange as it was kept; masked.
pub type ShownExchange = Exchange;

/// Keeps exchanges beside a payment. That they are kept holds nothing up: what cannot be kept now is lost.
pub(super) async fn keep(
    engine: &Engine,
    tenant: Tenant,
    payment: PaymentId,
    exchanges: &[Exchange],
) {
    let written = exchanges.iter().filter_map(|it| serde_json::to_string(it).ok());
    let exchanges: Vec<_> = written.collect();
    if exchanges.is_empty() {
        return;
    }
    let keep = KeepExchanges { payment, exchanges };
    if let Err(error) = engine.run_bulk(engine.internal(tenant), keep).await {
        tracing::debug!(error = %error, "an exchange with a payment channel was not kept");
    }
}
