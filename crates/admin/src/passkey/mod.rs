//! Passkeys (WebAuthn, level 2): keys of devices that sign for a person. One proves possession and, by PIN or finger, the
//! person, so it stands in for password and code. Attestation is not asked for: any authenticator will do.

mod cbor;
mod challenge;
mod routes;
mod verify;

pub use routes::{add, draw, draw_sign_in, list, remove, sign_in};

use edge::App;

/// The name that passkeys are bound to: the host of this instance. Addresses of numbers have none; on this machine it is
/// `localhost`.
fn rp_id(app: &App) -> Option<String> {
    let uri: axum::http::Uri = app.settings().base_url.parse().ok()?;
    let host = uri.host()?.trim_matches(['[', ']']).to_owned();
    match host.parse::<std::net::IpAddr>() {
        Ok(address) if address.is_loopback() => Some("localhost".to_owned()),
        Ok(_) => None,
        Err(_) => Some(host),
    }
}
