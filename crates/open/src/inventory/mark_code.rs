//! Find one code by what is printed on it; freeze, unfreeze or void it.

use super::batch;
use super::find::{FieldsText, Wanted, find};
use super::views::Code;
use domain::inventory::mark::BatchStatus;
use domain::inventory::mark_code::MarkCode;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::wire::{CodeId, CodeText, ReasonText, Wire};
use serde::Deserialize;
use utoipa::ToSchema;

/// Which code to find: one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeLookup {
    /// Its number, or its password where it has no number, character by character.
    pub code: Option<CodeText>,
    /// Its fields.
    pub fields: Option<FieldsText>,
    /// Its id.
    pub id: Option<CodeId>,
}

/// Which code to mark, by one of the three, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeToMark {
    /// Its number, or its password where it has no number, character by character.
    pub code: Option<CodeText>,
    /// Its fields.
    pub fields: Option<FieldsText>,
    /// Its id.
    pub id: Option<CodeId>,
    /// The reason; the journal keeps it.
    pub reason: ReasonText,
}

/// Find a code by its number, its fields or its id. A POST, so that the number is in no log of paths. The answer has no
/// secret. Several that are meant are refused with their ids; what only looks like it is `similar`.
#[utoipa::path(
    post, path = "/v1/codes/lookup", tag = "codes",
    request_body = CodeLookup, responses((status = 200, body = Code))
)]
pub async fn look_up_code(caller: Caller, ask: Ask<CodeLookup>) -> Answered<Code> {
    let CodeLookup { code, fields, id } = ask.body;
    let hit = find(&caller, Wanted { code, fields, id }).await?;
    let similar = hit.similar.into_iter().map(Wire).collect();
    Ok(Answer::ok(Code { similar, ..Code::of(&hit.code) }))
}

/// Keep a code from sale.
#[utoipa::path(
    post, path = "/v1/codes/freeze", tag = "codes",
    request_body = CodeToMark, responses((status = 200, body = Code))
)]
pub async fn freeze_code(caller: Caller, ask: Ask<CodeToMark>) -> Answered<Code> {
    mark(&caller, ask.body, BatchStatus::Frozen).await
}

/// Let a frozen code be sold again. A code of a frozen batch is unfrozen with its batch.
#[utoipa::path(
    post, path = "/v1/codes/unfreeze", tag = "codes",
    request_body = CodeToMark, responses((status = 200, body = Code))
)]
pub async fn unfreeze_code(caller: Caller, ask: Ask<CodeToMark>) -> Answered<Code> {
    mark(&caller, ask.body, BatchStatus::Open).await
}

/// Make an unsold code worthless for good. For a code that was sold, refund its order.
#[utoipa::path(
    post, path = "/v1/codes/void", tag = "codes",
    request_body = CodeToMark, responses((status = 200, body = Code))
)]
pub async fn void_code(caller: Caller, ask: Ask<CodeToMark>) -> Answered<Code> {
    mark(&caller, ask.body, BatchStatus::Voided).await
}

async fn mark(caller: &Caller, asked: CodeToMark, mark: BatchStatus) -> Answered<Code> {
    let wanted = Wanted { code: asked.code, fields: asked.fields, id: asked.id };
    let code = find(caller, wanted).await?.code;
    let import = batch(caller, code.batch).await?.id;
    let (sku, at, reason) = (code.sku, code.position(), asked.reason.0);
    let command = MarkCode { import, sku, at, mark, reason };
    let code = caller.run(command).await?;
    Ok(Answer::ok(Code::of(&code)))
}
