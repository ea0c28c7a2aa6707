//! Notices: what a channel tells the merchant unasked, until the merchant has confirmed it.

pub mod forged;
mod schedule;

pub use schedule::{Delays, deliver};

use crate::channel::Channel;
use crate::faults::Kind;
use crate::sandbox::Sandbox;
use crate::{alipay, stripe, wechat};
use jiff::Timestamp;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

/// How long a merchant may take to confirm.
pub const PATIENCE: Duration = Duration::from_secs(5);
const ATTEMPTS_KEPT: usize = 10_000;
const REPEATS: usize = 10;

/// Something that a channel tells a merchant.
#[derive(Clone)]
pub struct Notice {
    /// Who tells it.
    pub channel: Channel,
    /// The merchant's position.
    pub merchant: usize,
    /// The merchant's number of the payment.
    pub number: String,
    /// What happened, as the channel names it.
    pub event: String,
    /// Where it goes.
    pub url: String,
    /// What it says, not yet signed.
    pub content: Content,
}

/// What a notice says.
#[derive(Clone)]
pub enum Content {
    /// WeChat Pay: JSON with a sealed resource; the signature stands in headers.
    Wechat(Vec<u8>),
    /// Alipay: fields of a form, among which the signature will stand.
    Alipay(Vec<(String, String)>),
    /// Stripe: JSON, signed with an endpoint's secrets.
    Stripe(Vec<u8>, Vec<String>),
}

/// A signed notice.
#[derive(Clone)]
pub struct Letter {
    /// Headers by name.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// An attempt to give notice.
#[derive(Clone, Serialize)]
pub struct Attempt {
    /// Who told it.
    pub channel: Channel,
    /// The merchant's number of the payment.
    pub number: String,
    /// What happened.
    pub event: String,
    /// When.
    pub at: Timestamp,
    /// The status of the answer, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Whether the merchant confirmed it as the channel wants it.
    pub confirmed: bool,
}

/// Gives notices on their schedules, in the background.
pub fn send(sandbox: &Arc<Sandbox>, notices: Vec<Notice>) {
    for notice in notices {
        let fault = sandbox.fault(notice.channel);
        let held = fault.pause().filter(|_| fault.kind == Kind::OutOfOrder);
        match held {
            Some(pause) => hold(sandbox, notice, pause),
            None => start(sandbox, notice),
        }
    }
}

fn start(sandbox: &Arc<Sandbox>, notice: Notice) {
    let shared = Arc::clone(sandbox);
    sandbox.spawn(async move {
        let delays = Delays::of(notice.channel, shared.pace.notices_faster);
        deliver(delays, || attempt(&shared, &notice)).await;
    });
}

fn hold(sandbox: &Arc<Sandbox>, notice: Notice, pause: Duration) {
    sandbox.held.lock().push(notice);
    let shared = Arc::clone(sandbox);
    sandbox.spawn(async move {
        tokio::time::sleep(pause).await;
        let held = std::mem::take(&mut *shared.held.lock());
        for notice in held.into_iter().rev() {
            if !attempt(&shared, &notice).await {
                start(&shared, notice);
            }
        }
    });
}

/// One attempt; true if the merchant confirmed it.
async fn attempt(sandbox: &Sandbox, notice: &Notice) -> bool {
    let kind = sandbox.fault(notice.channel).kind;
    if matches!(kind, Kind::Silent | Kind::NoNotices) {
        return false;
    }
    let letter = sign(sandbox, notice);
    let times = if kind == Kind::Repeat { REPEATS } else { 1 };
    let mut confirmed = false;
    for _ in 0..times {
        confirmed |= post(sandbox, notice, letter.clone()).await.confirmed;
    }
    confirmed
}

fn sign(sandbox: &Sandbox, notice: &Notice) -> Letter {
    match &notice.content {
        Content::Wechat(body) => wechat::notice::letter(sandbox, notice.merchant, body.clone()),
        Content::Alipay(fields) => alipay::notice::letter(sandbox, notice.merchant, fields.clone()),
        Content::Stripe(body, secrets) => stripe::event::letter(sandbox, secrets, body.clone()),
    }
}

/// Posts a letter to where a notice goes, and remembers how it was answered.
pub async fn post(sandbox: &Sandbox, notice: &Notice, letter: Letter) -> Attempt {
    let mut request = sandbox.client.post(&notice.url).body(letter.body);
    for (name, value) in letter.headers {
        request = request.header(name, value);
    }
    let answer = match request.send().await {
        Ok(answer) => {
            let status = answer.status().as_u16();
            Some((status, answer.bytes().await.unwrap_or_default()))
        }
        Err(error) => {
            tracing::info!(url = notice.url, "a notice got no answer: {error}");
            None
        }
    };
    let attempt = Attempt {
        channel: notice.channel,
        number: notice.number.clone(),
        event: notice.event.clone(),
        at: sandbox.now(),
        status: answer.as_ref().map(|(status, _)| *status),
        confirmed: answer.is_some_and(|(status, body)| confirms(notice.channel, status, &body)),
    };
    let mut attempts = sandbox.attempts.lock();
    if attempts.len() == ATTEMPTS_KEPT {
        attempts.pop_front();
    }
    attempts.push_back(attempt.clone());
    attempt
}

/// Whether an answer is what the channel waits for.
fn confirms(channel: Channel, status: u16, body: &[u8]) -> bool {
    match channel {
        Channel::Wechat => matches!(status, 200 | 204),
        Channel::Alipay => status == 200 && body == b"success",
        Channel::Stripe => (200..300).contains(&status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_channel_waits_for_its_own_answer() {
        assert!(confirms(Channel::Wechat, 204, b""));
        assert!(!confirms(Channel::Wechat, 202, b""));
        assert!(confirms(Channel::Alipay, 200, b"success"));
        assert!(!confirms(Channel::Alipay, 200, b"success\n"));
        assert!(!confirms(Channel::Alipay, 200, b"fail"));
        assert!(confirms(Channel::Stripe, 202, b""));
        assert!(!confirms(Channel::Stripe, 301, b""));
    }
}
