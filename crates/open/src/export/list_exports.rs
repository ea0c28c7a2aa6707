//! List the caller's exports.

use super::views::Export;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use edge::problem::Problem;
use kernel::ExportId;

/// List the caller's own exports, newest first.
#[utoipa::path(
    get, path = "/v1/exports", tag = "exports",
    params(List), responses((status = 200, body = Page<Export>))
)]
pub async fn list_exports(caller: Caller, Query(list): Query<List>) -> Answered<Page<Export>> {
    let actor = caller.origin().actor.ok_or_else(|| Problem::internal("nobody asks"))?;
    let page = list.page(ExportId);
    let rows = caller.reader().exports_of(caller.tenant(), actor, page).await?;
    let (vault, now) = (caller.vault(), caller.engine().now());
    let shown = list.show(rows, |row| row.id.0, |row| Ok(Export::of(&vault, row, now)))?;
    Ok(Answer::ok(shown))
}
