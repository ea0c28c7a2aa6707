//! Pictures that merchants uploaded.

use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use axum::http::header::ACCEPT;
use edge::link::tenant_of;
use edge::problem::Problem;
use kernel::FileId;

/// `GET /files/{shop}/{file}/{size}`: the id follows from the file, so it may be kept for ever.
pub async fn file(
    visitor: Visitor,
    Here((shop, file, size)): Here<(String, String, String)>,
) -> Paged {
    let none = || Problem::not_found("picture");
    let tenant = tenant_of(&shop).ok_or_else(none)?;
    let id = FileId::parse(&file).map_err(|_| none())?;
    let size: u32 = size.parse().map_err(|_| none())?;
    let accepted = visitor.headers().get_all(ACCEPT).iter();
    let webp = accepted.filter_map(|value| value.to_str().ok()).any(|v| v.contains("image/webp"));
    let found = visitor.app().files().find(tenant, id, size, webp).await;
    let found = found.map_err(Problem::internal)?.ok_or_else(none)?;
    Ok(Answer::file(found.media_type, found.bytes).varying("accept"))
}
