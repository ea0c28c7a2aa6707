//! Cancel an export.

use super::views::Export;
use domain::export::cancel::CancelExport;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::wire;
use kernel::ExportId;

/// Cancel one of the caller's exports whose file is not there yet.
#[utoipa::path(
    post, path = "/v1/exports/{id}/cancel", tag = "exports",
    params(("id" = inline(wire::ExportId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = Export))
)]
pub async fn cancel_export(
    caller: Caller,
    At(id): At<ExportId>,
    _: Ask<Nothing>,
) -> Answered<Export> {
    let export = caller.run(CancelExport { export: id }).await?;
    Ok(Answer::ok(Export::of(&caller.vault(), &export, caller.engine().now())))
}
