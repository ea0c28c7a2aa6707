//! What `cargo run -p xtask` does, as a library so that tests run the very same checks.

use std::path::PathBuf;

pub mod faults;
pub mod tidy;

/// The root of the repository, wherever it was cloned to.
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
