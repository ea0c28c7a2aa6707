//! `bench orders --two-step`: place an order, begin to pay it through the test channel, have the channel pay.
//!
//! The channel's notice is signed, checked and decided before its answer comes, so when the third request is
//! answered the order is paid and delivered, which the answer must say.

use super::asker::Asker;
use super::connection::{Answer, Link};
use super::load::MakeRequest;
use super::tally::Class;
use anyhow::{Context, Result};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Method, Request, Uri};
use serde::Deserialize;

/// Makes the three requests.
pub struct TwoStep {
    /// The order without `pay`.
    pub place: MakeRequest,
    /// Makes the other two.
    pub asker: Asker,
}

#[derive(Deserialize)]
struct Made {
    id: String,
    state: String,
}

impl TwoStep {
    /// Runs the three requests one after the other and stops at the first that is not answered well.
    pub async fn run(&self, link: &mut Link, connection: usize, n: u64) -> Result<Answer> {
        let placed = link.read((self.place)(connection, n)).await?;
        let Some(order) = made(&placed, "pending_payment")? else { return Ok(placed) };
        let payments = format!("/v1/orders/{}/payments", order.id);
        let started = link.read(self.post(&payments, r#"{"method":"test"}"#)?).await?;
        let Some(payment) = made(&started, "pending")? else { return Ok(started) };
        let channel = format!("/test-channel/payments/{}", payment.id);
        let paid = link.read(self.post(&channel, r#"{"action":"pay"}"#)?).await?;
        made(&paid, "succeeded")?;
        Ok(paid)
    }

    fn post(&self, path: &str, body: &str) -> Result<Request<Full<Bytes>>> {
        let uri = Uri::try_from(path).context("an id that is no path")?;
        Ok(self.asker.json(Method::POST, uri, body.to_owned()))
    }
}

/// What a good answer made, which must be in the expected state.
fn made(answer: &Answer, state: &str) -> Result<Option<Made>> {
    if answer.class != Class::Ok {
        return Ok(None);
    }
    let made: Made = serde_json::from_slice(&answer.body).context("an answer with id and state")?;
    anyhow::ensure!(made.state == state, "{} is {} instead of {state}", made.id, made.state);
    Ok(Some(made))
}
