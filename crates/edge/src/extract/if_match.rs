//! The versions that a caller saw, by `If-Match`.

use crate::policy::RouteState;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;

/// The versions that a caller takes for the newest; none where any will do. A tag that is none of ours is no version.
#[derive(Debug, PartialEq, Eq)]
pub struct IfMatch(pub Option<Vec<i64>>);

impl FromRequestParts<RouteState> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &RouteState) -> Result<Self, Problem> {
        let sent = parts.headers.get_all(IF_MATCH).iter();
        let sent: Vec<_> = sent.map(|value| value.to_str().unwrap_or_default()).collect();
        Ok(Self(if sent.is_empty() { None } else { versions(&sent.join(",")) }))
    }
}

fn versions(text: &str) -> Option<Vec<i64>> {
    if text.trim() == "*" {
        return None;
    }
    let version = |tag: &str| tag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok();
    Some(text.split(',').filter_map(version).collect())
}

#[cfg(test)]
mod tests {
    use super::versions;

    #[test]
    fn only_strong_tags_of_ours_are_versions() {
        for (text, found) in [
            ("*", None),
            ("\"7\"", Some(vec![7])),
            ("\"7\", \"8\"", Some(vec![7, 8])),
            ("W/\"7\"", Some(vec![])),
            ("7", Some(vec![])),
            ("\"x\"", Some(vec![])),
            ("", Some(vec![])),
        ] {
            assert_eq!(versions(text), found, "{text}");
        }
    }
}
