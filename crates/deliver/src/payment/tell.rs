//! The test channel acts and tells: it signs a notice as a provider would, and brings it to the same door.
//! What its book holds is told until it was taken in.

use super::{ReceiveError, receive};
use connect::{Notice, Said, test_channel};
use domain::payment::Payment;
use domain::payment::test_channel::{Due, PayLater, TestAction, TestNotice};
use engine::{Engine, EngineError};
use kernel::{Id16, Money, NoticeId, Tenant};

/// Tells a notice out of the test channel's book once. One that is not there was never made.
pub(crate) async fn tell(
    engine: &Engine,
    tenant: Tenant,
    id: NoticeId,
) -> Result<(), ReceiveError> {
    let found = engine.reader().test_notice(tenant, id).await;
    let found = found.map_err(EngineError::from)?;
    let Some(notice) = found else { return Ok(()) };
    bring(engine, notice).await?;
    Ok(())
}

/// Makes the test channel do something with what is due and tell it at once; gives the payment as it stands then.
/// The numbers of its transactions count up from `number`, so the same number again changes nothing.
pub async fn act(
    engine: &Engine,
    due: Due,
    action: TestAction,
    number: Id16,
) -> Result<Payment, ReceiveError> {
    let amount = action.amount(&due).map_err(EngineError::Refused)?;
    let tell = async |i: u128| {
        let id = NoticeId(u128::from_be_bytes(number).wrapping_add(i).to_be_bytes());
        bring(engine, TestNotice::of(&due, id, amount, engine.now())).await
    };
    let mut payment = tell(0).await?;
    for i in 1..action.times() {
        payment = tell(i).await?;
    }
    action.check_done(&payment).map_err(EngineError::Refused)?;
    Ok(payment)
}

/// Makes the test channel pay some seconds later; at once when that is none, which gives the payment as it stands
/// then.
pub async fn act_later(
    engine: &Engine,
    due: Due,
    seconds: u32,
) -> Result<Option<Payment>, ReceiveError> {
    let later = PayLater { payment: due.payment, seconds };
    let notice = engine.run(engine.internal(due.tenant), later).await?;
    if seconds > 0 {
        return Ok(None);
    }
    bring(engine, *notice).await.map(Some)
}

/// Signs a notice as the channel would and takes it in as ours.
async fn bring(engine: &Engine, notice: TestNotice) -> Result<Payment, ReceiveError> {
    let tenant = notice.tenant;
    let secret = engine.vault().test_channel_secret(tenant);
    let (body, header) = test_channel::write(&words(notice), &secret[..], engine.now());
    receive(engine, tenant, Some(&header), &body).await
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
