//! Payment intents without Stripe's page.

use super::failure::Failure;
use super::form::Form;
use super::{CHANNEL, Caller, Detail, Outcome, Stage, event, object, session};
use crate::payment::{Detail as PaymentDetail, Payment, Standing};
use crate::sandbox::Sandbox;
use crate::till::{self, Act};
use crate::{notice, random};
use std::sync::Arc;

const KNOWN: &[&str] = &[
    "amount",
    "currency",
    "confirm",
    "description",
    "payment_method",
    "payment_method_types[#]",
    "automatic_payment_methods[enabled]",
    "automatic_payment_methods[allow_redirects]",
    "return_url",
    "receipt_email",
    "metadata[*]",
];
const AMOUNT_MAX: i64 = 99_999_999;
/// The least that can be charged where Stripe documents it.
const MINIMA: [(&str, i64); 9] = [
    ("USD", 50),
    ("EUR", 50),
    ("GBP", 30),
    ("HKD", 400),
    ("JPY", 50),
    ("SGD", 50),
    ("AUD", 50),
    ("CAD", 50),
    ("CHF", 50),
];

/// The number of a new intent.
pub fn new_id() -> String {
    format!("pi_3{}", random::word(23))
}

/// A currency in the form, upper case here.
pub fn currency(form: &Form, name: &str) -> Result<String, Failure> {
    let text = form.need(name)?;
    if text.len() != 3 || !text.bytes().all(|b| b.is_ascii_alphabetic()) {
        let message = format!("Invalid currency: {text}.");
        return Err(Failure::request(&message, Some(name)));
    }
    Ok(text.to_uppercase())
}

/// Refuses amounts that Stripe can't charge.
pub fn minimum(amount: i64, currency: &str) -> Result<(), Failure> {
    let least = MINIMA.iter().find(|(of, _)| *of == currency).map_or(1, |(_, least)| *least);
    if amount < least {
        let message = "Amount must be no less than the minimum of its currency.";
        return Err(Failure::coded("amount_too_small", message, Some("amount")));
    }
    if amount > AMOUNT_MAX {
        let message = "Amount must be no more than 999,999.99.";
        return Err(Failure::coded("amount_too_large", message, Some("amount")));
    }
    Ok(())
}

/// `POST /v1/payment_intents`.
pub fn create(sandbox: &Arc<Sandbox>, caller: Caller, form: &Form) -> Outcome {
    form.allow(KNOWN)?;
    let payment = read(sandbox, caller, form)?;
    let index = {
        let mut payments = sandbox.payments.lock();
        let names = session::names(&payment);
        let index = payments.add(payment);
        names.iter().for_each(|name| payments.also_named(index, name));
        index
    };
    if form.get("confirm") == Some("true") {
        return confirm_at(sandbox, index);
    }
    Ok(object::intent(sandbox, sandbox.payments.lock().get(index), None))
}

fn read(sandbox: &Sandbox, caller: Caller, form: &Form) -> Result<Payment, Failure> {
    let amount = form.integer("amount")?.ok_or_else(|| Failure::missing("amount"))?;
    let currency = currency(form, "currency")?;
    minimum(amount, &currency)?;
    let (id, metadata) = (new_id(), form.metadata("metadata")?);
    let method = form.get("payment_method").map(method).transpose()?;
    let automatic = form.get("automatic_payment_methods[enabled]") == Some("true");
    let never = form.get("automatic_payment_methods[allow_redirects]") == Some("never");
    Ok(Payment {
        channel: CHANNEL,
        merchant: caller.merchant,
        number: metadata.first().map_or_else(|| id.clone(), |(_, value)| value.clone()),
        token: id.clone(),
        title: form.get("description").unwrap_or("PaymentIntent").to_owned(),
        amount,
        currency,
        created: sandbox.now(),
        expires: None,
        closed: None,
        seen: true,
        failures: 0,
        notify_url: None,
        return_url: form.get("return_url").map(str::to_owned),
        charges: Vec::new(),
        refunds: Vec::new(),
        detail: PaymentDetail::Stripe(Box::new(Detail {
            intent: id,
            stage: if method.is_some() { Stage::Confirmation } else { Stage::Method },
            metadata,
            description: form.get("description").map(str::to_owned),
            payment_method: method,
            may_redirect: automatic && !never,
            session: None,
        })),
    })
}

/// Stripe's ready-made methods for test keys.
fn method(name: &str) -> Result<String, Failure> {
    match name.strip_prefix("pm_card_") {
        Some(_) => Ok(name.to_owned()),
        None => Err(Failure::no_object("PaymentMethod", name, "payment_method")),
    }
}

fn find(sandbox: &Sandbox, caller: Caller, id: &str) -> Result<usize, Failure> {
    let payments = sandbox.payments.lock();
    let index = payments.by_name(id).filter(|index| {
        let payment = payments.get(*index);
        let is_known = payment.charge(id).is_some()
            || object::detail(payment).is_some_and(|d| d.session.is_none() && d.intent == id);
        payment.merchant == caller.merchant && is_known
    });
    index.ok_or_else(|| Failure::no_object("payment_intent", id, "intent"))
}

/// `GET /v1/payment_intents/{id}`.
pub fn retrieve(sandbox: &Sandbox, caller: Caller, id: &str, form: &Form) -> Outcome {
    let index = find(sandbox, caller, id)?;
    let payments = sandbox.payments.lock();
    let payment = payments.get(index);
    let place = payment.charge(id);
    let mut shown = object::intent(sandbox, payment, place.map(|place| &payment.charges[place]));
    if let Some(place) = place.filter(|_| form.expands("latest_charge")) {
        shown["latest_charge"] = object::charge(payment, place);
    }
    Ok(shown)
}

/// `POST /v1/payment_intents/{id}/confirm`: the bank is asked at once.
pub fn confirm(sandbox: &Arc<Sandbox>, caller: Caller, id: &str, form: &Form) -> Outcome {
    form.allow(&["payment_method", "return_url", "receipt_email"])?;
    let index = find(sandbox, caller, id)?;
    {
        let mut payments = sandbox.payments.lock();
        let payment = payments.get_mut(index);
        if let Some(url) = form.get("return_url") {
            payment.return_url = Some(url.to_owned());
        }
        if let (Some(given), PaymentDetail::Stripe(detail)) =
            (form.get("payment_method"), &mut payment.detail)
        {
            detail.payment_method = Some(method(given)?);
        }
    }
    confirm_at(sandbox, index)
}

fn confirm_at(sandbox: &Arc<Sandbox>, index: usize) -> Outcome {
    let payment = sandbox.payments.lock().get(index).clone();
    if payment.standing(sandbox.now()) != Standing::Open {
        let message = "You cannot confirm this PaymentIntent because it has already succeeded or was canceled.";
        let intent = object::intent(sandbox, &payment, payment.charges.first());
        return Err(Failure::unexpected_state(message, intent));
    }
    let detail = object::detail(&payment).ok_or_else(Failure::broken)?;
    if detail.may_redirect && payment.return_url.is_none() {
        let message = "A `return_url` must be given unless methods that redirect are switched off.";
        return Err(Failure::missing("return_url").saying(message));
    }
    match detail.payment_method.as_deref() {
        None => {
            let message =
                "You cannot confirm this PaymentIntent because it's missing a payment method.";
            Err(Failure::unexpected_state(message, object::intent(sandbox, &payment, None)))
        }
        Some(name) if name.ends_with("chargeDeclined") => {
            stage(sandbox, index, Stage::Method);
            let done = till::act(sandbox, index, Act::Fail);
            tracing::debug!("a card was declined: {done:?}");
            let payment = sandbox.payments.lock().get(index).clone();
            Err(Failure::declined(object::intent(sandbox, &payment, None)))
        }
        Some("pm_card_authenticationRequired") => {
            stage(sandbox, index, Stage::Action);
            Ok(object::intent(sandbox, sandbox.payments.lock().get(index), None))
        }
        Some(_) => {
            till::act(sandbox, index, Act::Pay).map_err(|_| Failure::broken())?;
            let payments = sandbox.payments.lock();
            let payment = payments.get(index);
            Ok(object::intent(sandbox, payment, payment.charges.first()))
        }
    }
}

fn stage(sandbox: &Sandbox, index: usize, stage: Stage) {
    if let PaymentDetail::Stripe(detail) = &mut sandbox.payments.lock().get_mut(index).detail {
        detail.stage = stage;
    }
}

/// `POST /v1/payment_intents/{id}/cancel`: only while nobody has paid.
pub fn cancel(sandbox: &Arc<Sandbox>, caller: Caller, id: &str, form: &Form) -> Outcome {
    form.allow(&["cancellation_reason"])?;
    let index = find(sandbox, caller, id)?;
    let payment = {
        let mut payments = sandbox.payments.lock();
        let payment = payments.get_mut(index);
        if payment.standing(sandbox.now()) != Standing::Open {
            let message = "You cannot cancel this PaymentIntent because it has already succeeded or was canceled.";
            let intent = object::intent(sandbox, payment, payment.charges.first());
            return Err(Failure::unexpected_state(message, intent));
        }
        payment.closed = Some(sandbox.now());
        payment.clone()
    };
    notice::send(sandbox, event::canceled(sandbox, &payment));
    Ok(object::intent(sandbox, &payment, None))
}
