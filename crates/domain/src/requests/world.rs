//! What a batch writes of the request log.

use super::LoggedRequest;
use kernel::{Id16, Tenant};

/// Effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Requests that are kept, by book.
    pub kept: Vec<(Tenant, LoggedRequest)>,
    /// Requests before this id go.
    pub gone: Option<Id16>,
}
