//! What a browser tells of itself: cookies, and from which site a request comes.

use crate::app::{App, Settings};
use crate::problem::{ErrorCode, Problem};
use axum::http::header::{self, COOKIE, ORIGIN};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};

const SESSION: &str = "tessera_session";
const DEVICE: &str = "tessera_device";
/// What browsers let only this host set, over HTTPS.
const HOST: &str = "__Host-";
/// More than a year: as long as browsers keep a cookie.
const DEVICE_SECONDS: u32 = 400 * 24 * 3600;
/// Names of this machine.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The session's cookie of a request.
pub fn session(app: &App, headers: &HeaderMap) -> Option<String> {
    read(headers, &name(app, SESSION))
}

/// The browser's own token, which says that a person was there before.
pub fn device(app: &App, headers: &HeaderMap) -> Option<String> {
    read(headers, &name(app, DEVICE))
}

/// The cookie that begins a session. It ends with the browser, or before.
pub fn set_session(app: &App, token: &str) -> String {
    format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{}", name(app, SESSION), secure(app))
}

/// The cookie that ends it.
pub fn end_session(app: &App) -> String {
    let name = name(app, SESSION);
    format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict{}", secure(app))
}

/// The cookie by which a browser is known again.
pub fn set_device(app: &App, token: &str) -> String {
    let name = name(app, DEVICE);
    format!(
        "{name}={token}; Path=/; Max-Age={DEVICE_SECONDS}; HttpOnly; SameSite=Strict{}",
        secure(app)
    )
}

fn name(app: &App, name: &str) -> String {
    if app.is_secure() { format!("{HOST}{name}") } else { name.to_owned() }
}

fn secure(app: &App) -> &'static str {
    if app.is_secure() { "; Secure" } else { "" }
}

fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(known, _)| known.trim() == name);
    found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Refuses what another site sends, and passwords over plain http from elsewhere.
pub fn may_come(app: &App, parts: &Parts) -> Result<(), Problem> {
    let headers = &parts.headers;
    let mut said = headers.get_all("sec-fetch-site").iter();
    let foreign = said.any(|site| site == "cross-site" || site == "same-site");
    let origins = headers.get_all(ORIGIN).iter();
    let own = |origin: &axum::http::HeaderValue| {
        origin.to_str().is_ok_and(|origin| is_own(app.settings(), origin))
    };
    if foreign || !origins.into_iter().all(own) {
        return Err(Problem::new(ErrorCode::Forbidden, "the request comes from another site"));
    }
    let settings = app.settings();
    let near = settings.trusted_proxies.caller(parts).is_none_or(|address| address.is_loopback());
    if app.is_secure() || near || settings.allow_plain_http {
        return Ok(());
    }
    let detail =
        "people sign in over https alone; set public_url, or allow plain http in the configuration";
    Err(Problem::new(ErrorCode::Forbidden, detail))
}

/// Whether a request comes from this machine and names it so: a name of another's that leads here is none of ours.
pub fn is_here(app: &App, parts: &Parts) -> bool {
    let address = app.settings().trusted_proxies.caller(parts);
    let named = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let named = named.and_then(|host| host.parse::<Authority>().ok());
    let host = named.as_ref().map(Authority::host).or(parts.uri.host());
    let local = host.is_some_and(|host| LOOPBACK.contains(&&*host.to_ascii_lowercase()));
    local && address.is_some_and(|address| address.to_canonical().is_loopback())
}

/// Whether an origin is that of this server. On this machine all names of it are one.
pub fn is_own(settings: &Settings, origin: &str) -> bool {
    let parts = |text: &str| {
        let uri: Uri = text.parse().ok()?;
        let scheme = uri.scheme_str()?.to_owned();
        let port = uri.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
        let host = uri.host()?.to_ascii_lowercase();
        let host = if LOOPBACK.contains(&&*host) { LOOPBACK[0].to_owned() } else { host };
        Some((scheme, host, port))
    };
    let given = parts(origin);
    given.is_some() && given == parts(&settings.base_url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use files::Files;
    use std::num::NonZeroU32;

    fn settings(base_url: &str) -> Settings {
        Settings {
            channels: deliver::payment::Channels::default(),
            base_url: base_url.to_owned(),
            hold_seconds: 1,
            trusted_proxies: Default::default(),
            pages_per_minute: NonZeroU32::MIN,
            files: Files::open(files::IN_MEMORY).expect("a store"),
            kinds: &[],
            default_mode: kernel::Mode::Live,
            allow_plain_http: false,
            password_days: None,
        }
    }

    #[test]
    fn an_origin_is_own_or_foreign() {
        for (base, origin, own) in [
            ("https://shop.example", "https://shop.example", true),
            ("https://shop.example", "https://SHOP.example", true),
            ("https://shop.example", "https://shop.example:443", true),
            ("https://shop.example", "http://shop.example", false),
            ("https://shop.example", "https://shop.example:8443", false),
            ("https://shop.example", "https://evil.example", false),
            ("https://shop.example", "https://shop.example.evil.example", false),
            ("https://shop.example", "null", false),
            ("https://shop.example", "", false),
            ("http://127.0.0.1:7000", "http://localhost:7000", true),
            ("http://127.0.0.1:7000", "http://[::1]:7000", true),
            ("http://127.0.0.1:7000", "http://127.0.0.1:7001", false),
            ("http://localhost:7000", "http://evil.example:7000", false),
        ] {
            assert_eq!(is_own(&settings(base), origin), own, "{base} {origin}");
        }
    }

    #[test]
    fn a_cookie_is_read_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; xtessera_session=2"));
        headers.append(COOKIE, HeaderValue::from_static("tessera_session=3; tessera_device="));
        assert_eq!(read(&headers, SESSION).as_deref(), Some("3"));
        assert_eq!(read(&headers, DEVICE), None);
        assert_eq!(read(&headers, "__Host-tessera_session"), None);
    }
}
