//! What an order's page shows follows from its state: a choice, a wait, the goods, or how it ended.

use super::choose;
use super::opened::{Opened, fate, state_of, way_of};
use super::{content, refund, voucher};
use crate::form::{Asked, Here};
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use deliver::payment::offline_transfer;
use domain::order::Closed;
use domain::payment::{PayMethod, Payment, PaymentState};
use edge::problem::Problem;
use kernel::Mode;
use pages::page::cashier::{CashierPage, Method, Poll, Way};
use pages::page::checkout::Trouble;
use pages::page::ended::{End, EndedPage};
use pages::page::order::{Goods, OrderPage, Refundable};
use pages::page::refund::RefundState;
use pages::page::waiting::{WaitingFor, WaitingPage};
use serde::Deserialize;

/// The query of a page: where the buyer comes back from.
#[derive(Debug, Deserialize)]
pub struct From {
    from: Option<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Place {
    /// He has been at a channel's cashier and waits for its word.
    Cashier,
    /// He knows that it was refused and wants to choose again.
    Refused,
}

/// `GET /o/{token}`: reads only, so that a preview of the link reveals nothing.
pub async fn show(
    mut visitor: Visitor,
    Here(token): Here<String>,
    Asked(asked): Asked<From>,
) -> Paged {
    let opened = visitor.open(&token).await?;
    match opened.order.closed {
        Some(closed) => ended(&visitor, &opened, closed).await,
        None if opened.order.waits() => unpaid(&visitor, &opened, asked.from).await,
        None if opened.order.refunded >= opened.order.paid && opened.order.paid > 0 => {
            refund::page(&visitor, &opened).await
        }
        None => {
            let reveal_action = format!("{}/reveal", opened.path);
            let tickets = opened.lines.iter().all(|line| !line.vouchers.is_empty());
            let goods = if tickets { Goods::Tickets } else { Goods::Sealed { reveal_action } };
            Ok(Answer::page(&page_of_goods(&visitor, &opened, goods).await?))
        }
    }
}

/// The page of an order that has goods.
pub async fn page_of_goods(
    visitor: &Visitor,
    opened: &Opened,
    goods: Goods,
) -> Result<OrderPage, Problem> {
    let order = &opened.order;
    let refund = match refund::may(visitor, opened).await? {
        _ if order.paid == 0 => Refundable::Free,
        RefundState::MayNot(why) => Refundable::Not(why),
        _ => Refundable::At(format!("{}/refunds", opened.path)),
    };
    let refunds = opened.refunds(visitor).await?;
    let unit_price = opened.lines.first().map_or(0, |line| line.unit_price);
    let paid = opened.paid_by().and_then(|payment| payment.ended_at);
    Ok(OrderPage {
        frame: visitor.frame(),
        number: order.number(),
        secret: opened.secret(visitor),
        state: state_of(order.state(&opened.lines)),
        name: opened.bought.name(),
        sku_name: opened.bought.sku_name(),
        quantity: opened.lines.iter().map(|line| line.quantity).sum(),
        picture: opened.bought.picture(),
        goods,
        tickets: voucher::rows(visitor, opened).await?,
        shared: content::shared(visitor, opened).await?,
        guide: opened.bought.guide(),
        price: kernel::Money::new(unit_price, order.currency),
        total: order.total_money(),
        method: opened.method(visitor.lang()),
        placed_at: order.created_at,
        paid_at: paid.unwrap_or(order.created_at),
        answers: opened.answers(visitor).await?,
        consent: order.consent.as_ref().map(|given| (given.at, given.version.clone())),
        refund,
        money: opened.movements(visitor, &refunds).await?,
    })
}

/// The choice of how to pay, with why the last one was refused.
pub async fn cashier(
    visitor: &Visitor,
    opened: &Opened,
    trouble: Option<Trouble>,
) -> Result<CashierPage, Problem> {
    let order = &opened.order;
    let refunds = opened.refunds(visitor).await?;
    let transfer = transfer(visitor, opened).await?;
    let poll = transfer.as_ref().and_then(|_| poll(opened));
    Ok(CashierPage {
        frame: visitor.frame(),
        order_number: order.number(),
        secret: opened.secret(visitor),
        summary: opened.bought.summary(),
        amount: order.total_money(),
        expires_at: order.expires_at.unwrap_or(order.created_at),
        methods: methods(visitor, opened).await?,
        action: format!("{}/pay", opened.path),
        cancel_action: format!("{}/cancel", opened.path),
        transfer,
        poll,
        problem: trouble.map(|trouble| trouble.text(visitor.lang())),
        is_held: opened.lines.iter().all(|line| line.hold.is_some()),
        money: opened.movements(visitor, &refunds).await?,
    })
}

/// What tells that money came, unless the way that was chosen last is over: then nothing new is to be heard.
fn poll(opened: &Opened) -> Option<Poll> {
    let last = opened.last_payment().filter(|payment| payment.state.is_open());
    last.map(|_| Poll {
        path: format!("{}/state", opened.path),
        word: super::state::WAITING.to_owned(),
        next: opened.path.clone(),
    })
}

/// Where the money is transferred to, if the buyer chose that.
async fn transfer(visitor: &Visitor, opened: &Opened) -> Result<Option<String>, Problem> {
    let chosen = |it: &Payment| it.method == PayMethod::Offline && it.state.is_open();
    if !opened.payments.iter().any(chosen) {
        return Ok(None);
    }
    let setting = offline_transfer(visitor.engine(), opened.order.tenant).await?;
    Ok(setting.and_then(|setting| setting.details).map(|details| details.0))
}

/// The ways that fit the buyer's browser; in test mode the test channel comes first.
async fn methods(visitor: &Visitor, opened: &Opened) -> Result<Vec<Method>, Problem> {
    let lang = visitor.lang();
    if opened.order.total == 0 {
        return Ok(vec![Way::Free.method("wallet", lang)]);
    }
    let mut methods = match opened.order.tenant.mode() {
        Mode::Test => vec![Way::Test.method("test", lang)],
        Mode::Live => Vec::new(),
    };
    for (method, _) in choose::ways(visitor, opened).await? {
        let way = way_of(method);
        if methods.iter().all(|known| known.code != method.word()) {
            methods.push(way.method(method.word(), lang));
        }
    }
    if offline_transfer(visitor.engine(), opened.order.tenant).await?.is_some() {
        methods.push(Way::Transfer.method(PayMethod::Offline.word(), lang));
    }
    if methods.is_empty() {
        methods.push(Way::Wallet.method("wallet", lang));
    }
    Ok(methods)
}

async fn unpaid(visitor: &Visitor, opened: &Opened, from: Option<Place>) -> Paged {
    let last = opened.last_payment().map(|payment| payment.state);
    let over = opened.order.expires_at.is_some_and(|until| until <= visitor.engine().now());
    Ok(match last {
        Some(state) if state.is_open() && from == Some(Place::Cashier) => {
            Answer::page(&waiting(visitor, opened))
        }
        // The order was read just before its money came, the payment just after.
        Some(PaymentState::Succeeded) => Answer::page(&waiting(visitor, opened)),
        _ if over => Answer::page(&end(visitor, opened, End::Expired).await?),
        Some(PaymentState::Failed) if from != Some(Place::Refused) => {
            let mut page = end(visitor, opened, End::Refused).await?;
            page.next_path = format!("{}?from=refused", opened.path);
            Answer::page(&page)
        }
        _ => Answer::page(&cashier(visitor, opened, None).await?),
    })
}

fn waiting(visitor: &Visitor, opened: &Opened) -> WaitingPage {
    WaitingPage {
        frame: visitor.frame(),
        waiting_for: WaitingFor::Payment,
        order_number: opened.order.number(),
        seconds_usual: 5,
        poll_path: format!("{}/state", opened.path),
        poll_word: super::state::WAITING.to_owned(),
        again: opened.path.clone(),
    }
}

async fn ended(visitor: &Visitor, opened: &Opened, closed: Closed) -> Paged {
    let how = match closed {
        Closed::Cancelled => End::Cancelled,
        Closed::Expired => End::Expired,
        Closed::SoldOut => End::SoldOut,
    };
    Ok(Answer::page(&end(visitor, opened, how).await?))
}

async fn end(visitor: &Visitor, opened: &Opened, end: End) -> Result<EndedPage, Problem> {
    let home = opened.front.home();
    let again = opened.lines.first().map(|line| format!("{home}/p/{}", line.product));
    let refunds = opened.refunds(visitor).await?;
    Ok(EndedPage {
        frame: visitor.frame(),
        end,
        money: fate(&refunds),
        money_moves: opened.movements(visitor, &refunds).await?,
        order_number: Some(opened.order.number()),
        next_path: again.filter(|_| end != End::SoldOut).unwrap_or(home),
        alternatives: Vec::new(),
    })
}
