//! Pictures that are compiled in.

use super::form::Here;
use super::middleware::{Answer, Paged};
use edge::problem::Problem;
use pages::picture::{Drawing, ICON};
use pages::share;

const SVG: &str = "image/svg+xml";

/// `GET /pictures/{file}`: the name carries the hash of the content, so it may be kept for ever.
pub async fn picture(Here(file): Here<String>) -> Paged {
    if let Some(card) = share::served_as(&file) {
        return Ok(Answer::file("image/jpeg", card));
    }
    let drawing = Drawing::served_as(&file).ok_or_else(|| Problem::not_found("picture"))?;
    Ok(Answer::file(SVG, drawing.svg))
}

/// `GET /favicon.ico`: what browsers ask for beside a page that names no icon.
pub async fn icon() -> Paged {
    Ok(Answer::passing(SVG, ICON.svg))
}
