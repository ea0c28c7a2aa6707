//! Who may talk to the sandbox: whoever reaches it at a loopback address by that address's name.

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::{Host, Url};

/// Whether an address leads back to this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Refuses requests that a page elsewhere has sent a browser on: by a name that was pointed here, or by a form.
pub async fn loopback_only(request: Request, next: Next) -> Response {
    if !is_local(request.headers(), header::HOST, "http://")
        || (request.headers().contains_key(header::ORIGIN)
            && !is_local(request.headers(), header::ORIGIN, ""))
    {
        return (StatusCode::FORBIDDEN, "the sandbox answers at its loopback address only")
            .into_response();
    }
    next.run(request).await
}

fn is_local(headers: &HeaderMap, name: header::HeaderName, prefix: &str) -> bool {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    let url = text.and_then(|text| Url::parse(&format!("{prefix}{text}")).ok());
    url.is_some_and(|url| is_loopback(&url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_are_local() {
        for (host, good) in [
            ("127.0.0.1:80", true),
            ("localhost:1", true),
            ("[::1]:9", true),
            ("example.com", false),
            ("127.0.0.1.example.com", false),
            ("10.0.0.1", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            assert_eq!(is_local(&headers, header::HOST, "http://"), good, "{host}");
        }
    }
}
