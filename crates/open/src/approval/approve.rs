//! Approve an act: its request runs once more as who asked, through the same routes.

use super::views::Decided;
use axum::body::to_bytes;
use axum::response::Response;
use axum::{Extension, Router};
use domain::Refusal;
use domain::approval::fail::FailApproval;
use domain::approval::result::{Given, KeepResult};
use domain::approval::{Approval, ApprovalState, Part};
use edge::answer::{Answer, Answered};
use edge::approval::{Approved, Stored, Verdict, masked};
use edge::auth::{Caller, place};
use edge::extract::{Ask, At, Nothing};
use edge::problem::Problem;
use edge::wire;
use engine::EngineError;
use kernel::ApprovalId;
use kernel::limits::APPROVAL_RESULT_BYTES_MAX;
use serde_json::Value;
use std::sync::{Arc, OnceLock};
use tower::ServiceExt;

/// The routes whose acts may have waited.
#[derive(Clone)]
pub struct Acts(pub Router);

/// Approve what somebody else asked for. It runs at once, with his rights as they are now, and once. What a reveal or a key
/// gives is for him alone.
#[utoipa::path(
    post, path = "/v1/approvals/{id}/approve", tag = "approvals",
    params(("id" = inline(wire::ApprovalId), Path)),
    request_body = Option<Nothing>, responses((status = 200, body = Decided))
)]
pub async fn approve_act(
    caller: Caller,
    At(id): At<ApprovalId>,
    Extension(acts): Extension<Acts>,
    _: Ask<Nothing>,
) -> Answered<Decided> {
    let approval = super::stored(&caller, id).await?;
    let approved = Arc::new(approved(&caller, &approval).await?);
    let Some(request) = request(&caller, &approval).await? else {
        // It ended meanwhile; or somebody else is faster, and the next look tells.
        super::stored(&caller, id).await?.check_open(caller.engine().now())?;
        return Err(Problem::internal("the request of an open approval is gone"));
    };
    let mut request = request.request(id).map_err(Problem::internal)?;
    request.extensions_mut().insert(caller.request());
    request.extensions_mut().insert(Arc::clone(&approved));
    let answer = match acts.0.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    conclude(&caller, &approval, &approved, answer).await.map(Answer::ok)
}

/// Who asked, as he stands now, with the one who says yes.
async fn approved(caller: &Caller, approval: &Approval) -> Result<Approved, Problem> {
    let decider = super::decider(caller, approval).await?;
    let (tenant, requester) = (caller.tenant(), approval.requester);
    let place = place::now(caller.app(), tenant.merchant(), requester).await?;
    let (standing, rights) = match place {
        Some(place) => (place.standing(requester), place.rights),
        None => (place::nowhere(requester), Arc::default()),
    };
    let verdict = OnceLock::new();
    Ok(Approved { tenant, requester: standing, rights, decider, verdict })
}

/// The request as it was sent; none once it waits no more.
async fn request(caller: &Caller, approval: &Approval) -> Result<Option<Stored>, Problem> {
    let (tenant, id) = (approval.tenant, approval.id);
    let sealed = caller.reader().approval_part(tenant, id, Part::Request).await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let place = deliver::seal::approval_place(tenant, &id.0, Part::Request as i64);
    let clear = caller.vault_for([&sealed[..]]).await.unseal(&place, &sealed)?;
    serde_json::from_slice(&clear).map(Some).map_err(Problem::internal)
}

/// What came of it. What the edge refuses before any rule ends the wait as a rule does.
async fn conclude(
    caller: &Caller,
    approval: &Approval,
    approved: &Approved,
    mut answer: Response,
) -> Result<Decided, Problem> {
    let problem = answer.extensions_mut().remove::<Problem>();
    let failed =
        |problem: &Problem| Decided::of(approval.id, ApprovalState::Failed).problem(problem);
    match (approved.verdict.get(), problem) {
        (Some(Verdict::Done), Some(problem)) => {
            Ok(Decided::of(approval.id, ApprovalState::Done).problem(&problem))
        }
        (Some(Verdict::Done), None) => given(caller, approval, answer).await,
        (Some(Verdict::Failed), Some(problem)) => Ok(failed(&problem)),
        (None, Some(problem)) if problem.code.status().is_client_error() => {
            let decider = approved.decider.clone();
            let code = problem.code.name().to_owned();
            caller.run(FailApproval { decider, problem: code }).await?;
            Ok(failed(&problem))
        }
        (_, Some(problem)) => Err(problem),
        (_, None) => Err(Problem::internal("a request that waited did nothing")),
    }
}

/// Tells what the act gave, or keeps it for who asked.
async fn given(caller: &Caller, approval: &Approval, answer: Response) -> Result<Decided, Problem> {
    let bytes = to_bytes(answer.into_body(), APPROVAL_RESULT_BYTES_MAX).await;
    let bytes = bytes.map_err(Problem::internal)?;
    let done = Decided::of(approval.id, ApprovalState::Done);
    if approval.act.kind().gives_secrets {
        keep(caller, approval, |vault| {
            let place =
                deliver::seal::approval_place(approval.tenant, &approval.id.0, Part::Result as i64);
            Given::Sealed(vault.seal(&place, &bytes))
        })
        .await;
        return Ok(done);
    }
    let result: Value = serde_json::from_slice(&bytes).map_err(Problem::internal)?;
    keep(caller, approval, |_| Given::Told(masked(&result))).await;
    Ok(Decided { result: Some(result), ..done })
}

/// Keeps what it gave, under a key that is in force. The act is done in any case.
async fn keep(caller: &Caller, approval: &Approval, given: impl Fn(&vault::Vault) -> Given) {
    if let Err(error) = try_keep(caller, approval, given).await {
        let id = approval.id;
        tracing::error!(approval.id = %id, %error, "what an approved act gave was not kept");
    }
}

async fn try_keep(
    caller: &Caller,
    approval: &Approval,
    given: impl Fn(&vault::Vault) -> Given,
) -> Result<(), EngineError> {
    let engine = caller.engine();
    let origin = || engine.internal(approval.tenant);
    let keep = || KeepResult { approval: approval.id, given: given(&engine.vault()) };
    match engine.run(origin(), keep()).await {
        Err(EngineError::Refused(Refusal::SealKeyRetired)) => {
            engine.refresh_keys().await?;
            engine.run(origin(), keep()).await
        }
        kept => kept,
    }
}
