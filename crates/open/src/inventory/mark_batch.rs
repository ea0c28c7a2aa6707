//! Freeze, unfreeze or void a batch.

use super::batch;
use super::views::MarkedBatch;
use domain::inventory::mark::BatchStatus;
use domain::{Reply, inventory::mark_batch::MarkBatch};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::wire::{self, ReasonText};
use kernel::{CodeBatchId, ImportId};
use serde::Deserialize;
use utoipa::ToSchema;

/// Why codes are frozen, unfrozen or voided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhyMarked {
    /// The reason; the journal keeps it.
    pub reason: ReasonText,
}

/// Who marks which batch, and why.
type Asked = (Caller, At<CodeBatchId>, Ask<WhyMarked>);

/// Keep a batch from sale. From the answer on none of its codes is sold; a job freezes the codes themselves.
///
/// Codes that belong to orders are not touched. Orders that wait for money get codes of other batches, or their
/// money back.
#[utoipa::path(
    post, path = "/v1/code-batches/{id}/freeze", tag = "codes",
    params(("id" = inline(wire::CodeBatchId), Path)),
    request_body = WhyMarked, responses((status = 200, body = MarkedBatch))
)]
pub async fn freeze_batch(asked: Asked) -> Answered<MarkedBatch> {
    mark(asked, BatchStatus::Frozen).await
}

/// Let a frozen batch be sold again: a job unfreezes its codes, also those that were frozen one by one.
#[utoipa::path(
    post, path = "/v1/code-batches/{id}/unfreeze", tag = "codes",
    params(("id" = inline(wire::CodeBatchId), Path)),
    request_body = WhyMarked, responses((status = 200, body = MarkedBatch))
)]
pub async fn unfreeze_batch(asked: Asked) -> Answered<MarkedBatch> {
    mark(asked, BatchStatus::Open).await
}

/// Make the unsold codes of a batch worthless for good. From the answer on none of its codes is sold.
#[utoipa::path(
    post, path = "/v1/code-batches/{id}/void", tag = "codes",
    params(("id" = inline(wire::CodeBatchId), Path)),
    request_body = WhyMarked, responses((status = 200, body = MarkedBatch))
)]
pub async fn void_batch(asked: Asked) -> Answered<MarkedBatch> {
    mark(asked, BatchStatus::Voided).await
}

/// What the three routes do: each says what the batch shall be.
async fn mark((caller, At(id), ask): Asked, mark: BatchStatus) -> Answered<MarkedBatch> {
    let import = batch(&caller, id).await?.id;
    let command = MarkBatch { import, mark, reason: ask.body.reason.0 };
    match caller.submit(ask.once, command).await? {
        Reply::New(import) => Ok(Answer::ok(MarkedBatch::of(&import))),
        Reply::Replayed(before) => {
            let import = super::stored(&caller, ImportId(before.subject)).await?;
            Ok(Answer::ok(MarkedBatch::of(&import)).replayed(true))
        }
    }
}
