//! Shared contents of a batch: what its commands wrote. The number of the newest version stands in the catalogue.

use super::Content;

/// Effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Versions that were written.
    pub new: Vec<Content>,
}
