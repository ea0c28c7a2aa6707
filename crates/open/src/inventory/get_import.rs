//! Follow an import.

use super::stored;
use super::views::CodeImport;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::ImportId;

/// Follow the job that reads a code file.
#[utoipa::path(
    get, path = "/v1/code-imports/{id}", tag = "codes",
    params(("id" = inline(wire::ImportId), Path)), responses((status = 200, body = CodeImport))
)]
pub async fn get_import(caller: Caller, At(id): At<ImportId>) -> Answered<CodeImport> {
    let import = stored(&caller, id).await?;
    let plan = caller.reader().import_plan(caller.tenant(), id).await?;
    Ok(Answer::ok(CodeImport::of(&import, plan.as_ref())))
}
