//! Repeats are known by `Idempotency-Key`: what is stored of it, and of what was asked, are hashes.

use crate::policy::Idempotency;
use crate::problem::{ErrorCode, Problem};
use axum::http::{HeaderMap, Method, Uri};
use domain::idempotency::IdempotencyKey;
use kernel::limits::IDEMPOTENCY_KEY_CHARS_MAX;
use kernel::{Id16, Tenant};
use sha2::{Digest, Sha256};
use vault::Vault;

/// The header.
pub const HEADER: &str = "Idempotency-Key";

/// How a repeat of one request is known, before it is known whose request it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    key: String,
    fingerprint: Id16,
    raw: Id16,
}

impl Once {
    /// `body` is the SHA-256 of what the body says: of its canonical text, or of the bytes of an upload. Path and query
    /// count, too.
    pub fn new(key: String, method: &Method, uri: &Uri, body: &[u8]) -> Self {
        let fingerprint = fingerprint(method, uri, body);
        Self { key, fingerprint, raw: fingerprint }
    }

    /// The same, also known by the SHA-256 of the raw body, which is what earlier versions stored.
    pub fn or_raw(self, method: &Method, uri: &Uri, body: &[u8]) -> Self {
        Self { raw: fingerprint(method, uri, body), ..self }
    }

    /// What the engine keeps: the key belongs to a merchant in one mode.
    pub fn of(&self, tenant: Tenant, vault: &Vault) -> IdempotencyKey {
        let key = hash(&[tenant.bytes(), self.key.as_bytes()]);
        let [fingerprint, raw] =
            [self.fingerprint, self.raw].map(|hash| vault.request_tag(tenant, &hash));
        IdempotencyKey { key, fingerprint, raw }
    }
}

fn fingerprint(method: &Method, uri: &Uri, body: &[u8]) -> Id16 {
    let asked = uri.path_and_query().map_or("", |asked| asked.as_str());
    // Neither a method nor a path has a space, so the parts cannot slide into each other.
    hash(&[method.as_str().as_bytes(), b" ", asked.as_bytes(), b" ", body])
}

/// The caller's key, if the route wants one.
pub fn read(headers: &HeaderMap, wanted: Idempotency) -> Result<Option<String>, Problem> {
    if wanted == Idempotency::Ignored {
        return Ok(None);
    }
    let Some(value) = headers.get(HEADER) else {
        return if wanted == Idempotency::Required { Err(missing()) } else { Ok(None) };
    };
    let bytes = value.as_bytes();
    let fits = (1..=IDEMPOTENCY_KEY_CHARS_MAX).contains(&bytes.len());
    if !fits || !bytes.iter().all(u8::is_ascii_graphic) {
        let detail = format!("send 1 to {IDEMPOTENCY_KEY_CHARS_MAX} visible ASCII characters");
        return Err(Problem::invalid(HEADER, detail));
    }
    Ok(Some(String::from_utf8_lossy(bytes).into_owned()))
}

fn missing() -> Problem {
    let summary = "this request moves money or goods, so it must be safe to repeat";
    let detail = "send a header that is new for every order or credit and the same for a repeat";
    Problem::at(ErrorCode::IdempotencyKeyRequired, summary, HEADER, detail)
}

/// The first half of SHA-256.
fn hash(parts: &[&[u8]]) -> Id16 {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    let full = digest.finalize();
    let mut half = [0; 16];
    half.copy_from_slice(&full[..16]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use kernel::{MerchantId, Mode};

    fn once(key: &str, path: &'static str, body: &[u8]) -> Once {
        Once::new(key.into(), &Method::POST, &Uri::from_static(path), &Sha256::digest(body))
    }

    #[test]
    fn a_repeat_is_the_same_key_path_and_body_of_one_tenant() {
        let live = Tenant::new(MerchantId([4; 16]), Mode::Live);
        let test = Tenant::new(MerchantId([4; 16]), Mode::Test);
        let (vault, _) = Vault::create(&vault::MasterKey::generate()).expect("a vault");
        let first = once("k", "/v1/orders", b"{}").of(live, &vault);
        assert_eq!(once("k", "/v1/orders", b"{}").of(live, &vault), first);
        assert_ne!(once("k", "/v1/orders", b"{}").of(test, &vault).key, first.key);
        assert_ne!(once("l", "/v1/orders", b"{}").of(live, &vault).key, first.key);
        for other in [
            once("k", "/v1/orders", b"{ }"),
            once("k", "/v1/wallet-credits", b"{}"),
            once("k", "/v1/orders?a=b", b"{}"),
        ] {
            assert_eq!(other.of(live, &vault).key, first.key);
            assert_ne!(other.of(live, &vault).fingerprint, first.fingerprint);
        }
    }

    #[test]
    fn the_hashes_are_halves_of_sha_256() {
        // The example of FIPS 180-4 for "abc".
        assert_eq!(hash(&[b"a", b"bc"])[..4], [0xba, 0x78, 0x16, 0xbf]);
    }

    #[test]
    fn keys_are_visible_ascii_of_limited_length() {
        let read_one = |value: &[u8]| {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, HeaderValue::from_bytes(value).expect("a header value"));
            read(&headers, Idempotency::Optional).map_err(|problem| problem.code)
        };
        assert_eq!(read_one(b"order-17"), Ok(Some("order-17".into())));
        assert_eq!(read_one(&[b'k'; 255]), Ok(Some("k".repeat(255))));
        for bad in [&b""[..], b"a b", "\u{5355}".as_bytes(), &[b'k'; 256]] {
            assert_eq!(read_one(bad), Err(ErrorCode::Invalid), "{bad:?}");
        }
    }

    #[test]
    fn a_missing_key_is_a_problem_where_one_is_required() {
        let none = HeaderMap::new();
        assert_eq!(read(&none, Idempotency::Optional), Ok(None));
        let problem = read(&none, Idempotency::Required).expect_err("it is required");
        assert_eq!(problem.code, ErrorCode::IdempotencyKeyRequired);
    }
}
