//! The test channel tells what it has to tell: it signs a notice as a provider would, and brings it to
//! the same door. It is told until it was taken in.

use super::{ReceiveError, receive};
use connect::{Notice, Said, test_channel};
use domain::payment::test_channel::TestNotice;
use engine::{Engine, EngineError};
use kernel::{Money, NoticeId, Tenant, Timestamp};

/// Tells a notice of the test channel once. One that is not there was never made.
pub(crate) async fn tell(
    engine: &Engine,
    tenant: Tenant,
    id: NoticeId,
) -> Result<(), ReceiveError> {
    let found = engine.reader().test_notice(tenant, id).await;
    let found = found.map_err(EngineError::from)?;
    let Some(notice) = found else { return Ok(()) };
    let secret = engine.vault().test_channel_secret(tenant);
    let (body, header) = test_channel::write(&words(notice), &secret[..], engine.now());
    receive(engine, tenant, Some(&header), &body).await?;
    Ok(())
}

/// Tells those notices that may be told now; work tells the others when it is time.
pub async fn tell_now(
    engine: &Engine,
    tenant: Tenant,
    notices: &[(NoticeId, Timestamp)],
) -> Result<(), ReceiveError> {
    let now = engine.now();
    for (id, _) in notices.iter().filter(|(_, from)| *from <= now) {
        tell(engine, tenant, *id).await?;
    }
    Ok(())
}

fn words(notice: TestNotice) -> Notice {
    let paid = notice.amount.map(|amount| Said::Paid(Money::new(amount, notice.currency)));
    Notice {
        payment: notice.payment,
        order: notice.order,
        number: notice.id.to_string(),
        said: paid.unwrap_or(Said::Failed),
    }
}
