//! What surrounds every page: the visitor, the check of where a form comes from, the headers, and the page
//! that a problem becomes.

use crate::cookies::written;
use crate::site::Site;
use crate::visitor::{LANG_COOKIE, Visitor};
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION,
    REFERRER_POLICY, RETRY_AFTER, SET_COOKIE, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use edge::layer;
use edge::problem::{ErrorCode, Problem};
use pages::page::failure::{Failure, FailurePage};
use pages::{Page, content_security_policy};

/// Paths of what is no page.
const PICTURES: [&str; 3] = ["/pictures/", "/files/", "/favicon.ico"];

/// What a handler answers.
pub type Paged = Result<Answer, Problem>;

/// An answer to a browser. Nobody keeps one, unless it says so.
#[derive(Debug)]
pub struct Answer(Response);

impl Answer {
    /// A page.
    pub fn page(page: &impl Page) -> Self {
        Self::page_with(StatusCode::OK, page)
    }

    /// A page that says what was refused.
    pub fn page_with(status: StatusCode, page: &impl Page) -> Self {
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        Self((status, [(CONTENT_TYPE, html)], page.html()).into_response())
    }

    /// To another page, with GET.
    pub fn see_other(path: &str) -> Self {
        let mut answer = StatusCode::SEE_OTHER.into_response();
        // Paths are made of ids and of our own words.
        if let Ok(path) = HeaderValue::try_from(path) {
            answer.headers_mut().insert(LOCATION, path);
        }
        Self(answer)
    }

    /// One word of plain text.
    pub fn word(word: &'static str) -> Self {
        Self(word.into_response())
    }

    /// A line of plain text.
    pub fn text(text: String) -> Self {
        Self(text.into_response())
    }

    /// A file under a name that changes with its content: kept for ever.
    pub fn file(content_type: &'static str, content: impl Into<Bytes>) -> Self {
        Self::kept("public, max-age=31536000, immutable", content_type, content.into())
    }

    /// A file under a name that stays: kept for a day.
    pub fn passing(content_type: &'static str, content: &'static str) -> Self {
        Self::kept("public, max-age=86400", content_type, Bytes::from(content))
    }

    /// What a program reads.
    pub fn json(said: &serde_json::Value) -> Self {
        let json = HeaderValue::from_static("application/json");
        Self(([(CONTENT_TYPE, json)], said.to_string()).into_response())
    }

    /// A file that a browser saves and nobody keeps.
    pub fn saved(name: &str, content_type: &'static str, content: String) -> Self {
        let typed = HeaderValue::from_static(content_type);
        let mut answer = ([(CONTENT_TYPE, typed)], content).into_response();
        // The name is made of an order's number.
        let name = format!("attachment; filename=\"{name}\"");
        if let Ok(name) = HeaderValue::try_from(name) {
            answer.headers_mut().insert(CONTENT_DISPOSITION, name);
        }
        Self(answer)
    }

    /// A file that comes with its headers.
    pub fn download(answer: Response) -> Self {
        Self(answer)
    }

    fn kept(how_long: &'static str, content_type: &'static str, content: Bytes) -> Self {
        let [kept, typed] = [how_long, content_type].map(HeaderValue::from_static);
        Self(([(CONTENT_TYPE, typed), (CACHE_CONTROL, kept)], content).into_response())
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        *self.0.status_mut() = status;
        self
    }

    /// The same, saying which header of the request it depends on.
    #[must_use]
    pub fn varying(mut self, header: &'static str) -> Self {
        self.0.headers_mut().insert(VARY, HeaderValue::from_static(header));
        self
    }

    /// The same, whose links tell where the visitor comes from, without the path.
    #[must_use]
    pub fn telling_origin(mut self) -> Self {
        self.0.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("origin"));
        self
    }

    /// The same with a cookie.
    #[must_use]
    pub fn with_cookie(mut self, cookie: &str) -> Self {
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            self.0.headers_mut().append(SET_COOKIE, cookie);
        }
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        self.0
    }
}

/// The layer.
pub async fn around(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visitor = Visitor::of(&site, &parts);
    let mut answer = match may_come(&visitor, &parts) {
        Ok(()) => {
            parts.extensions.insert(visitor.clone());
            next.run(Request::from_parts(parts, body)).await
        }
        Err(problem) => problem.into_response(),
    };
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        answer = failure(&visitor, &problem);
    }
    set_headers(&visitor, answer.headers_mut());
    answer
}

/// Refuses forms that other sites send, and an address that opens too many pages. Pictures are not counted: a page
/// has many, and a browser keeps them.
fn may_come(visitor: &Visitor, parts: &Parts) -> Result<(), Problem> {
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    if !reads && is_foreign(&parts.headers) {
        return Err(Problem::new(ErrorCode::Forbidden, "the form comes from another site"));
    }
    let picture = PICTURES.iter().any(|start| parts.uri.path().starts_with(start));
    if picture { Ok(()) } else { visitor.app().visits().take(visitor.address()) }
}

/// Whether a browser says that another site sent a form. One that says nothing is asked for no more here: origin and
/// host are not told on plain http or by older browsers, so the checkout and the look-up carry a token, and all other
/// forms stand under a link that nobody can guess.
fn is_foreign(headers: &HeaderMap) -> bool {
    let mut said = headers.get_all("sec-fetch-site").iter();
    said.any(|site| site == "cross-site" || site == "same-site")
}

/// What answers where nothing is: a page to a browser, a problem to a program.
pub fn missing(site: &Site, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let problem = Problem::not_found("path");
    if !wants_page(&parts.headers) || parts.uri.path().starts_with("/v1/") {
        return problem.into_response();
    }
    let visitor = Visitor::of(site, &parts);
    let mut answer = failure(&visitor, &problem);
    set_headers(&visitor, answer.headers_mut());
    answer
}

/// Whether a browser asks: programs take anything, or JSON.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|one| {
        let (kind, weight) = one.split_once(';').unwrap_or((one, ""));
        kind.trim().eq_ignore_ascii_case("text/html") && !weight.replace(' ', "").eq("q=0")
    })
}

/// The page of a problem. What is our fault is logged, as everywhere at the edge.
fn failure(visitor: &Visitor, problem: &Problem) -> Response {
    layer::log(visitor.request(), problem);
    visitor.app().traffic().refused(problem.code);
    let failure = match problem.code {
        ErrorCode::Forbidden => Failure::Foreign,
        ErrorCode::NotFound | ErrorCode::MethodNotAllowed => Failure::NotFound,
        ErrorCode::RateLimited => Failure::TooMany(30),
        ErrorCode::Overloaded | ErrorCode::OutcomeUnknown | ErrorCode::KeyMissing => {
            Failure::Busy(5)
        }
        ErrorCode::Internal => Failure::Broken,
        _ => Failure::Invalid,
    };
    let frame = visitor.frame();
    let request_id = visitor.request().to_string();
    let page = FailurePage { frame, failure, request_id };
    let mut answer = Answer::page_with(problem.code.status(), &page).into_response();
    if let Failure::TooMany(seconds) | Failure::Busy(seconds) = failure {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

fn set_headers(visitor: &Visitor, headers: &mut HeaderMap) {
    if let Ok(policy) = HeaderValue::try_from(content_security_policy(&visitor.nonce)) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    let fixed = HeaderValue::from_static;
    headers.insert(X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    // An order's address opens it, so it is told to nobody.
    headers.entry(REFERRER_POLICY).or_insert(fixed("no-referrer"));
    headers.insert(X_FRAME_OPTIONS, fixed("SAMEORIGIN"));
    headers.entry(CACHE_CONTROL).or_insert(fixed("no-store"));
    if visitor.lang_asked {
        let cookie = written(LANG_COOKIE, visitor.lang_to_keep().tag(), visitor.is_secure());
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            headers.append(SET_COOKIE, cookie);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(sent: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            let name = axum::http::HeaderName::from_static(name);
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_form_of_another_site_is_known_where_the_browser_says_so() {
        let cases: [(&[(&str, &str)], bool); 8] = [
            (&[("sec-fetch-site", "same-origin")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "same-site"), ("origin", "https://shop.example")], true),
            (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], true),
            (&[("origin", "https://other.example"), ("host", "127.0.0.1:7000")], false),
            (&[("origin", "null"), ("host", "192.168.1.7:7000")], false),
            (&[], false),
        ];
        for (sent, foreign) in cases {
            assert_eq!(is_foreign(&headers(sent)), foreign, "{sent:?}");
        }
    }

    #[test]
    fn a_browser_is_told_from_a_program() {
        for (accept, page) in [
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("application/json, TEXT/HTML ; q=0.5", true),
            ("*/*", false),
            ("application/json", false),
            ("text/html;q=0", false),
        ] {
            assert_eq!(wants_page(&headers(&[("accept", accept)])), page, "{accept}");
        }
        assert!(!wants_page(&headers(&[])));
    }
}
