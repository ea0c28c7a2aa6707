//! Read a batch.

use super::batch;
use super::views::CodeBatch;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire;
use kernel::CodeBatchId;

/// Read a batch of codes that came together, with what became of them.
///
/// Its codes are counted one by one: of a batch of a million that takes about half a second.
#[utoipa::path(
    get, path = "/v1/code-batches/{id}", tag = "codes",
    params(("id" = inline(wire::CodeBatchId), Path)),
    responses((status = 200, body = CodeBatch))
)]
pub async fn get_batch(caller: Caller, At(id): At<CodeBatchId>) -> Answered<CodeBatch> {
    let import = batch(&caller, id).await?;
    let states = caller.reader().batch_states(caller.tenant(), &import).await?;
    Ok(Answer::ok(CodeBatch::of(&import, &states)))
}
