//! Lists as files: asking for one, following it, and taking the file.
//!
//! What can be exported follows from the table of routes: every route that reads a list is one, with the columns of which the
//! OpenAPI document tells. The file's rows are read through that route as the one who asked.

pub mod cancel_export;
mod columns;
pub mod create_export;
pub mod export_file;
pub mod get_export;
pub mod list_exports;
pub mod list_lists;
mod lists;
pub mod views;

pub use columns::Schemas;
pub use lists::{Catalogue, of};

use domain::export::Export;
use edge::auth::Caller;
use edge::problem::Problem;
use kernel::ExportId;

/// An export of the caller; others have none.
async fn own(caller: &Caller, id: ExportId) -> Result<Export, Problem> {
    let found = caller.reader().export(caller.tenant(), id).await?;
    let own = found.filter(|export| Some(export.requester) == caller.origin().actor);
    own.ok_or_else(|| Problem::not_found("export"))
}
