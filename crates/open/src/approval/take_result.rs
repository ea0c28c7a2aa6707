//! Take what an approved act gave.

use domain::approval::Part;
use domain::approval::result::TakeResult;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At, Nothing};
use edge::problem::{ErrorCode, Problem};
use edge::wire;
use kernel::ApprovalId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// What an approved act gave. No `Debug`: it may hold secrets.
#[derive(Serialize, ToSchema)]
pub struct ApprovalResult {
    /// As the request itself would have answered.
    #[schema(value_type = Object)]
    pub result: Value,
}

/// Take what an approved act gave: codes, or the secret of a key. Only who asked can, and once.
#[utoipa::path(
    post, path = "/v1/approvals/{id}/result", tag = "approvals",
    params(("id" = inline(wire::ApprovalId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = ApprovalResult))
)]
pub async fn take_approval_result(
    caller: Caller,
    At(id): At<ApprovalId>,
    _: Ask<Nothing>,
) -> Answered<ApprovalResult> {
    let sealed = caller.reader().approval_part(caller.tenant(), id, Part::Result).await?;
    let opened = match &sealed {
        Some(sealed) => {
            let place = deliver::seal::approval_place(caller.tenant(), &id.0, Part::Result as i64);
            Some(caller.vault_for([&sealed[..]]).await.unseal(&place, sealed)?)
        }
        None => None,
    };
    // Whether it may be taken, and still can be, is decided here.
    caller.run(TakeResult { approval: id }).await?;
    let gone =
        || Problem::new(ErrorCode::ApprovalState, "there is nothing to take, or it was taken");
    let clear = opened.ok_or_else(gone)?;
    let result = serde_json::from_slice(&clear).map_err(Problem::internal)?;
    Ok(Answer::ok(ApprovalResult { result }))
}
