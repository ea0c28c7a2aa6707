//! Edit the shop's style.

use super::views::Shop;
use crate::catalog::picture;
use crate::resource::{change, schema};
use domain::resource::{Fields, registry};
use domain::shop::ShopStyle;
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, IfMatch};
use serde_json::Value;
use std::borrow::Cow;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Edit how the shop looks and speaks; pages that are opened after the answer show it.
///
/// The colour must carry white text; a refusal names the nearest one that does.
#[utoipa::path(
    patch, path = "/v1/shop", tag = "shop",
    params(("If-Match" = Option<String>, Header, description = "The `ETag` that was seen: anything newer is left as it is.")),
    request_body = ShopChange, responses((status = 200, body = Shop))
)]
pub async fn edit_shop(caller: Caller, seen: IfMatch, ask: Ask<Fields>) -> Answered<Shop> {
    let style = registry::of::<ShopStyle>();
    let share = ask.body.0.get("share").and_then(Value::as_str);
    picture::check_file(&caller, "share", share).await?;
    let (row, replayed) = change::edit_the_one(style, &caller, seen, ask).await?;
    Ok(Answer::ok(Shop::of(&caller, &row)?).version(row.version).replayed(replayed))
}

/// A change of the shop's style, as the document tells it.
pub struct ShopChange;

impl PartialSchema for ShopChange {
    fn schema() -> RefOr<Schema> {
        schema::of_change(registry::of::<ShopStyle>()).0
    }
}

impl ToSchema for ShopChange {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ShopChange")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(schema::of_change(registry::of::<ShopStyle>()).1);
    }
}
