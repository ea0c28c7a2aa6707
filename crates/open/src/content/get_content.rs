//! Read what buyers of a SKU share, without its text.

use super::newest_of;
use super::views::{Content, ContentVersion};
use domain::content::share::holders;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::At;
use edge::wire::{self, Wire};
use kernel::SkuId;

/// Read the newest version of what buyers of a SKU share, without its text, and how many orders hold it.
#[utoipa::path(
    get, path = "/v1/skus/{id}/content", tag = "content",
    params(("id" = inline(wire::SkuId), Path)), responses((status = 200, body = Content))
)]
pub async fn get_content(caller: Caller, At(id): At<SkuId>) -> Answered<Content> {
    let number = newest_of(&caller, id).await?;
    let (reader, tenant) = (caller.reader(), caller.tenant());
    let newest = reader.content_numbered(tenant, id, number).await?;
    let account = reader.account(tenant, holders(tenant, id).id()).await?;
    Ok(Answer::ok(Content {
        sku: Wire(id),
        version: newest.as_ref().map(ContentVersion::of),
        holders: account.map_or(0, |account| account.balance),
    }))
}
