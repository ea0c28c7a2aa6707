//! Code files: their upload, the job that reads them, its error report, and the batch they form.

pub mod get_batch;
pub mod get_import;
pub mod import_errors;
pub mod list_imports;
mod pieces;
mod settings;
pub mod start_import;
mod upload;
mod views;

use crate::auth::Caller;
use crate::problem::Problem;
use domain::inventory::Import;
use kernel::ImportId;

/// A stored import.
async fn stored(caller: &Caller, id: ImportId) -> Result<Import, Problem> {
    let found = caller.reader().import(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("code import"))
}
