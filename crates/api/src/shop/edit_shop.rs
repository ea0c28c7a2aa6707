//! Edit the shop's style.

use super::requests::ShopChange;
use super::views::Shop;
use crate::answer::{Answer, Answered};
use crate::auth::Caller;
use crate::extract::Ask;
use crate::problem::Problem;
use domain::Reply;

/// Edit how the shop looks and speaks; pages that are opened after the answer show it.
///
/// The colour must carry white text; a refusal names the nearest one that does.
#[utoipa::path(
    patch, path = "/v1/shop", tag = "shop",
    request_body = ShopChange, responses((status = 200, body = Shop))
)]
pub async fn edit_shop(caller: Caller, ask: Ask<ShopChange>) -> Answered<Shop> {
    let change = tokio::task::spawn_blocking(|| ask.body.into_domain()).await;
    let change = change.map_err(Problem::internal)??;
    // A repeat is executed again: it changes nothing more.
    let Reply::New(style) = caller.submit(ask.once, change).await? else {
        return Err(Problem::internal("an edit of a shop was taken for a repeat"));
    };
    Ok(Answer::ok(Shop::of(&caller, &style)))
}
