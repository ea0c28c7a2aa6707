//! Read a batch.

use super::views::CodeBatch;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::At;
use crate::problem::Problem;
use crate::wire;
use kernel::CodeBatchId;

/// Read a batch of codes that came together.
#[utoipa::path(
    get, path = "/v1/code-batches/{id}", tag = "codes",
    params(("id" = inline(wire::CodeBatchId), Path)),
    responses((status = 200, body = CodeBatch))
)]
pub async fn get_batch(caller: Caller, At(id): At<CodeBatchId>) -> Answered<CodeBatch> {
    let found = caller.reader().import_by_batch(caller.tenant(), id).await?;
    Ok(Answer::ok(CodeBatch::of(&found.ok_or_else(|| Problem::not_found("batch"))?)))
}
