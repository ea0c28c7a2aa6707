//! A shop's logo, as the merchant sent it.

use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use edge::problem::Problem;

/// `GET /s/{shop}/logo/{file}`: the name carries the hash of the content, so it may be kept for ever.
pub async fn logo(visitor: Visitor, Here((shop, file)): Here<(String, String)>) -> Paged {
    let front = visitor.enter(&shop).await?;
    let found = visitor.reader().shop_logo(front.tenant).await?;
    let found = found.filter(|(logo, _)| logo.file_name() == file);
    let (logo, bytes) = found.ok_or_else(|| Problem::not_found("picture"))?;
    Ok(Answer::file(logo.format.media_type(), bytes))
}
