//! Read an export.

use super::views::Export;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::ExportId;

/// Read one of the caller's exports: how far it is and, once it is done, where its file is.
#[utoipa::path(
    get, path = "/v1/exports/{id}", tag = "exports",
    params(("id" = inline(wire::ExportId), Path)), responses((status = 200, body = Export))
)]
pub async fn get_export(caller: Caller, At(id): At<ExportId>) -> Answered<Export> {
    let export = super::own(&caller, id).await?;
    Ok(Answer::ok(Export::of(&caller.vault(), &export, caller.engine().now())))
}
