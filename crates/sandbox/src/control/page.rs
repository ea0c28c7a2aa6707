//! The control page: faults, books, the latest payments and notices.

use crate::books::Sum;
use crate::cashier::{Reader, Words, amount, render};
use crate::channel::Channel;
use crate::faults::{Fault, Kind};
use crate::notice::Attempt;
use crate::payment::Standing;
use crate::sandbox::Sandbox;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;

const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "control.html")]
struct ControlPage {
    w: &'static Words,
    faults: Vec<(&'static str, String)>,
    sums: Vec<Sum>,
    payments: Vec<Row>,
    attempts: Vec<Attempt>,
}

struct Row {
    channel: &'static str,
    number: String,
    token: String,
    amount: String,
    state: &'static str,
}

/// `GET /control`.
pub async fn show(
    State(sandbox): State<Arc<Sandbox>>,
    Query(reader): Query<Reader>,
    headers: HeaderMap,
) -> Response {
    let w = reader.words(&headers);
    let name =
        |kind: Kind| serde_json::to_value(kind).ok().and_then(|v| Some(v.as_str()?.to_owned()));
    let faults = Channel::ALL
        .map(|channel| (w.channel(channel), name(sandbox.fault(channel).kind).unwrap_or_default()));
    let (sums, payments) = {
        let payments = sandbox.payments.lock();
        (payments.books.sums(), rows(&payments, w, sandbox.now()))
    };
    let attempts = sandbox.attempts.lock().iter().rev().take(ROWS).cloned().collect();
    render(&ControlPage { w, faults: faults.into(), sums, payments, attempts })
}

fn rows(payments: &crate::payments::Payments, w: &'static Words, now: jiff::Timestamp) -> Vec<Row> {
    let latest = payments.iter().rev().take(ROWS);
    latest
        .map(|(_, payment)| Row {
            channel: w.channel(payment.channel),
            number: payment.number.clone(),
            token: payment.token.clone(),
            amount: amount(payment.amount, &payment.currency),
            state: match payment.standing(now) {
                Standing::Open => "–",
                Standing::Paid => w.paid,
                Standing::Closed => w.closed,
            },
        })
        .collect()
}

/// The form about faults.
#[derive(Deserialize)]
pub struct FaultForm {
    channel: Channel,
    fault: Kind,
    #[serde(default)]
    lang: String,
}

/// `POST /control`.
pub async fn set(State(sandbox): State<Arc<Sandbox>>, Form(form): Form<FaultForm>) -> Response {
    let fault = Fault { kind: form.fault, ..Fault::default() };
    sandbox.faults.lock().set(Some(form.channel), fault);
    let lang = if form.lang == "en" { "en" } else { "zh" };
    Redirect::to(&format!("/control?lang={lang}")).into_response()
}
