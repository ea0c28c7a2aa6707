//! Give money back through the channel it came by, and take in what the channel says.

use super::channel::{self, Channels};
use crate::work::WorkError;
use connect::test_channel;
use domain::payment::PayMethod;
use domain::refund::settle::{Answer, SettleRefund};
use engine::Engine;
use kernel::{RefundId, Tenant};

/// Asks the channel once. The same number asks for the same refund, however often it is sent.
pub(crate) async fn send_refund(
    engine: &Engine,
    channels: &Channels,
    tenant: Tenant,
    id: RefundId,
) -> Result<(), WorkError> {
    let found = engine.reader().refund(tenant, id).await?;
    let refund = found.ok_or_else(|| WorkError::Other(format!("there is no refund {id}")))?;
    let answer = match refund.method {
        PayMethod::Test => match test_channel::refund(refund.id, refund.money()) {
            connect::Answer::Succeeded => Answer::Succeeded,
            connect::Answer::Failed => Answer::Failed,
            connect::Answer::Unknown => Answer::Unknown,
        },
        // No channel does it: a person transfers it, and says so.
        PayMethod::Offline => Answer::Failed,
        PayMethod::Wallet => {
            return Err(WorkError::Other(format!("refund {id} goes to a wallet by no channel")));
        }
        _ => channel::send(engine, channels, &refund).await?,
    };
    let settle = SettleRefund { refund: id, answer };
    engine.run_bulk(engine.internal(tenant), settle).await?;
    Ok(())
}
