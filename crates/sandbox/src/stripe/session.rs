//! Checkout Sessions: Stripe's own page for one payment.

use super::failure::Failure;
use super::form::Form;
use super::intent::{currency, minimum, new_id};
use super::{CHANNEL, Caller, Detail, Outcome, Session, Stage, event, object};
use crate::payment::{Detail as PaymentDetail, Payment, Standing};
use crate::sandbox::Sandbox;
use crate::{notice, random};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::Arc;

const KNOWN: &[&str] = &[
    "mode",
    "ui_mode",
    "success_url",
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "expires_at",
    "locale",
    "submit_type",
    "metadata[*]",
    "payment_method_types[#]",
    "payment_intent_data[description]",
    "payment_intent_data[metadata][*]",
    "line_items[#][quantity]",
    "line_items[#][price_data][currency]",
    "line_items[#][price_data][unit_amount]",
    "line_items[#][price_data][product_data][name]",
    "line_items[#][price_data][product_data][description]",
    "line_items[#][price_data][product_data][images][#]",
    "line_items[#][price_data][product_data][metadata][*]",
];
const LINES_MAX: usize = 100;
const EXPIRES_MIN: i64 = 30 * 60;
const EXPIRES_MAX: i64 = 24 * 60 * 60;

/// `POST /v1/checkout/sessions`.
pub fn create(sandbox: &Arc<Sandbox>, caller: Caller, form: &Form) -> Outcome {
    form.allow(KNOWN)?;
    if form.need("mode")? != "payment" {
        return Err(Failure::request("The sandbox knows only mode=payment.", Some("mode")));
    }
    let lines = lines(form)?;
    let payment = read(sandbox, caller, form, &lines)?;
    let (index, shown) = {
        let mut payments = sandbox.payments.lock();
        let names = names(&payment);
        let index = payments.add(payment);
        names.iter().for_each(|name| payments.also_named(index, name));
        (index, object::session(sandbox, payments.get(index), None))
    };
    expire_later(sandbox, index);
    Ok(shown)
}

/// What a session is found by, beside its own id: its intent, and numbers that the merchant keeps with it.
pub fn names(payment: &Payment) -> Vec<String> {
    let Some(detail) = object::detail(payment) else { return Vec::new() };
    let session = detail.session.iter().flat_map(|session| &session.metadata);
    let kept = detail.metadata.iter().chain(session).map(|(_, value)| value);
    kept.filter(|value| value.len() >= 8).chain([&detail.intent]).cloned().collect()
}

struct Line {
    name: String,
    currency: String,
    amount: i64,
}

fn lines(form: &Form) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::new();
    for place in 0..LINES_MAX {
        let at = |rest: &str| format!("line_items[{place}]{rest}");
        if form.get(&at("[price_data][currency]")).is_none() {
            break;
        }
        let unit = form.integer(&at("[price_data][unit_amount]"))?;
        let unit = unit.ok_or_else(|| Failure::missing(&at("[price_data][unit_amount]")))?;
        let quantity = form.integer(&at("[quantity]"))?;
        let quantity = quantity.ok_or_else(|| Failure::missing(&at("[quantity]")))?;
        let amount = unit.checked_mul(quantity).filter(|_| unit >= 0 && quantity > 0);
        lines.push(Line {
            name: form.need(&at("[price_data][product_data][name]"))?.to_owned(),
            currency: currency(form, &at("[price_data][currency]"))?,
            amount: amount.ok_or_else(|| Failure::request("Invalid amount.", Some(&at(""))))?,
        });
    }
    match lines.first() {
        None => Err(Failure::missing("line_items")),
        Some(first) if lines.iter().any(|line| line.currency != first.currency) => {
            Err(Failure::request("All line items have one currency.", Some("line_items")))
        }
        Some(_) => Ok(lines),
    }
}

fn read(
    sandbox: &Sandbox,
    caller: Caller,
    form: &Form,
    lines: &[Line],
) -> Result<Payment, Failure> {
    let amount: i64 = lines.iter().map(|line| line.amount).sum();
    let currency = lines[0].currency.clone();
    minimum(amount, &currency)?;
    let now = sandbox.now();
    let token = format!("cs_test_{}", random::word(58));
    let reference = form.get("client_reference_id");
    if reference.is_some_and(|reference| reference.len() > 200) {
        return Err(Failure::request(
            "Invalid string: at most 200 characters.",
            Some("client_reference_id"),
        ));
    }
    Ok(Payment {
        channel: CHANNEL,
        merchant: caller.merchant,
        number: reference.unwrap_or(&token).to_owned(),
        token,
        title: lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>().join(", "),
        amount,
        currency,
        created: now,
        expires: Some(expires(form, now)?),
        closed: None,
        seen: false,
        failures: 0,
        notify_url: None,
        return_url: None,
        charges: Vec::new(),
        refunds: Vec::new(),
        detail: PaymentDetail::Stripe(Box::new(Detail {
            intent: new_id(),
            stage: Stage::Method,
            metadata: form.metadata("payment_intent_data[metadata]")?,
            description: form.get("payment_intent_data[description]").map(str::to_owned),
            payment_method: None,
            may_redirect: false,
            session: Some(Session {
                client_reference_id: reference.map(str::to_owned),
                metadata: form.metadata("metadata")?,
                cancel_url: address(form, "cancel_url")?,
                success_url: address(form, "success_url")?
                    .ok_or_else(|| Failure::missing("success_url"))?,
                customer_email: form.get("customer_email").map(str::to_owned),
            }),
        })),
    })
}

fn address(form: &Form, name: &str) -> Result<Option<String>, Failure> {
    match form.get(name) {
        Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
            Ok(Some(url.to_owned()))
        }
        Some(_) => Err(Failure::coded("url_invalid", "Not a valid URL", Some(name))),
        None => Ok(None),
    }
}

/// A session lives for half an hour to a day.
fn expires(form: &Form, now: Timestamp) -> Result<Timestamp, Failure> {
    let seconds = match form.integer("expires_at")? {
        None => EXPIRES_MAX,
        Some(at) => at - now.as_second(),
    };
    // Requests take a moment; the documented half an hour is meant from the session's creation.
    if !(EXPIRES_MIN - 60..=EXPIRES_MAX).contains(&seconds) {
        let message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.";
        return Err(Failure::request(message, Some("expires_at")));
    }
    Ok(now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now))
}

fn expire_later(sandbox: &Arc<Sandbox>, index: usize) {
    let shared = Arc::clone(sandbox);
    let expires = sandbox.payments.lock().get(index).expires;
    let Some(expires) = expires else { return };
    let left = sandbox.now().duration_until(expires).unsigned_abs();
    sandbox.spawn(async move {
        tokio::time::sleep(left).await;
        let payment = shared.payments.lock().get(index).clone();
        if payment.closed.is_none() && payment.charges.is_empty() {
            notice::send(&shared, event::expired(&shared, &payment));
        }
    });
}

fn find(sandbox: &Sandbox, caller: Caller, id: &str) -> Result<usize, Failure> {
    let payments = sandbox.payments.lock();
    let index = payments.by_name(id).filter(|index| {
        let payment = payments.get(*index);
        payment.channel == CHANNEL && payment.merchant == caller.merchant && payment.token == id
    });
    index
        .filter(|index| object::detail(payments.get(*index)).is_some_and(|d| d.session.is_some()))
        .ok_or_else(|| Failure::no_object("checkout.session", id, "session"))
}

/// `GET /v1/checkout/sessions`: the newest ones of the account, as many as `limit` says.
pub fn list(sandbox: &Sandbox, caller: Caller, form: &Form) -> Outcome {
    form.allow(&["limit"])?;
    let limit = usize::try_from(form.integer("limit")?.unwrap_or(10)).unwrap_or(0);
    if !(1..=100).contains(&limit) {
        return Err(Failure::request("Invalid integer: limit", Some("limit")));
    }
    let payments = sandbox.payments.lock();
    let own = payments.iter().map(|(_, payment)| payment).filter(|payment| {
        let of_session = object::detail(payment).is_some_and(|detail| detail.session.is_some());
        payment.channel == CHANNEL && payment.merchant == caller.merchant && of_session
    });
    let mut all: Vec<serde_json::Value> =
        own.map(|it| object::session(sandbox, it, Some(0))).collect();
    all.reverse();
    let has_more = all.len() > limit;
    all.truncate(limit);
    Ok(
        json!({ "object": "list", "data": all, "has_more": has_more, "url": "/v1/checkout/sessions" }),
    )
}

/// `GET /v1/checkout/sessions/{id}`.
pub fn retrieve(sandbox: &Sandbox, caller: Caller, id: &str, form: &Form) -> Outcome {
    let index = find(sandbox, caller, id)?;
    let payments = sandbox.payments.lock();
    let payment = payments.get(index);
    let mut shown = object::session(sandbox, payment, Some(0));
    if let Some(charge) = payment.charges.first().filter(|_| form.expands("payment_intent")) {
        shown["payment_intent"] = object::intent(sandbox, payment, Some(charge));
    }
    Ok(shown)
}

/// `POST /v1/checkout/sessions/{id}/expire`: only while it is open.
pub fn expire(sandbox: &Arc<Sandbox>, caller: Caller, id: &str, form: &Form) -> Outcome {
    form.allow(&[])?;
    let index = find(sandbox, caller, id)?;
    let payment = {
        let mut payments = sandbox.payments.lock();
        let payment = payments.get_mut(index);
        if payment.standing(sandbox.now()) != Standing::Open {
            let message = "Only Checkout Sessions with a status in [\"open\"] can be expired.";
            return Err(Failure::request(message, None));
        }
        payment.closed = Some(sandbox.now());
        payment.clone()
    };
    notice::send(sandbox, event::expired(sandbox, &payment));
    let mut shown = object::session(sandbox, &payment, None);
    shown["status"] = json!("expired");
    Ok(shown)
}
