//! The test channel acts and tells: it signs a notice as a provider would, and brings it to the same door.
//! What its book holds is told until it was taken in.

use super::{ReceiveError, receive};
use connect::{Notice, Said, test_channel};
use domain::payment::Payment;
use domain::payment::test_channel::{PayLater, TestAction, TestNotice};
use domain::{Command, Outcome};
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

/// Makes the test channel do something with a payment and tell it at once; gives the payment as it stands then.
/// The numbers of its transactions count up from `number`, so the same number again changes nothing.
pub async fn act(
    engine: &Engine,
    payment: Payment,
    action: TestAction,
    number: Id16,
) -> Result<Payment, ReceiveError> {
    let amounts = action.amounts(&payment).map_err(EngineError::Refused)?;
    let mut last = payment.clone();
    for (i, amount) in amounts.into_iter().enumerate() {
        let id = NoticeId((u128::from_be_bytes(number).wrapping_add(i as u128)).to_be_bytes());
        last = bring(engine, TestNotice::of(&payment, id, amount, engine.now())).await?;
    }
    Ok(last)
}

/// Makes the test channel pay some seconds later; at once when that is none.
pub async fn act_later(
    engine: &Engine,
    payment: Payment,
    seconds: u32,
) -> Result<Payment, ReceiveError> {
    let later = Command::PayLater(PayLater { payment: payment.id, seconds });
    let outcome = engine.submit(engine.internal(payment.tenant, later)).await?;
    match outcome {
        Outcome::Notice(notice) if seconds == 0 => bring(engine, *notice).await,
        _ => Ok(payment),
    }
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
