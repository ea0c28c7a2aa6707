//! Find one code by what is printed on it; freeze, unfreeze or void it.

use super::batch;
use super::views::Code;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::Ask;
use crate::problem::Problem;
use crate::wire::{CodeText, ReasonText};
use deliver::inventory::code_file::{CodeRow, normalise};
use domain::inventory::mark::Mark;
use domain::{Command, Outcome, inventory, inventory::mark_code::MarkCode};
use kernel::FOREVER;
use serde::Deserialize;
use utoipa::ToSchema;

/// Which code to find.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeLookup {
    /// Its number, or its password where it has no number.
    pub code: CodeText,
}

/// Which code to mark, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeToMark {
    /// Its number, or its password where it has no number.
    pub code: CodeText,
    /// Why; the journal keeps it.
    pub reason: ReasonText,
}

/// Find a code by its number. A POST, so that the number is in no log of paths. The answer has no secret.
#[utoipa::path(
    post, path = "/v1/codes/lookup", tag = "codes",
    request_body = CodeLookup, responses((status = 200, body = Code))
)]
pub async fn look_up_code(caller: Caller, ask: Ask<CodeLookup>) -> Answered<Code> {
    Ok(Answer::ok(Code::of(&find(&caller, ask.body.code).await?)))
}

/// Keep a code from sale.
#[utoipa::path(
    post, path = "/v1/codes/freeze", tag = "codes",
    request_body = CodeToMark, responses((status = 200, body = Code))
)]
pub async fn freeze_code(caller: Caller, ask: Ask<CodeToMark>) -> Answered<Code> {
    mark(&caller, ask.body, Mark::Frozen).await
}

/// Let a frozen code be sold again. A code of a frozen batch is unfrozen with its batch.
#[utoipa::path(
    post, path = "/v1/codes/unfreeze", tag = "codes",
    request_body = CodeToMark, responses((status = 200, body = Code))
)]
pub async fn unfreeze_code(caller: Caller, ask: Ask<CodeToMark>) -> Answered<Code> {
    mark(&caller, ask.body, Mark::Open).await
}

/// Make an unsold code worthless for good. For a code that was sold, refund its order.
#[utoipa::path(
    post, path = "/v1/codes/void", tag = "codes",
    request_body = CodeToMark, responses((status = 200, body = Code))
)]
pub async fn void_code(caller: Caller, ask: Ask<CodeToMark>) -> Answered<Code> {
    mark(&caller, ask.body, Mark::Voided).await
}

async fn mark(caller: &Caller, asked: CodeToMark, mark: Mark) -> Answered<Code> {
    let code = find(caller, asked.code).await?;
    let import = batch(caller, code.batch).await?.id;
    let (sku, at, reason) = (code.sku, code.position(), asked.reason.0);
    let command = Command::MarkCode(MarkCode { import, sku, at, mark, reason });
    match caller.submit(None, command).await? {
        Outcome::Code(code) => Ok(Answer::ok(Code::of(&code))),
        _ => Err(Problem::unexpected()),
    }
}

/// Codes are found as an import knows its duplicates.
async fn find(caller: &Caller, code: CodeText) -> Result<inventory::Code, Problem> {
    let number = code.0.trim().to_owned();
    let row = CodeRow { line: 0, number, password: String::new(), valid_until: FOREVER };
    let tag = caller.vault().code_tag(caller.tenant(), &normalise(&row));
    let found = caller.reader().code_by_tag(caller.tenant(), &tag).await?;
    found.ok_or_else(|| Problem::not_found("code"))
}
