//! The way from an order to a payment channel: what it offered for a payment, ready for this browser.

use super::opened::{Opened, way_of};
use super::show::cashier;
use crate::form::{Asked, Here};
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use deliver::payment::channel::{
    AskedFor, OfferError, StoredOffer, offer, openid, wechat_authorize_url,
};
use domain::payment::channel::ChannelPayment;
use domain::payment::{PayMethod, Payment};
use edge::problem::Problem;
use kernel::{Mode, PaymentId, id};
use pages::page::channel_pay::{ChannelPayPage, Step};
use pages::page::checkout::Trouble;
use pages::qr::Qr;
use serde::Deserialize;

/// What WeChat brings back: who pays, as a code that is good once.
#[derive(Debug, Deserialize)]
pub struct Brought {
    code: Option<String>,
    state: Option<String>,
}

/// `GET /o/{token}/pay/{payment}`
pub async fn channel_pay(
    mut visitor: Visitor,
    Here((token, payment)): Here<(String, String)>,
    Asked(brought): Asked<Brought>,
) -> Paged {
    let opened = visitor.open(&token).await?;
    let missing = || Problem::not_found("page");
    let wanted = PaymentId::parse(&payment).map_err(|_| missing())?;
    let payment = opened.payments.iter().find(|payment| payment.id == wanted);
    let payment = payment.ok_or_else(missing)?.clone();
    let tenant = opened.order.tenant;
    let bound = visitor.reader().channel_payment(tenant, wanted).await?.ok_or_else(missing)?;
    if !payment.state.is_open() || !opened.order.waits() {
        return Ok(Answer::see_other(&opened.path));
    }
    let here = format!("{}/pay/{wanted}", opened.path);
    match step(&visitor, &opened, (&payment, &bound), &here, brought).await {
        Ok((step, sandbox)) => {
            let page =
                ChannelPayPage { sandbox_path: sandbox, ..page(&visitor, &opened, &payment, step) };
            // WeChat's page for phones refuses a visitor who comes from nowhere.
            Ok(Answer::page(&page).telling_origin())
        }
        Err(OfferError::Over) => Ok(Answer::see_other(&opened.path)),
        Err(error) => {
            let trouble = match error {
                OfferError::Refused(_) => Trouble::ChannelRefused,
                _ => Trouble::ChannelSilent,
            };
            Ok(Answer::page(&cashier(&visitor, &opened, Some(trouble)).await?))
        }
    }
}

/// What the buyer does next. Within WeChat he is asked first who he is.
async fn step(
    visitor: &Visitor,
    opened: &Opened,
    (payment, bound): (&Payment, &ChannelPayment),
    here: &str,
    brought: Brought,
) -> Result<(Step, Option<String>), OfferError> {
    let (engine, channels) = (visitor.engine(), visitor.app().channels());
    let base_url = &visitor.app().settings().base_url;
    let account = (payment.tenant, bound.account);
    let mut who = None;
    if payment.method == PayMethod::WechatJsapi && bound.offer.is_none() {
        let own = id::encode(&engine.vault().link_token(payment.tenant, &payment.id.0));
        let known = brought.state.as_deref() == Some(own.as_str());
        match brought.code.filter(|_| known) {
            Some(code) => who = Some(openid(engine, channels, account, &code).await?),
            None => {
                let back = format!("{base_url}{here}");
                let url = wechat_authorize_url(engine, channels, account, &back, &own).await?;
                return url.map(|url| (Step::Leave(url), None)).ok_or(OfferError::NoOpenid);
            }
        }
    }
    let asked_for = AskedFor {
        subject: format!("{} {}", opened.bought.name(), opened.order.number()),
        return_url: format!("{base_url}{}?from=cashier", opened.path),
        client_ip: visitor.address(),
        openid: who,
    };
    let unreadable = |what: &str| OfferError::Unknown(format!("{what} cannot be shown"));
    let offered = offer(engine, channels, payment, bound, asked_for).await?;
    let step = match &offered {
        StoredOffer::Qr(text) => {
            Qr::of(text).map(Step::Scan).ok_or_else(|| unreadable("the code"))?
        }
        StoredOffer::Redirect(url) => Step::Leave(url.clone()),
        StoredOffer::Jsapi(params) => Step::Bridge(params.to_string()),
    };
    let sandbox = match offered {
        StoredOffer::Qr(text) => sandbox_path(visitor, payment, &text),
        _ => None,
    };
    Ok((step, sandbox))
}

fn page(visitor: &Visitor, opened: &Opened, payment: &Payment, step: Step) -> ChannelPayPage {
    let order = &opened.order;
    ChannelPayPage {
        frame: visitor.frame(),
        order_number: order.number(),
        summary: opened.bought.summary(),
        amount: order.total_money(),
        expires_at: order.expires_at.unwrap_or(order.created_at),
        way: way_of(payment.method),
        step,
        poll_path: format!("{}/state", opened.path),
        poll_word: super::state::WAITING.to_owned(),
        next_path: format!("{}?from=cashier", opened.path),
        sandbox_path: None,
        bridge_script: bridge_script(visitor, opened, payment),
        choose_path: opened.path.clone(),
    }
}

/// In test mode the sandbox brings WeChat's window along, for browsers that have none.
fn bridge_script(visitor: &Visitor, opened: &Opened, payment: &Payment) -> Option<String> {
    let test = opened.order.tenant.mode() == Mode::Test;
    let origin = visitor.app().channels().sandbox()?;
    let wanted = test && payment.method == PayMethod::WechatJsapi;
    wanted.then(|| format!("{origin}/bridge.js"))
}

/// In test mode, the page of the sandbox that the code stands for: nobody's phone knows it.
fn sandbox_path(visitor: &Visitor, payment: &Payment, code: &str) -> Option<String> {
    let origin = visitor.app().channels().sandbox()?;
    let test = payment.tenant.mode() == Mode::Test;
    let escaped = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    let code: String = code.bytes().map(escaped).collect();
    test.then(|| format!("{origin}/cashier?code={code}"))
}
