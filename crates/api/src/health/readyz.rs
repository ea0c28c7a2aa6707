//! Can the process work?

use super::Readiness;
use crate::answer::{Answer, Answered};
use crate::auth::Door;
use crate::problem::Problem;
use axum::extract::State;
use std::time::Duration;

/// The longest wait for the database.
const PATIENCE: Duration = Duration::from_secs(1);

/// Can the process work? It can when its database answers within a second, and no data key was missed.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 200, body = Readiness)))]
pub async fn readyz(State(door): State<Door>) -> Answered<Readiness> {
    let ping = tokio::time::timeout(PATIENCE, door.app.engine().reader().ping());
    ping.await.map_err(|_| Problem::unavailable("no answer within a second"))??;
    let engine = door.app.engine();
    if !engine.missing_keys().is_empty() {
        return Err(Problem::key_missing());
    }
    let stats = engine.stats();
    Ok(Answer::ok(Readiness {
        status: "ok",
        durability: engine.durability().to_owned(),
        batches: stats.batches(),
        commands: stats.commands(),
        reruns: stats.reruns(),
    }))
}
