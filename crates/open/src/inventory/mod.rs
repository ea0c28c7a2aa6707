//! Code files: their upload, the job that reads them, its error report, and the batch they form. Batches and codes
//! are frozen, unfrozen and voided here.

pub mod decide_import;
pub mod export_codes;
pub mod find;
mod findings;
pub mod get_batch;
pub mod get_import;
pub mod import_errors;
pub mod import_rows;
pub mod list_expiries;
pub mod list_imports;
pub mod list_stock;
pub mod mark_batch;
pub mod mark_code;
mod pace;
pub mod relocate_batch;
mod settings;
pub mod start_import;
mod table;
mod upload;
mod views;

use domain::inventory::Import;
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::{CodeBatchId, ImportId};

/// A stored import.
async fn stored(caller: &Caller, id: ImportId) -> Result<Import, Problem> {
    let found = caller.reader().import(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("code import"))
}

/// A stored import by the batch it brought.
async fn batch(caller: &Caller, id: CodeBatchId) -> Result<Import, Problem> {
    let found = caller.reader().import_by_batch(caller.tenant(), id).await?;
    found.ok_or_else(|| Problem::not_found("batch"))
}
