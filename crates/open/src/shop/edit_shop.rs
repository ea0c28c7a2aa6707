//! Edit the shop's style.

use super::requests::ShopChange;
use super::views::Shop;
use domain::Reply;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::Problem;

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
