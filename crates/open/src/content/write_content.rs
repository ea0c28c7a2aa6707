//! Write a new version of what buyers of a SKU share.

use super::views::ContentVersion;
use domain::Reply;
use domain::content::write::WriteContent;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::content::seal;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire::{self, ContentNote, ContentText};
use kernel::{ContentId, SkuId};
use serde::Deserialize;
use utoipa::ToSchema;

/// A version that is to be written. No `Debug`: its text is what is sold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContent {
    /// The text; addresses in it are links for buyers.
    pub text: ContentText,
    /// What changed, for those who hold it already.
    #[serde(default)]
    pub note: Option<ContentNote>,
}

/// Write a new version of what buyers of a SKU share. All who hold it see it from now on, and read the note.
#[utoipa::path(
    post, path = "/v1/skus/{id}/content/versions", tag = "content",
    params(("id" = inline(wire::SkuId), Path)),
    request_body = NewContent, responses((status = 201, body = ContentVersion))
)]
pub async fn write_content(
    caller: Caller,
    At(sku): At<SkuId>,
    ask: Ask<NewContent>,
) -> Answered<ContentVersion> {
    let (tenant, id) = (caller.tenant(), ContentId(caller.engine().draw()));
    let sealed = seal(&caller.vault(), tenant, id, &ask.body.text.0);
    let note = ask.body.note.map(|note| note.0);
    let command = WriteContent { sku, id, sealed, file_bytes: None, note };
    match caller.submit(ask.once, command).await? {
        Reply::New(content) => Ok(Answer::created(ContentVersion::of(&content))),
        Reply::Replayed(before) => {
            let found = caller.reader().content(tenant, ContentId(before.subject)).await?;
            let found = found.ok_or_else(|| Problem::internal("a version is gone"))?;
            Ok(Answer::created(ContentVersion::of(&found)).replayed(true))
        }
    }
}
