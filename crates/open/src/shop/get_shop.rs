//! Read the shop's style.

use super::views::Shop;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;

/// Read how the shop looks and speaks, in the mode of the key.
#[utoipa::path(
    get, path = "/v1/shop", tag = "shop", responses((status = 200, body = Shop))
)]
pub async fn get_shop(caller: Caller) -> Answered<Shop> {
    let style = caller.reader().shop(caller.tenant()).await?;
    Ok(Answer::ok(Shop::of(&caller, &style)))
}
