//! Show a version of what buyers of a SKU share to somebody of the merchant's.

use super::newest_of;
use super::views::RevealedContent;
use domain::content::reveal::RevealContent;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::content::open;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire::{self, ReasonText};
use kernel::SkuId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Which version, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedContent {
    /// The version; the newest one when absent.
    #[serde(default)]
    #[schema(minimum = 1)]
    pub version: Option<u32>,
    /// The reason; it is recorded. People must give one.
    #[serde(default)]
    pub reason: Option<ReasonText>,
}

/// Show a version of what buyers of a SKU share, with its text, or with its file's name and address. That it was shown is recorded in the journal first, with the
/// reason.
#[utoipa::path(
    post, path = "/v1/skus/{id}/content/reveal", tag = "content",
    params(("id" = inline(wire::SkuId), Path)),
    request_body = Option<WantedContent>, responses((status = 200, body = RevealedContent))
)]
pub async fn reveal_content(
    caller: Caller,
    At(sku): At<SkuId>,
    ask: Ask<WantedContent>,
) -> Answered<RevealedContent> {
    if caller.standing().is_some() && ask.body.reason.is_none() {
        return Err(Problem::invalid("reason", "say why; it is recorded"));
    }
    let reason = ask.body.reason.map(|reason| reason.0);
    let number = match ask.body.version {
        Some(0) => return Err(Problem::invalid("version", "send at least 1")),
        Some(number) => number,
        None => newest_of(&caller, sku).await?,
    };
    caller.submit(ask.once, RevealContent { sku, number, reason }).await?;
    let found = caller.reader().content_numbered(caller.tenant(), sku, number).await?;
    let content = found.ok_or_else(|| Problem::internal("a version is gone"))?;
    let vault = caller.vault_for([&content.sealed[..]]).await;
    let shared = open(&vault, &content)?;
    Ok(Answer::ok(RevealedContent::of(&caller, &content, shared)))
}
