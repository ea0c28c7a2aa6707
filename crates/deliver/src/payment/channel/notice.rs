//! Take in a notice of a channel: verified, bound to its account, and decided by the one rule for all channels.

use super::account::account;
use super::settings::Channels;
use crate::payment::ReceiveError;
use connect::pay::{Channel as Wire, HeaderMap, Notice, PaymentNotice, Refused, Standing};
use domain::payment::account::{Channel, PaymentAccount, PaymentAccountId};
use domain::payment::receive::{ReceiveNotice, Said};
use domain::resource::Resource;
use domain::Refusal;
use engine::{Engine, EngineError};
use kernel::Tenant;

/// What became of a notice.
#[derive(Debug)]
pub enum NoticeFate {
    /// Taken in, now or before, or nothing that concerns us: it need not be told again.
    Taken,
    /// It is not the channel's, or not for this account.
    Refused(Tenant, Refused),
    /// There is no such account of this channel.
    NoAccount,
}

/// Takes in a notice that came to an account's address.
pub async fn take(
    engine: &Engine,
    channels: &Channels,
    (channel, id): (Wire, PaymentAccountId),
    headers: &HeaderMap,
    body: &[u8],
) -> Result<NoticeFate, ReceiveError> {
    let kind = PaymentAccount::KIND.number;
    let book = engine.reader().book_of(kind, &id.id()).await.map_err(EngineError::from)?;
    let Some(tenant) = book else { return Ok(NoticeFate::NoAccount) };
    let found = account(engine, channels, tenant, id).await?;
    let Some((fields, ready)) = found else { return Ok(NoticeFate::NoAccount) };
    if ready.account.channel() != channel {
        return Ok(NoticeFate::NoAccount);
    }
    let door = channels.door(tenant).map_err(|_| ReceiveError::NoDoor)?;
    let (read, _) = door.notice(&ready.account, headers, body, engine.now()).await;
    let notice = match read {
        Ok(Notice::Payment(notice)) => notice,
        Ok(Notice::Refund(_) | Notice::Other(_)) => return Ok(NoticeFate::Taken),
        Err(refused) => return Ok(NoticeFate::Refused(tenant, refused)),
    };
    let Some(command) = command(engine, tenant, (id, fields.channel), notice).await? else {
        return Ok(NoticeFate::Taken);
    };
    match engine.run(engine.internal(tenant), command).await {
        Ok(_) => Ok(NoticeFate::Taken),
        Err(EngineError::Refused(Refusal::NotFound(_) | Refusal::Invalid { .. })) => {
            Ok(NoticeFate::Refused(tenant, Refused::OtherAccount("payment")))
        }
        Err(error) => Err(error.into()),
    }
}

/// What a notice makes of its payment; none where it changes nothing.
async fn command(
    engine: &Engine,
    tenant: Tenant,
    (account, channel): (PaymentAccountId, Channel),
    notice: PaymentNotice,
) -> Result<Option<ReceiveNotice>, ReceiveError> {
    let (number, said) = match notice.standing {
        Standing::Paid(paid) => (paid.number, Said::Paid(paid.amount)),
        Standing::Closed => (String::new(), Said::Closed),
        Standing::Failed(_) => (String::new(), Said::Failed),
        Standing::NotBegun | Standing::Open => return Ok(None),
    };
    let order = match notice.order {
        Some(order) => order,
        None => {
            let found = engine.reader().payment(tenant, notice.payment).await;
            let Some(payment) = found.map_err(EngineError::from)? else { return Ok(None) };
            payment.order
        }
    };
    let (method, account) = (channel.method(), Some(account));
    Ok(Some(ReceiveNotice { method, account, payment: notice.payment, order, number, said }))
}
