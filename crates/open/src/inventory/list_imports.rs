//! List imports.

use super::views::CodeImport;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Query;
use edge::pagination::{List, Page};
use kernel::ImportId;

/// List the jobs that read code files, newest first. What was found in each file is told by the job itself.
#[utoipa::path(
    get, path = "/v1/code-imports", tag = "codes",
    params(List), responses((status = 200, body = Page<CodeImport>))
)]
pub async fn list_imports(caller: Caller, Query(list): Query<List>) -> Answered<Page<CodeImport>> {
    let rows = caller.reader().imports(caller.tenant(), list.page(ImportId)).await?;
    Ok(Answer::ok(list.show(rows, |row| row.id.0, |row| Ok(CodeImport::of(row, None)))?))
}
