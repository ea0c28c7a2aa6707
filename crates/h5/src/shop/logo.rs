//! A shop's logo, as the merchant sent it.

use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use domain::resource::{Picture, Resource};
use domain::shop::ShopStyle;
use edge::problem::Problem;

/// `GET /s/{shop}/logo/{file}`: the name carries the hash of the content, so it may be kept for ever.
pub async fn logo(visitor: Visitor, Here((shop, name)): Here<(String, String)>) -> Paged {
    let front = visitor.enter(&shop).await?;
    let style = (front.tenant, ShopStyle::KIND.number, ShopStyle::KIND.only_id());
    let file = visitor.reader().resource_picture(&style, "logo").await?;
    let found = file.and_then(|file| Some((Picture::of(&file)?, file.bytes)));
    let found = found.filter(|(logo, _)| logo.file_name() == name);
    let (logo, bytes) = found.ok_or_else(|| Problem::not_found("picture"))?;
    Ok(Answer::file(logo.format.media_type(), bytes))
}
