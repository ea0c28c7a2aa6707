//! A drawing that is compiled in.

use super::around::{Answer, Paged};
use super::form::Here;
use crate::problem::Problem;
use pages::picture::Drawing;

/// `GET /pictures/{file}`: the name carries the hash of the content, so it may be kept for ever.
pub async fn picture(Here(file): Here<String>) -> Paged {
    let drawing = Drawing::served_as(&file).ok_or_else(|| Problem::not_found("picture"))?;
    Ok(Answer::file("image/svg+xml", drawing.svg))
}
