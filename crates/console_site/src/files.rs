//! Files of the console under the names that its build gave them.

use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What the build puts under names that change with the content.
pub const LASTING: &str = "assets/";

/// A file of the build.
pub struct File {
    /// Its path below `/console/`.
    pub name: &'static str,
    /// What it holds.
    pub content: &'static [u8],
    /// The same as brotli, where it is worth it.
    pub brotli: Option<&'static [u8]>,
}

/// Every file, in the order of their names; none where the console was not built.
pub static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

impl File {
    /// The file of a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        let place = FILES.binary_search_by(|file| file.name.cmp(name)).ok()?;
        Some(&FILES[place])
    }

    /// Answers with it, as the browser takes it.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(self.name)));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        let lasting = self.name.starts_with(LASTING);
        let kept = if lasting { "public, max-age=31536000, immutable" } else { "no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
        if !lasting {
            let tag = tag(self.content);
            if names(asked, &tag) {
                headers.insert(ETAG, tag);
                return (StatusCode::NOT_MODIFIED, headers).into_response();
            }
            headers.insert(ETAG, tag);
        }
        match self.brotli.filter(|_| takes_brotli(asked)) {
            Some(packed) => {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
                (headers, packed).into_response()
            }
            None => (headers, self.content).into_response(),
        }
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// The same for both encodings, therefore a weak one.
fn tag(content: &[u8]) -> HeaderValue {
    let mut text = String::from("W/\"");
    for byte in &Sha256::digest(content)[..8] {
        let _ = write!(text, "{byte:02x}");
    }
    text.push('"');
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("W/\"\""))
}

fn names(asked: &HeaderMap, tag: &HeaderValue) -> bool {
    let bare = |text: &str| text.trim().trim_start_matches("W/").to_owned();
    let tag = tag.to_str().map(bare).unwrap_or_default();
    said(asked, &IF_NONE_MATCH).any(|one| one == "*" || bare(one) == tag)
}

/// Whether brotli is named, and not with the weight 0.
fn takes_brotli(asked: &HeaderMap) -> bool {
    said(asked, &ACCEPT_ENCODING).any(|one| {
        let (coding, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        coding.trim().eq_ignore_ascii_case("br") && weight.chars().any(|c| ('1'..='9').contains(&c))
    })
}

/// The parts of a header that is a list.
fn said<'a>(
    headers: &'a HeaderMap,
    name: &'a axum::http::HeaderName,
) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: File = File { name: "icon.svg", content: b"<svg/>", brotli: Some(b"packed") };

    fn asked(sent: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            let value = HeaderValue::from_str(value).expect("a header's text");
            (axum::http::HeaderName::from_static(name), value)
        };
        sent.iter().map(pair).collect()
    }

    #[test]
    fn brotli_goes_to_those_who_take_it() {
        for (accepted, packed) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=0.5, gzip", true),
            ("BR", true),
            ("br;q=0", false),
            ("br; q=0.000", false),
            ("gzip", false),
            ("", false),
        ] {
            let answer = FILE.answer(&asked(&[("accept-encoding", accepted)]));
            assert_eq!(answer.headers().contains_key(CONTENT_ENCODING), packed, "{accepted}");
            assert_eq!(answer.headers()[VARY], "accept-encoding");
        }
    }

    #[test]
    fn what_changes_its_name_is_kept_and_the_rest_is_asked_for() {
        let lasting = File { name: "assets/x-1.js", ..FILE }.answer(&HeaderMap::new());
        assert_eq!(lasting.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(lasting.headers()[CONTENT_TYPE], "text/javascript; charset=utf-8");
        let icon = FILE.answer(&HeaderMap::new());
        assert_eq!(icon.headers()[CACHE_CONTROL], "no-cache");
        let tag = icon.headers()[ETAG].to_str().expect("ASCII").to_owned();
        for (known, status) in [
            (tag.as_str(), 304),
            (&format!("\"other\", {tag}"), 304),
            (tag.trim_start_matches("W/"), 304),
            ("*", 304),
            ("\"other\"", 200),
        ] {
            let again = FILE.answer(&asked(&[("if-none-match", known)]));
            assert_eq!(again.status(), status, "{known}");
            assert_eq!(again.headers()[ETAG], tag.as_str());
        }
    }

    #[test]
    fn files_stand_in_the_order_by_which_they_are_found() {
        assert!(FILES.is_sorted_by_key(|file| file.name));
        for file in FILES {
            assert!(File::find(file.name).is_some(), "{}", file.name);
            let usual = "application/octet-stream";
            let page = file.name.ends_with(".html");
            assert_eq!(media_type(file.name) == usual, page, "{} needs a type", file.name);
        }
        assert!(File::find("assets").is_none() && File::find("../Cargo.toml").is_none());
    }
}
