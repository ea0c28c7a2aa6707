//! The reference page at `/docs`: the OpenAPI document as a page, for people without a network.
//!
//! It is made from the same document that programs read, once at the start in each language. It loads
//! nothing: style and script are in it, and its policy names their hashes.

mod example;
mod page;
mod published;
mod schema;

pub use published::Published;

use axum::Extension;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use edge::extract::Query;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The languages of the page's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum Language {
    /// Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// What may be asked of the page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The language; without it the browser's, Chinese if that is neither.
    #[param(inline)]
    pub lang: Option<Language>,
}

/// This API as a page for people.
#[utoipa::path(
    get, path = "/docs", tag = "health", params(Wanted),
    responses((status = 200, content_type = "text/html", body = String))
)]
pub async fn docs(
    Extension(published): Extension<Published>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> ([(HeaderName, HeaderValue); 6], Bytes) {
    let pages = &published.pages;
    let language = wanted.lang.unwrap_or_else(|| of_browser(&headers));
    let fixed = HeaderValue::from_static;
    let headers = [
        (header::CONTENT_TYPE, fixed("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, pages.policy.clone()),
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (header::REFERRER_POLICY, fixed("no-referrer")),
        (header::X_FRAME_OPTIONS, fixed("DENY")),
        (header::VARY, fixed("accept-language")),
    ];
    (headers, pages.of(language))
}

/// English if the browser names it before Chinese.
fn of_browser(headers: &HeaderMap) -> Language {
    let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|wish| wish.to_str().ok());
    let names = wish.unwrap_or_default().split(',').map(str::trim);
    let mut known = names.filter(|name| name.starts_with("zh") || name.starts_with("en"));
    if known.next().is_some_and(|name| name.starts_with("en")) {
        Language::English
    } else {
        Language::Chinese
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_chooses_the_language() {
        let cases = [
            ("en-GB,en;q=0.9,zh;q=0.5", Language::English),
            ("zh-CN,zh;q=0.9,en;q=0.5", Language::Chinese),
            ("de, en;q=0.5", Language::English),
            ("de", Language::Chinese),
            ("", Language::Chinese),
        ];
        for (wish, language) in cases {
            let value = HeaderValue::from_static(wish);
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, value)]);
            assert_eq!(of_browser(&headers), language, "{wish}");
        }
    }
}
