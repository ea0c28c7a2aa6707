//! Refunds, done at once.

use super::failure::Failure;
use super::form::Form;
use super::{CHANNEL, Caller, Outcome, object};
use crate::faults::Kind;
use crate::payment::{Refund, RefundState};
use crate::payments::Payments;
use crate::sandbox::Sandbox;
use crate::{random, till};
use serde_json::json;
use std::sync::Arc;

const REASONS: [&str; 3] = ["duplicate", "fraudulent", "requested_by_customer"];

/// `POST /v1/refunds`: all that is left, or a part.
pub fn create(sandbox: &Arc<Sandbox>, caller: Caller, form: &Form) -> Outcome {
    form.allow(&["payment_intent", "charge", "amount", "reason", "metadata[*]"])?;
    let reason = form.get("reason");
    if reason.is_some_and(|reason| !REASONS.contains(&reason)) {
        let message =
            "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer";
        return Err(Failure::request(message, Some("reason")));
    }
    let metadata = form.metadata("metadata")?;
    let mut payments = sandbox.payments.lock();
    let (index, charge) = find_charge(&payments, caller, form)?;
    let payment = payments.get(index);
    let left = payment.charges[charge].amount - payment.refunded(charge);
    if left == 0 {
        let message = format!(
            "Charge {} has already been refunded.",
            object::charge_id(&payment.charges[charge].id)
        );
        return Err(Failure::coded("charge_already_refunded", &message, None));
    }
    let amount = form.integer("amount")?.unwrap_or(left);
    if amount < 1 {
        let message = "Invalid positive integer";
        return Err(Failure::coded("parameter_invalid_integer", message, Some("amount")));
    }
    if amount > left {
        let message = format!(
            "Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        );
        return Err(Failure::request(&message, Some("amount")));
    }
    let id = format!("re_3{}", random::word(23));
    let place = payments.add_refund(
        index,
        Refund {
            number: metadata.first().map_or_else(|| id.clone(), |(_, value)| value.clone()),
            id,
            charge,
            amount,
            reason: reason.map(str::to_owned),
            notify_url: None,
            created: sandbox.now(),
            finished: None,
            state: RefundState::Processing,
            metadata,
        },
    );
    drop(payments);
    let state = match sandbox.fault(CHANNEL).kind {
        Kind::RefundAbnormal => RefundState::Abnormal,
        _ => RefundState::Succeeded,
    };
    till::finish_refund(sandbox, (index, place), state);
    let payments = sandbox.payments.lock();
    let payment = payments.get(index);
    Ok(object::refund(payment, &payment.refunds[place]))
}

fn find_charge(
    payments: &Payments,
    caller: Caller,
    form: &Form,
) -> Result<(usize, usize), Failure> {
    let (id, kind, param) = match (form.get("payment_intent"), form.get("charge")) {
        (Some(id), _) => (id.to_owned(), "payment_intent", "payment_intent"),
        (None, Some(id)) => (format!("pi_{}", id.trim_start_matches("ch_")), "charge", "charge"),
        (None, None) => {
            let message = "One of the following params should be provided for this request: payment_intent or charge.";
            return Err(Failure::request(message, None));
        }
    };
    let missing = || Failure::no_object(kind, &id, param);
    let index = payments.by_name(&id).filter(|index| {
        let payment = payments.get(*index);
        payment.channel == CHANNEL && payment.merchant == caller.merchant
    });
    let index = index.ok_or_else(missing)?;
    let charge = payments.get(index).charge(&id);
    let unpaid = || {
        let message =
            format!("This PaymentIntent ({id}) does not have a successful charge to refund.");
        Failure::request(&message, Some(param))
    };
    Ok((index, charge.ok_or_else(unpaid)?))
}

/// `GET /v1/refunds/{id}`.
pub fn retrieve(sandbox: &Sandbox, caller: Caller, id: &str) -> Outcome {
    let payments = sandbox.payments.lock();
    let payment = payments.by_name(id).map(|index| payments.get(index));
    let refund = payment
        .filter(|payment| payment.channel == CHANNEL && payment.merchant == caller.merchant)
        .and_then(|payment| Some((payment, payment.refunds.iter().find(|r| r.id == id)?)));
    let (payment, refund) = refund.ok_or_else(|| Failure::no_object("refund", id, "id"))?;
    Ok(object::refund(payment, refund))
}

/// `GET /v1/refunds?payment_intent=`: those of an intent, the latest first.
pub fn list(sandbox: &Sandbox, caller: Caller, form: &Form) -> Outcome {
    let payments = sandbox.payments.lock();
    let (index, charge) = find_charge(&payments, caller, form)?;
    let payment = payments.get(index);
    let of_charge = payment.refunds.iter().rev().filter(|refund| refund.charge == charge);
    let shown: Vec<_> = of_charge.map(|refund| object::refund(payment, refund)).collect();
    Ok(json!({ "object": "list", "url": "/v1/refunds", "has_more": false, "data": shown }))
}
