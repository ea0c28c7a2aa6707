//! Take in a notice of a channel: verified, bound to its account, and decided by the one rule for all channels.

use super::account::account;
use super::refund::answer;
use super::settings::Channels;
use super::standing::command;
use crate::payment::ReceiveError;
use connect::pay::{Exchange, HeaderMap, Notice, PaymentNotice, RefundNotice, Refused};
use domain::Refusal;
use domain::payment::account::{Channel, PaymentAccountId};
use domain::payment::exchange::KeepExchanges;
use domain::payment::receive::ReceiveNotice;
use domain::payment::refuse::RefuseNotice;
use domain::payment::{Payment, PaymentState};
use domain::refund::settle::SettleRefund;
use engine::{Engine, EngineError};
use kernel::{PaymentId, Tenant};

/// What became of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeFate {
    /// Taken in, now or before, or nothing that concerns us: it need not be told again.
    Taken,
    /// It is not the channel's, or not for this account.
    Refused(Refused),
    /// There is no such account of this channel.
    NoAccount,
}

/// Takes in a notice that came to an account's address. What is refused changes nothing and is told as a fact.
pub async fn take(
    engine: &Engine,
    channels: &Channels,
    (channel, id): (Channel, PaymentAccountId),
    headers: &HeaderMap,
    body: &[u8],
) -> Result<NoticeFate, ReceiveError> {
    let book = engine.reader().book_of_account(&id.id()).await.map_err(EngineError::from)?;
    let Some((tenant, version)) = book else { return Ok(NoticeFate::NoAccount) };
    let found = match channels.ready(tenant, id.id(), version) {
        Some(ready) => Some(ready),
        None => account(engine, channels, tenant, id).await?,
    };
    let Some(ready) = found.filter(|ready| ready.channel == channel) else {
        return Ok(NoticeFate::NoAccount);
    };
    let door = channels.door(tenant).map_err(|_| ReceiveError::NoDoor)?;
    let (read, _) = door.notice(&ready.account, headers, body, engine.now()).await;
    let at = AtAccount { engine, tenant, account: id, channel };
    let done = match read {
        Ok(Notice::Payment(notice)) => at.payment(notice, body).await?,
        Ok(Notice::Refund(notice)) => at.refund(notice, body).await?,
        Ok(Notice::Other(_)) => Ok(()),
        Err(refused) => Err(refused),
    };
    let Err(refused) = done else { return Ok(NoticeFate::Taken) };
    if refused.is_alarming()
        && let Some(count) = channels.refused(tenant, id.id(), engine.now())
    {
        let told = RefuseNotice { account: id, reason: refused.code(), count };
        engine.run_bulk(engine.internal(tenant), told).await?;
    }
    Ok(NoticeFate::Refused(refused))
}

/// What came to an account's address.
struct AtAccount<'a> {
    engine: &'a Engine,
    tenant: Tenant,
    account: PaymentAccountId,
    channel: Channel,
}

impl AtAccount<'_> {
    /// A payment of this account; others are not its business, whoever signed it.
    async fn own(&self, id: PaymentId) -> Result<Option<Payment>, ReceiveError> {
        let (reader, account) = (self.engine.reader(), self.account.id());
        let own = reader.payment_at_account(self.tenant, id, &account).await;
        Ok(own.map_err(EngineError::from)?)
    }

    async fn payment(
        &self,
        notice: PaymentNotice,
        body: &[u8],
    ) -> Result<Result<(), Refused>, ReceiveError> {
        let Some(payment) = self.own(notice.payment).await? else {
            return Ok(Err(Refused::OtherAccount("payment")));
        };
        if notice.order.is_some_and(|order| Some(order) != payment.order()) {
            return Ok(Err(Refused::OtherAccount("order")));
        }
        let command = command(notice.standing, self.account, &payment);
        let Some(command) = command else { return Ok(Ok(())) };
        if payment.state == PaymentState::Succeeded
            && payment.channel_number.as_ref() == Some(&command.number)
        {
            return Ok(Ok(()));
        }
        let command = ReceiveNotice { exchange: self.exchange(body), ..command };
        match self.engine.run(self.engine.internal(self.tenant), command).await {
            Ok(_) => Ok(Ok(())),
            Err(EngineError::Refused(Refusal::NotFound(_) | Refusal::Invalid { .. })) => {
                Ok(Err(Refused::OtherAccount("amount")))
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn refund(
        &self,
        notice: RefundNotice,
        body: &[u8],
    ) -> Result<Result<(), Refused>, ReceiveError> {
        let reader = self.engine.reader();
        let refund = reader.refund(self.tenant, notice.refund).await.map_err(EngineError::from)?;
        let of = refund.as_ref().and_then(|refund| refund.payment);
        let own = match of {
            Some(id) => self.own(id).await?,
            None => None,
        };
        let (Some(refund), Some(payment)) = (refund, own) else {
            return Ok(Err(Refused::OtherAccount("refund")));
        };
        let other = notice.payment.is_some_and(|id| id != payment.id);
        if other || notice.seen.amount.is_some_and(|amount| amount != refund.money()) {
            return Ok(Err(Refused::OtherAccount("refund")));
        }
        let settle = SettleRefund { refund: refund.id, answer: answer(&notice.seen.standing) };
        self.engine.run(self.engine.internal(self.tenant), settle).await?;
        let exchanges = self.exchange(body).into_iter().collect();
        let keep = KeepExchanges { payment: payment.id, exchanges };
        self.engine.run_bulk(self.engine.internal(self.tenant), keep).await?;
        Ok(Ok(()))
    }

    /// The notice as it is kept.
    fn exchange(&self, body: &[u8]) -> Option<String> {
        let path = format!("/notify/{}/{}", self.channel.word(), self.account);
        let exchange = Exchange::of_notice(&path, body, "taken", self.engine.now());
        serde_json::to_string(&exchange).ok()
    }
}
