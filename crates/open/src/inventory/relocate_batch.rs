//! Move a batch to another SKU, or give it another date, while none of its codes was seen.

use super::batch;
use super::views::MarkedBatch;
use domain::Reply;
use domain::inventory::Import;
use domain::inventory::relocate::Relocate;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::idempotency::Once;
use edge::problem::Problem;
use edge::wire::{self, DateText, ReasonText, SkuId};
use kernel::{CodeBatchId, FOREVER, ImportId, Timestamp};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// Where a batch goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveBatch {
    /// Its new SKU.
    pub sku: SkuId,
    /// The reason; the journal keeps it.
    pub reason: Option<ReasonText>,
}

/// Until when a batch is good.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedateBatch {
    /// A date, which ends in the merchant's zone, or RFC 3339; null when the codes have no end.
    #[serde(deserialize_with = "stated")]
    #[schema(required)]
    pub valid_until: Option<DateText>,
    /// The reason; the journal keeps it.
    pub reason: Option<ReasonText>,
}

/// Null is said, absent is not.
fn stated<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(d)
}

/// Move a batch to another SKU while none of its codes was seen. From the answer on none of its codes is sold for the old
/// SKU; a job takes the codes over, and they are sold for the new one.
///
/// If the job finds a code that was sold meanwhile, the batch stays, and `relocation_failed` of the batch says why. Pieces
/// that waiting orders keep are waited for.
#[utoipa::path(
    post, path = "/v1/code-batches/{id}/move", tag = "codes",
    params(("id" = inline(wire::CodeBatchId), Path)),
    request_body = MoveBatch, responses((status = 200, body = MarkedBatch))
)]
pub async fn move_batch(
    caller: Caller,
    At(id): At<CodeBatchId>,
    ask: Ask<MoveBatch>,
) -> Answered<MarkedBatch> {
    let import = batch(&caller, id).await?;
    let wanted = relocate(&import, ask.body.reason);
    let wanted = Relocate { to: Some(ask.body.sku.0), ..wanted };
    send(&caller, ask.once, &import, wanted).await
}

/// Give all codes of a batch another date while none of them was seen. A job does it; until it has ended none of them is
/// sold.
#[utoipa::path(
    post, path = "/v1/code-batches/{id}/redate", tag = "codes",
    params(("id" = inline(wire::CodeBatchId), Path)),
    request_body = RedateBatch, responses((status = 200, body = MarkedBatch))
)]
pub async fn redate_batch(
    caller: Caller,
    At(id): At<CodeBatchId>,
    ask: Ask<RedateBatch>,
) -> Answered<MarkedBatch> {
    let import = batch(&caller, id).await?;
    let until = match &ask.body.valid_until {
        None => FOREVER,
        Some(text) => {
            let tenant = caller.reader().tenant(caller.tenant()).await?;
            let zone = tenant.ok_or_else(|| Problem::not_found("merchant"))?.zone;
            until(&text.0, &zone)?
        }
    };
    let wanted = relocate(&import, ask.body.reason);
    send(&caller, ask.once, &import, Relocate { until: Some(until), ..wanted }).await
}

fn relocate(import: &Import, reason: Option<ReasonText>) -> Relocate {
    let reason = reason.map(|reason| reason.0);
    Relocate { import: import.id, to: None, until: None, seen: false, reason }
}

/// The last moment that is meant, as code files mean it: any day of the year 9999 is no end.
fn until(text: &str, zone: &str) -> Result<Timestamp, Problem> {
    if text.starts_with("9999-") {
        return Ok(FOREVER);
    }
    let read = Timestamp::end_of_day(text, zone).or_else(|| Timestamp::parse(text));
    read.ok_or_else(|| {
        Problem::invalid("valid_until", "write a date like 2027-01-31, or RFC 3339, or null")
    })
}

async fn send(
    caller: &Caller,
    once: Option<Once>,
    import: &Import,
    wanted: Relocate,
) -> Answered<MarkedBatch> {
    let seen = caller.reader().is_batch_seen(caller.tenant(), import).await?;
    let command = Relocate { seen, ..wanted };
    match caller.submit(once, command).await? {
        Reply::New(import) => Ok(Answer::ok(MarkedBatch::of(&import))),
        Reply::Replayed(before) => {
            let import = super::stored(caller, ImportId(before.subject)).await?;
            Ok(Answer::ok(MarkedBatch::of(&import)).replayed(true))
        }
    }
}
