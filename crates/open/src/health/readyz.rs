//! Can the process work?

use super::{Readiness, answer};
use axum::extract::State;
use axum::response::Response;
use edge::extract::Query;
use edge::policy::RouteState;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReadyQuery {
    /// What it must be ready for; everything when absent.
    #[serde(rename = "for")]
    #[param(inline)]
    work: Option<Work>,
}

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Questions alone, which may be answered while nothing can be changed.
    Reads,
}

/// Can the process work? It can while its commits succeed; one that has nothing to do commits a row a second. The
/// answer comes from memory and is at most two seconds old. `why` holds codes: `database_away`, `database_locked`,
/// `commits_stalled`, `disk_full`, `disk_error`, `read_only`, `damaged`, `files_moved`, `older`, `starting`,
/// `stopping`, `reads_fail`, `key_missing`, or the part that is being started again.
#[utoipa::path(
    get, path = "/readyz", tag = "health", params(ReadyQuery),
    responses((status = 200, body = Readiness), (status = 503, body = Readiness))
)]
pub async fn readyz(State(door): State<RouteState>, Query(query): Query<ReadyQuery>) -> Response {
    let engine = door.app.engine();
    let mut verdict = match query.work {
        None => engine.health().ready(),
        Some(Work::Reads) => engine.health().reads(),
    };
    if !engine.missing_keys().is_empty() {
        verdict.why.push("key_missing");
    }
    let (stats, ready) = (engine.stats(), verdict.is_well());
    let body = Readiness {
        ready,
        why: verdict.why,
        status: if ready { "ok" } else { "unavailable" },
        durability: engine.durability().to_owned(),
        batches: stats.batches(),
        commands: stats.commands(),
        reruns: stats.reruns(),
    };
    answer(ready, body)
}
