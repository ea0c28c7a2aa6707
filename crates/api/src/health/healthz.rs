//! Does the process live?

use super::{Health, OK};
use crate::answer::Answer;

/// Does the process live?
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, body = Health)))]
pub async fn healthz() -> Answer<Health> {
    Answer::ok(OK)
}
