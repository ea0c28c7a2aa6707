//! List the versions of what buyers of a SKU share.

use super::newest_of;
use super::views::ContentVersion;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{At, Query};
use edge::pagination::{Cursor, List, Page};
use edge::problem::Problem;
use edge::wire;
use kernel::SkuId;

/// Tells the cursors of this list from others.
const OF_VERSIONS: u64 = u64::from_be_bytes(*b"versions");

/// List the versions of what buyers of a SKU share, newest first, without their texts.
#[utoipa::path(
    get, path = "/v1/skus/{id}/content/versions", tag = "content",
    params(("id" = inline(wire::SkuId), Path), List),
    responses((status = 200, body = Page<ContentVersion>))
)]
pub async fn list_content_versions(
    caller: Caller,
    At(id): At<SkuId>,
    Query(list): Query<List>,
) -> Answered<Page<ContentVersion>> {
    newest_of(&caller, id).await?;
    let before = match list.after {
        None => i64::MAX,
        Some(cursor) => cursor
            .number(OF_VERSIONS)
            .ok_or_else(|| Problem::invalid("after", "send `next` of an earlier page"))?,
    };
    let limit = list.limit.0;
    let (tenant, reader) = (caller.tenant(), caller.reader());
    let mut rows = reader.contents_before(tenant, id, before, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| Cursor::of_number(OF_VERSIONS, i64::from(row.number)));
    Ok(Answer::ok(Page { data: rows.iter().map(ContentVersion::of).collect(), next }))
}
