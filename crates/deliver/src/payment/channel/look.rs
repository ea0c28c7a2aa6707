//! Ask a channel where a payment stands, and close it when its time is over: notices get lost.

use super::account::account;
use super::kept::keep;
use super::settings::Channels;
use super::standing::command;
use crate::work::WorkError;
use connect::pay::{Account, Asked, Closure, Door, Outcome, Question, Standing};
use domain::order::close::ExpireOrder;
use domain::payment::Payment;
use domain::payment::ask::{AskAgain, STOCK_WAITS_US};
use domain::payment::channel::ChannelPayment;
use engine::Engine;
use kernel::{OrderId, PaymentId, Tenant, Timestamp};

/// Exchanges of the first questions are kept, and of later ones those that told something.
const KEPT_QUESTIONS_MAX: usize = 20;

/// Asks once, and takes in what it says. What nobody knows is asked again later.
pub(crate) async fn look(
    engine: &Engine,
    channels: &Channels,
    tenant: Tenant,
    id: PaymentId,
) -> Result<(), WorkError> {
    let again = async || engine.run_bulk(engine.internal(tenant), AskAgain { payment: id }).await;
    let payment = engine.reader().payment(tenant, id).await?;
    let bound = engine.reader().channel_payment(tenant, id).await?;
    let (Some(payment), Some(bound)) = (payment.filter(|it| it.state.is_open()), bound) else {
        again().await?;
        return Ok(());
    };
    let waits = match payment.order() {
        Some(order) => {
            let view = engine.reader().order(tenant, order).await?;
            view.is_some_and(|view| view.order.waits())
        }
        None => true,
    };
    let over = engine.now() >= bound.closes_at || !waits;
    let found = account(engine, channels, tenant, bound.account).await;
    let door = channels.door(tenant);
    let (Ok(Some(ready)), Ok(door)) = (found, door) else {
        again().await?;
        return Ok(());
    };
    let Some(_place) = ready.enter() else {
        again().await?;
        return Ok(());
    };
    let asked = ask(door, &ready.account, (&payment, &bound), over, engine.now()).await;
    let well = matches!(asked.outcome, Outcome::Succeeded(_));
    channels.answered(tenant, bound.account.id(), well, engine.now());
    let notice = match asked.outcome {
        Outcome::Succeeded(standing) => command(standing, bound.account, &payment),
        Outcome::Failed(_) | Outcome::Unknown(_) => None,
    };
    let Some(notice) = notice else {
        if again().await? <= KEPT_QUESTIONS_MAX {
            keep(engine, tenant, id, &asked.exchanges).await;
        }
        return Ok(());
    };
    keep(engine, tenant, id, &asked.exchanges).await;
    engine.run_bulk(engine.internal(tenant), notice).await?;
    if over
        && let Some(order) = payment.order()
        && !waits_for_channel(engine, tenant, order).await?
    {
        engine.run_bulk(engine.internal(tenant), ExpireOrder { order }).await?;
    }
    Ok(())
}

/// Closes a payment whose time is over, and asks where a payment stands.
async fn ask(
    door: &Door,
    account: &Account,
    (payment, bound): (&Payment, &ChannelPayment),
    over: bool,
    now: Timestamp,
) -> Asked<Standing> {
    let reference = bound.reference.clone();
    if over && now >= bound.closes_at && reference.is_none() && is_stripe(account) {
        // The session's address was never given to anybody, so nobody pays it.
        return Asked { outcome: Outcome::Succeeded(Standing::Closed), exchanges: Vec::new() };
    }
    let question = Question { payment: payment.id, reference };
    let mut exchanges = Vec::new();
    if over {
        let closed = door.close(account, &question, now).await;
        exchanges.extend(closed.exchanges);
        let gone = match closed.outcome {
            Outcome::Succeeded(Closure::Closed) => true,
            // Nobody scanned it yet: it ends by the expiry that was sent.
            Outcome::Succeeded(Closure::NotBegun) => now >= bound.closes_at,
            _ => false,
        };
        if gone {
            return Asked { outcome: Outcome::Succeeded(Standing::Closed), exchanges };
        }
    }
    let asked = door.query(account, &question, now).await;
    exchanges.extend(asked.exchanges);
    Asked { outcome: asked.outcome, exchanges }
}

fn is_stripe(account: &Account) -> bool {
    matches!(account, Account::Stripe(_))
}

/// Whether an order's stock waits for the answer of a channel: a payment is open there, and not for long over its time.
pub(crate) async fn waits_for_channel(
    engine: &Engine,
    tenant: Tenant,
    order: OrderId,
) -> Result<bool, store::Error> {
    let payments = engine.reader().payments_of_order(tenant, order).await?;
    let through = |it: &Payment| it.state.is_open() && it.method.channel().is_some();
    for payment in payments.into_iter().filter(through) {
        let bound = engine.reader().channel_payment(tenant, payment.id).await?;
        let until = bound.map(|bound| bound.closes_at.plus_micros(STOCK_WAITS_US));
        if until.is_some_and(|until| engine.now() < until) {
            return Ok(true);
        }
    }
    Ok(false)
}
