//! What anybody may ask: whether the process lives, whether it can work, and what the API is.

pub mod healthz;
pub mod openapi_json;
pub mod readyz;

use serde::Serialize;
use utoipa::ToSchema;

/// That all is well.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`; what is not well has another status.
    pub status: &'static str,
}

/// What the process works with, and how much it has done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    /// Always `ok`; what is not well has another status.
    pub status: &'static str,
    /// The durability settings in force, as the database told them.
    pub durability: String,
    /// Batches that were committed since the start.
    pub batches: u64,
    /// Commands in those batches.
    pub commands: u64,
    /// Batches that ran again because another writer was in the way.
    pub reruns: u64,
}

const OK: Health = Health { status: "ok" };
