//! The paths of the console. Others may stand below `/console/` with routes of their own, which win.

use crate::PATH;
use crate::files::{File, LASTING};
use crate::page::page;
use axum::Router;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use edge::problem::{ErrorCode, Problem};
use edge::{App, Part};

const BARE: &str = "/console";
const BELOW: &str = "/console/{*path}";
/// Where links lead that are used once. What they do is sent to the same path, which the edge of people takes.
const LINK: &str = "/console/link";

/// This edge, for the application.
pub fn part() -> Part {
    let lines = [BARE, PATH, BELOW, LINK].map(|path| ("GET", path.to_owned()));
    Part { lines: lines.to_vec(), router }
}

fn router(_: App) -> Router {
    let router = Router::new()
        .route(BARE, get(async || Redirect::permanent(PATH)))
        .route(PATH, get(async || page()))
        .route(BELOW, get(below));
    let router = router.method_not_allowed_fallback(async || {
        Problem::new(ErrorCode::MethodNotAllowed, "this path has other methods; see `Allow`")
    });
    // After that fallback: a path that two edges share can have one of them alone.
    router.route(LINK, get(async || page()))
}

/// A file, or the page: the console knows its own addresses. A file that an older build had is gone, and no page.
async fn below(Path(path): Path<String>, headers: HeaderMap) -> Response {
    match File::find(&path).filter(|file| file.name != "index.html") {
        Some(file) => file.answer(&headers),
        None if path.starts_with(LASTING) => Problem::not_found("file").into_response(),
        None => page(),
    }
}
