//! Take in a channel's notice: check, read, submit. Whoever brings it, this is its way.

use connect::{Notice, NoticeError, Said, test_channel};
use domain::payment::receive::{ReceiveNotice, Said as Word};
use domain::payment::{PayMethod, Payment};
use engine::{Engine, EngineError};
use kernel::Tenant;

/// Why a notice has no effect.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// It is not the channel's, or makes no sense.
    #[error(transparent)]
    Notice(#[from] NoticeError),
    /// The payment account is not there, or what is stored of it cannot be used.
    #[error("the payment account cannot be used")]
    Account,
    /// No channel can be asked here.
    #[error("no channel is set for this mode")]
    NoDoor,
    /// It was refused, or could not be kept.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// A notice of the test channel; gives the payment as it stands then.
pub async fn receive(
    engine: &Engine,
    tenant: Tenant,
    header: Option<&str>,
    body: &[u8],
) -> Result<Payment, ReceiveError> {
    let secret = engine.vault().test_channel_secret(tenant);
    let notice = test_channel::read(body, header, &secret[..], engine.now())?;
    let command = command(PayMethod::Test, notice);
    Ok(*engine.run(engine.internal(tenant), command).await?)
}

fn command(method: PayMethod, notice: Notice) -> ReceiveNotice {
    let said = match notice.said {
        Said::Paid(money) => Word::Paid(money),
        Said::Failed => Word::Failed,
        Said::Closed => Word::Closed,
    };
    ReceiveNotice {
        method,
        account: None,
        payment: notice.payment,
        order: notice.order,
        number: notice.number,
        said,
        returned: false,
        exchange: None,
    }
}
