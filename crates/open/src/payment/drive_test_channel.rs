//! Make the test channel do something with a payment.

use super::stored;
use super::views::Payment;
use domain::payment::test_channel::{Due, TestAction};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire;
use kernel::PaymentId;
use serde::Deserialize;
use utoipa::ToSchema;

/// What the test channel shall do.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestDrive {
    /// The action.
    pub action: TestWord,
    /// How much later, for `pay_after`: 0 to 86400.
    pub seconds: Option<u32>,
}

/// What the test channel can do: pay what is due, refuse, pay two times, pay one minor unit less or more,
/// pay later.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TestWord {
    /// Pay what is due.
    Pay,
    /// Refuse.
    Fail,
    /// Pay what is due two times.
    PayTwice,
    /// Pay one minor unit less.
    Underpay,
    /// Pay one minor unit more.
    Overpay,
    /// Pay what is due, later.
    PayAfter,
}

/// Make the test channel do something with a payment, in test mode. What it does now is told before the answer.
#[utoipa::path(
    post, path = "/test-channel/payments/{id}", tag = "payments",
    params(("id" = inline(wire::PaymentId), Path)),
    request_body = TestDrive, responses((status = 200, body = Payment))
)]
pub async fn drive_test_channel(
    caller: Caller,
    At(id): At<PaymentId>,
    ask: Ask<TestDrive>,
) -> Answered<Payment> {
    let due = due(&caller, id).await?;
    let engine = caller.engine();
    let acted = match action(&ask.body)? {
        Wanted::Now(action) => {
            let number = ask.once.map(|once| once.of(caller.tenant(), &caller.vault()).key);
            let number = number.unwrap_or_else(|| engine.draw());
            deliver::payment::act(engine, due, action, number).await?
        }
        Wanted::Later(seconds) => match deliver::payment::act_later(engine, due, seconds).await? {
            Some(payment) => payment,
            None => stored(&caller, id).await?,
        },
    };
    Ok(Answer::ok(Payment::of(&caller, &acted)))
}

/// What is due for a payment: the channel's first call knows it since the payment was begun, a later one reads it.
async fn due(caller: &Caller, id: PaymentId) -> Result<Due, Problem> {
    if let Some(due) = caller.begun().take(caller.tenant(), id) {
        return Ok(due);
    }
    Due::of(&stored(caller, id).await?).ok_or_else(|| Problem::not_found("payment"))
}

enum Wanted {
    Now(TestAction),
    Later(u32),
}

fn action(drive: &TestDrive) -> Result<Wanted, Problem> {
    Ok(Wanted::Now(match (drive.action, drive.seconds) {
        (TestWord::PayAfter, Some(seconds)) => return Ok(Wanted::Later(seconds)),
        (TestWord::PayAfter, None) => {
            return Err(Problem::invalid("seconds", "say how much later: 0 to 86400"));
        }
        (_, Some(_)) => return Err(Problem::invalid("seconds", "only `pay_after` has it")),
        (TestWord::Pay, None) => TestAction::Pay,
        (TestWord::Fail, None) => TestAction::Fail,
        (TestWord::PayTwice, None) => TestAction::PayTwice,
        (TestWord::Underpay, None) => TestAction::Underpay,
        (TestWord::Overpay, None) => TestAction::Overpay,
    }))
}
