//! Read the shop's style.

use super::views::Shop;
use domain::resource::registry;
use domain::shop::ShopStyle;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;

/// Read how the shop looks and speaks, in the mode of the key.
#[utoipa::path(
    get, path = "/v1/shop", tag = "shop", responses((status = 200, body = Shop))
)]
pub async fn get_shop(caller: Caller) -> Answered<Shop> {
    let row = caller.reader().the_one(caller.tenant(), registry::of::<ShopStyle>()).await?;
    Ok(Answer::ok(Shop::of(&caller, &row)?).version(row.version))
}
