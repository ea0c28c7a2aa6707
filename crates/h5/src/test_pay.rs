//! The test channel's own cashier: the address of a payment opens it, its buttons make the channel act.

use super::form::{Asked, Form, Here};
use super::middleware::{Answer, Paged};
use super::visitor::Visitor;
use domain::payment::test_channel::{self, Due};
use edge::link::{cashier_path, order_path, shop_path};
use edge::problem::Problem;
use kernel::limits::TEST_PAY_AFTER_SECONDS_MAX;
use kernel::{MerchantId, Mode, PaymentId, Tenant};
use pages::page::test_pay::{TestAction, TestPayPage};
use serde::Deserialize;

/// How long after its order's end a late payment comes, in seconds.
const LATE: i64 = 2;
const MICROS: i64 = 1_000_000;

/// What was done just now.
#[derive(Debug, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub struct Pressed {
    action: String,
}

type Address = (String, String, String);

/// `GET /test-pay/{merchant}/{payment}/{token}`
pub async fn show(
    visitor: Visitor,
    Here(address): Here<Address>,
    Asked(done): Asked<Done>,
) -> Paged {
    let (tenant, id) = named(&visitor, &address)?;
    let due = stored(&visitor, tenant, id).await?;
    visitor.enter_tenant(tenant).await?;
    let vault = visitor.engine().vault();
    let done = done.done.as_deref().and_then(TestAction::parse);
    let return_path = match due.order.map(|order| order_path(&vault, tenant, order)) {
        Some(order) if done.is_some() => format!("{order}?from=cashier"),
        Some(order) => order,
        None => shop_path(tenant),
    };
    Ok(Answer::page(&TestPayPage {
        frame: visitor.frame(),
        payment: id.to_string(),
        amount: due.money(),
        action: cashier_path(&vault, tenant, id),
        done,
        return_path,
    }))
}

/// `POST /test-pay/{merchant}/{payment}/{token}`: what the channel does now is told before the answer.
pub async fn act(
    visitor: Visitor,
    Here(address): Here<Address>,
    Form(pressed): Form<Pressed>,
) -> Paged {
    let (tenant, id) = named(&visitor, &address)?;
    let due = match visitor.app().begun().take(tenant, id) {
        Some(due) => due,
        None => stored(&visitor, tenant, id).await?,
    };
    visitor.enter_tenant(tenant).await?;
    let pressed = TestAction::parse(&pressed.action);
    let pressed = pressed.ok_or_else(|| Problem::invalid("action", "press a button"))?;
    let engine = visitor.engine();
    let cashier = cashier_path(&engine.vault(), tenant, id);
    match now(pressed) {
        Some(action) => {
            deliver::payment::act(engine, due, action, engine.draw()).await?;
        }
        None => {
            let seconds = late(&visitor, &due).await?;
            deliver::payment::act_later(engine, due, seconds).await?;
        }
    }
    Ok(Answer::see_other(&format!("{cashier}?done={}", pressed.name())))
}

/// The payment that an address names. A wrong one leads nowhere, whatever is wrong with it.
fn named(visitor: &Visitor, address: &Address) -> Result<(Tenant, PaymentId), Problem> {
    let (merchant, payment, token) = address;
    let merchant = MerchantId::parse(merchant).map_err(|_| missing())?;
    let payment = PaymentId::parse(payment).map_err(|_| missing())?;
    let tenant = Tenant::new(merchant, Mode::Test);
    let given = kernel::id::decode(token).ok_or_else(missing)?;
    let token = visitor.engine().vault().link_token(tenant, &payment.0);
    if vault::link_hash(&given) != vault::link_hash(&token) {
        return Err(missing());
    }
    Ok((tenant, payment))
}

/// What is due for a payment of the test channel, by its row.
async fn stored(visitor: &Visitor, tenant: Tenant, id: PaymentId) -> Result<Due, Problem> {
    let payment = visitor.reader().payment(tenant, id).await?;
    payment.as_ref().and_then(Due::of).ok_or_else(missing)
}

fn missing() -> Problem {
    Problem::not_found("page")
}

/// What a button makes the channel do at once; none for the one that pays late.
fn now(pressed: TestAction) -> Option<test_channel::TestAction> {
    match pressed {
        TestAction::Pay => Some(test_channel::TestAction::Pay),
        TestAction::Fail => Some(test_channel::TestAction::Fail),
        TestAction::PayTwice => Some(test_channel::TestAction::PayTwice),
        TestAction::Underpay => Some(test_channel::TestAction::Underpay),
        TestAction::PayAfter => None,
    }
}

/// Seconds from now until a little after the order's end.
async fn late(visitor: &Visitor, due: &Due) -> Result<u32, Problem> {
    let order = match due.order {
        Some(order) => visitor.reader().order(due.tenant, order).await?,
        None => None,
    };
    let until = order.and_then(|view| view.order.expires_at);
    let left = until.map_or(0, |until| (until.0 - visitor.engine().now().0) / MICROS);
    let seconds = u32::try_from(left.max(0) + LATE).unwrap_or(TEST_PAY_AFTER_SECONDS_MAX);
    Ok(seconds.min(TEST_PAY_AFTER_SECONDS_MAX))
}
