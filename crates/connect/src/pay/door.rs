//! The door: one way to ask any channel.

use super::answer::{Asked, Closure, Offered, Outcome, RefundSeen, Standing};
use super::ask::{Intent, Question, RefundIntent, RefundQuestion};
use super::exchange::Exchange;
use super::notice::{self, Notice, Refused};
use super::wire::headers::HeaderMap;
use super::wire::http::{Http, Reply, Request};
use super::{Account, BadGateway, Gateways, Why};
use kernel::Timestamp;
use std::fmt;
use std::sync::Arc;

/// Sixteen random bytes.
pub type Nonce = [u8; 16];

/// Where every channel is asked. It waits for one answer at a time; how many may ask at once is the caller's to say,
/// so that a channel that hangs holds up nobody else. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    http: Http,
    gateways: Arc<Gateways>,
    nonces: Arc<dyn Fn() -> Nonce + Send + Sync>,
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").field("gateways", &self.gateways).finish_non_exhaustive()
    }
}

impl Door {
    /// A door to these gateways. Nonces must never come twice.
    pub fn new(
        http: Http,
        gateways: Gateways,
        nonces: impl Fn() -> Nonce + Send + Sync + 'static,
    ) -> Result<Self, BadGateway> {
        gateways.check()?;
        Ok(Self { http, gateways: Arc::new(gateways), nonces: Arc::new(nonces) })
    }

    /// Asks for a way to pay. Asked again with the same intent, the channel makes no second payment.
    pub async fn offer(
        &self,
        account: &Account,
        intent: &Intent,
        now: Timestamp,
    ) -> Asked<Offered> {
        let mut line = self.line(now);
        let outcome = match account {
            Account::Wechat(account) => line.wechat(account).offer(intent).await,
            Account::Alipay(account) => line.alipay(account).offer(intent).await,
            Account::Stripe(account) => line.stripe(account).offer(intent).await,
        };
        line.end(outcome)
    }

    /// Asks where a payment stands. Never `Failed`: a question that is refused says nothing of the payment.
    pub async fn query(
        &self,
        account: &Account,
        question: &Question,
        now: Timestamp,
    ) -> Asked<Standing> {
        let mut line = self.line(now);
        let outcome = match account {
            Account::Wechat(account) => line.wechat(account).query(question).await,
            Account::Alipay(account) => line.alipay(account).query(question).await,
            Account::Stripe(account) => line.stripe(account).query(question).await,
        };
        line.end(never_failed(outcome))
    }

    /// Closes a payment, so that nobody pays it any more. Never `Failed`.
    pub async fn close(
        &self,
        account: &Account,
        question: &Question,
        now: Timestamp,
    ) -> Asked<Closure> {
        let mut line = self.line(now);
        let outcome = match account {
            Account::Wechat(account) => line.wechat(account).close(question).await,
            Account::Alipay(account) => line.alipay(account).close(question).await,
            Account::Stripe(account) => line.stripe(account).close(question).await,
        };
        line.end(never_failed(outcome))
    }

    /// Sends money back. `Failed` means: not sent, and not by repeating this number. `Unknown`: repeat or ask.
    pub async fn refund(
        &self,
        account: &Account,
        intent: &RefundIntent,
        now: Timestamp,
    ) -> Asked<RefundSeen> {
        let mut line = self.line(now);
        let outcome = match account {
            Account::Wechat(account) => line.wechat(account).refund(intent).await,
            Account::Alipay(account) => line.alipay(account).refund(intent).await,
            Account::Stripe(account) => line.stripe(account).refund(intent).await,
        };
        line.end(outcome)
    }

    /// Asks where a refund stands. Never `Failed`; a refund that failed is a standing.
    pub async fn refund_query(
        &self,
        account: &Account,
        question: &RefundQuestion,
        now: Timestamp,
    ) -> Asked<RefundSeen> {
        let mut line = self.line(now);
        let outcome = match account {
            Account::Wechat(account) => line.wechat(account).refund_query(question).await,
            Account::Alipay(account) => line.alipay(account).refund_query(question).await,
            Account::Stripe(account) => line.stripe(account).refund_query(question).await,
        };
        line.end(never_failed(outcome))
    }

    /// Tries credentials: signs a harmless question and checks the answer. `Failed` says what is wrong with them.
    pub async fn check(&self, account: &Account, now: Timestamp) -> Asked<()> {
        let mut line = self.line(now);
        let outcome = match account {
            Account::Wechat(account) => line.wechat(account).check().await,
            Account::Alipay(account) => line.alipay(account).check().await,
            Account::Stripe(account) => line.stripe(account).check().await,
        };
        line.end(outcome)
    }

    /// Fetches what verifies a channel's signatures anew: WeChat Pay's certificates in certificate mode, nothing else.
    pub async fn refresh(&self, account: &Account, now: Timestamp) -> Asked<()> {
        let mut line = self.line(now);
        let outcome = match account {
            Account::Wechat(account) => line.wechat(account).refresh().await,
            Account::Alipay(_) | Account::Stripe(_) => Outcome::Succeeded(()),
        };
        line.end(outcome)
    }

    /// Reads a notice as [`notice::read`] does. One that names a certificate of WeChat Pay that is not known yet has the
    /// certificates fetched first, at most once a minute.
    pub async fn notice(
        &self,
        account: &Account,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> (Result<Notice, Refused>, Vec<Exchange>) {
        let first = notice::read(account, headers, body, now);
        let (Err(Refused::UnknownKey(_)), Account::Wechat(wechat)) = (&first, account) else {
            return (first, Vec::new());
        };
        if !wechat.keyring().is_some_and(|keyring| keyring.may_ask(now)) {
            return (first, Vec::new());
        }
        let fetched = self.refresh(account, now).await;
        (notice::read(account, headers, body, now), fetched.exchanges)
    }

    /// Where the channels are.
    pub fn gateways(&self) -> &Gateways {
        &self.gateways
    }

    pub(super) fn line(&self, now: Timestamp) -> Line<'_> {
        Line { door: self, now, exchanges: Vec::new() }
    }
}

fn never_failed<T>(outcome: Outcome<T>) -> Outcome<T> {
    match outcome {
        Outcome::Failed(why) => Outcome::Unknown(why),
        other => other,
    }
}

/// One question, with what was exchanged for it.
pub(super) struct Line<'a> {
    door: &'a Door,
    pub now: Timestamp,
    exchanges: Vec<Exchange>,
}

impl<'a> Line<'a> {
    /// Sends a request, and keeps it and its answer masked.
    pub async fn send(&mut self, request: &Request) -> Result<Reply, Why> {
        let reply = self.door.http.send(request).await;
        self.exchanges.push(Exchange::of(request, &reply, self.now));
        Ok(reply?)
    }

    /// Where the channels are.
    pub fn gateways(&self) -> &'a Gateways {
        &self.door.gateways
    }

    /// 32 characters that come once.
    pub fn nonce(&self) -> String {
        (self.door.nonces)().iter().map(|byte| format!("{byte:02X}")).collect()
    }

    /// The outcome, with what was exchanged.
    pub fn end<T>(self, outcome: Outcome<T>) -> Asked<T> {
        Asked { outcome, exchanges: self.exchanges }
    }
}
