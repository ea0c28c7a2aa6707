//! What a process does, in the text format of Prometheus, on a listener of its own.
//!
//! Buyers and merchants never reach it: it is no route of the API, and the operator decides where it
//! listens. Everything is counted in atomics; what costs a query is asked when somebody scrapes.
//! The number of series is bounded by the table of routes, the statuses and the codes.

mod text;
pub mod traffic;

use crate::app::App;
use crate::problem::ErrorCode;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::work::WorkKind;
use engine::Throttle;
use text::{Kind, Text};
use traffic::Traffic;

const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Answers `GET /metrics`, and nothing else.
pub fn metrics_router(app: App) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(app)
}

/// What the database tells is left out while it does not answer; that is when the rest is wanted most.
async fn metrics(State(app): State<App>) -> Response {
    let mut text = Text::default();
    of_engine(&app, &mut text);
    of_traffic(app.traffic(), &mut text);
    if let Err(error) = of_database(&app, &mut text).await
        && let Some(hushed) = LINES.admit()
    {
        tracing::warn!(error = %error, hushed, "the metrics of the database could not be read");
    }
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], text.finish()).into_response()
}

static LINES: Throttle = Throttle::new(1);

fn of_engine(app: &App, text: &mut Text) {
    let (engine, stats) = (app.engine(), app.engine().stats());
    text.family("tessera_build_info", Kind::Gauge, "The version of the program; always 1.");
    text.sample(&[("version", env!("CARGO_PKG_VERSION"))], 1);
    text.family("tessera_ready", Kind::Gauge, "Whether commits work; as /readyz says.");
    text.sample(&[], u64::from(engine.health().ready().is_well()));
    text.family("tessera_batches_total", Kind::Counter, "Batches that were committed.");
    text.sample(&[], stats.batches());
    text.family("tessera_commands_total", Kind::Counter, "Commands in committed batches.");
    text.sample(&[], stats.commands());
    let help = "Batches that ran again because another writer was in the way.";
    text.family("tessera_batch_reruns_total", Kind::Counter, help);
    text.sample(&[], stats.reruns());
    text.family("tessera_batch_commands", Kind::Histogram, "Commands of a committed batch.");
    text.histogram(&[], &stats.batch_commands(), 1);
    let help = "Time from taking a batch to the last of its answers.";
    text.family("tessera_batch_seconds", Kind::Histogram, help);
    text.histogram(&[], &stats.batch_micros(), 1_000_000);
    let help = "Commands that wait in the interactive lane.";
    text.family("tessera_queue_commands", Kind::Gauge, help);
    text.sample(&[], engine.waiting() as u64);
    let help = "Codes that were found damaged: set aside, or delivered before and not to be shown.";
    text.family("tessera_codes_damaged_total", Kind::Counter, help);
    text.sample(&[], stats.damaged_codes());
    let help = "Data keys that codes lie under and that this process does not have.";
    text.family("tessera_keys_missing", Kind::Gauge, help);
    text.sample(&[], engine.missing_keys().len() as u64);
    let help = "Data keys that seal or sealed; two or more while everything is sealed again.";
    text.family("tessera_seal_keys", Kind::Gauge, help);
    text.sample(&[], engine.vault().seal_keys().len() as u64);
}

fn of_traffic(traffic: &Traffic, text: &mut Text) {
    let routes = || traffic.routes().filter(|route| route.answered() > 0);
    text.family("tessera_http_requests_total", Kind::Counter, "Requests by route and status.");
    for route in routes() {
        for (status, count) in route.statuses() {
            let labels = [("method", route.method), ("route", &route.path), ("status", &status)];
            text.sample(&labels, count);
        }
    }
    let help = "Time from the head of a request to the head of its answer.";
    text.family("tessera_http_request_seconds", Kind::Histogram, help);
    for route in routes() {
        let labels = [("method", route.method), ("route", &route.path)];
        text.histogram(&labels, &route.micros(), 1_000_000);
    }
    text.family("tessera_refusals_total", Kind::Counter, "Errors that were answered, by code.");
    for code in ErrorCode::ALL {
        text.sample(&[("code", code.name())], traffic.refusals(code));
    }
}

async fn of_database(app: &App, text: &mut Text) -> Result<(), store::Error> {
    let (reader, now) = (app.engine().reader(), app.engine().now());
    let (bytes, backlog) = (reader.size_bytes().await?, reader.backlog(now).await?);
    text.family("tessera_database_bytes", Kind::Gauge, "Bytes of tables and indexes.");
    text.sample(&[], bytes.unsigned_abs());
    let of = |kind| backlog.iter().find(|one| one.kind == kind);
    text.family("tessera_work_due", Kind::Gauge, "Pieces of work that are due, by kind.");
    for kind in WorkKind::ALL {
        let pieces = of(kind).map_or(0, |one| one.pieces.unsigned_abs());
        text.sample(&[("kind", kind.name())], pieces);
    }
    let help = "How long the oldest piece of work has been due.";
    text.family("tessera_work_due_seconds", Kind::Gauge, help);
    for kind in WorkKind::ALL {
        let age = of(kind).map_or(0, |one| (now.0 - one.since.0).max(0).unsigned_abs());
        text.sample(&[("kind", kind.name())], age / 1_000_000);
    }
    Ok(())
}
