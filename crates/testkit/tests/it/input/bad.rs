//! The bad requests of one good request.

use super::mutate::mutants;
use super::{Bench, field_of};
use domain::resource::registry::ALL;
use edge::Idempotency;
use kernel::limits::{APPLIED_BODY_BYTES_MAX, JSON_BODY_BYTES_MAX};
use reqwest::{Body, Method, RequestBuilder};
use serde_json::Value;
use std::sync::atomic::{AtomicU64, Ordering};
use testkit::requests::{Gives, Request};

/// A request that must be refused.
pub struct Bad {
    pub what: String,
    pub request: RequestBuilder,
    pub refused: Refused,
}

/// How it must be refused.
#[derive(Clone)]
pub struct Refused {
    pub status: u16,
    pub code: &'static str,
    pub field: Option<String>,
}

impl Refused {
    const fn with(status: u16, code: &'static str) -> Self {
        Self { status, code, field: None }
    }

    fn invalid(field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::with(422, "invalid") }
    }
}

const UNKNOWN: Refused = Refused::with(404, "not_found");
const JSON: &str = "application/json";

/// Values that no parameter of these names takes, percent-encoded.
const BAD_QUERY: &[(&str, &[&str])] = &[
    ("state", &["", "OPEN", "waiting", "1", "%00"]),
    ("limit", &["0", "-1", "201", "x", "1e3", "1.5", "99999999999999999999", "", "%00", "%FF"]),
    ("after", &["x", "", "%00", "%0D%0A", "zzzzzzzzzzzzzzzzzzzzzzzzzzz", "ord_000"]),
    ("actor", &["", "nobody", "key_1", "psn_", "ord_00000000000000000000000000", "%00", "LONG"]),
    ("object", &["", "x", "ord_1", "_", "%00", "LONG"]),
    ("kind", &["", "x", "order.", "order.bought%00", "ORDER.BOUGHT", "LONG"]),
    ("from", &["", "yesterday", "2026-13-01T00:00:00Z", "0", "%00", "LONG"]),
    ("to", &["", "yesterday", "2026-02-30T00:00:00Z", "-1", "%00", "LONG"]),
    ("state", &["", "lost", "DELIVERED", "%00", "LONG"]),
    ("channel", &["", "shop", "%00", "LONG"]),
    ("method", &["", "cash", "WALLET", "%00", "LONG"]),
    ("cause", &["", "x", "%00", "LONG"]),
    ("order", &["", "x", "sku_01jd8x0e6vk3m9q5r7s2t4w6ya", "ord_", "%00", "LONG"]),
    ("product", &["", "x", "sku_01jd8x0e6vk3m9q5r7s2t4w6ya", "prd_", "%00", "LONG"]),
    ("sku", &["", "x", "prd_01jd8x0e6vk3m9q5r7s2t4w6ya", "%00", "LONG"]),
    ("buyer", &["", "ann", "byr_", "%00", "LONG"]),
    ("batch", &["", "x", "bat_", "%00", "LONG"]),
    ("amount_from", &["", "-1", "x", "1.5", "1e3", "99999999999999999999", "%00"]),
    ("amount_to", &["", "-1", "x", "1.5", "1e3", "99999999999999999999", "%00"]),
    ("created_from", &["", "yesterday", "2026-13-01T00:00:00Z", "0", "%00", "LONG"]),
    ("created_before", &["", "yesterday", "2026-02-30T00:00:00Z", "-1", "%00", "LONG"]),
    ("currency", &["", "cny", "XXX", "%00", "LONG"]),
    ("ids", &["", ",", "x", "psn_1", "key_00000000000000000000000000", "%00", "LONG"]),
    ("sort", &["", "x", "--amount", "%00", "LONG"]),
    ("external_id", &["", "%00", "a%0D%0AX-Injected:1", "LONG"]),
    ("number", &["", "%00", "LONG"]),
    ("password", &["", "a%0Ab", "LONG"]),
    ("valid_until", &["", "%7F", "LONG"]),
    ("separator", &["", "%22", "%0A", "%0D", "ab", "%E5%8D%95", "%00%00", "LONG"]),
    ("name", &["", "%00", "LONG"]),
    ("note", &["", "%00", "a%0Ab", "LONG"]),
    ("supplier", &["", "%1B", "LONG"]),
    ("unit_cost", &["", "x", "-1", "1.23456", "1e3", "99999999999999999999", "NaN", "1,5"]),
    ("columns", &["", "%00", "A", "number,number", "-", "LONG"]),
    ("encoding", &["", "x", "%00", "LONG"]),
    ("record", &["", "%00", "LONG"]),
    ("on_doubt", &["", "x", "%00"]),
    ("on_question", &["", "x", "%00"]),
    ("on_voided", &["", "x", "%00"]),
    ("kind", &["", "x", "duplicates", "%00"]),
    ("for", &["", "x", "writes", "%00"]),
    ("archived", &["", "x", "1", "TRUE", "%00"]),
    ("lang", &["", "x", "zh", "%00", "LONG"]),
    ("apply", &["", "x", "1", "TRUE", "%00"]),
    ("skip_errors", &["", "x", "1", "TRUE", "%00"]),
    ("outcome", &["", "ok", "DONE", "%00", "LONG"]),
    ("key", &["", "x", "key_", "ord_01jd8x0e6vk3m9q5r7s2t4w6ya", "%00", "LONG"]),
    ("payment", &["", "x", "pay_", "ord_01jd8x0e6vk3m9q5r7s2t4w6ya", "%00", "LONG"]),
    ("voucher", &["", "x", "vch_", "ord_01jd8x0e6vk3m9q5r7s2t4w6ya", "%00", "LONG"]),
    ("store", &["", "x", "sto_", "ord_01jd8x0e6vk3m9q5r7s2t4w6ya", "%00", "LONG"]),
    ("by", &["", "week", "DAY", "%00", "LONG"]),
];

/// What stands in a path in place of an id.
const BAD_IDS: &[&str] = &[
    "x",
    "0",
    "-1",
    "null",
    "%00",
    "%FF",
    "%0D%0AX-Injected:%201",
    "%2e%2e%2f%2e%2e%2fetc",
    "'%20OR%20'1'='1",
    "%F0%9F%8D%8E",
    "LONG",
];

/// Everything that must be refused.
pub fn all(bench: &Bench, ask: &Request, route: &open::RouteInfo) -> Vec<Bad> {
    let maker = Maker { bench, ask, route };
    let mut all = vec![maker.other_method()];
    if route.scope.is_some() {
        all.push(maker.unreadable_key());
    }
    all.extend(maker.ids());
    all.extend(maker.queries());
    all.extend(maker.idempotency());
    all.extend(maker.bodies());
    all
}

/// What the document allows or does not speak of.
pub fn odd(bench: &Bench, ask: &Request) -> Vec<(String, RequestBuilder)> {
    let Some((good, schema)) = json_body(bench, ask) else { return Vec::new() };
    let odd = mutants(&good).into_iter();
    let odd = odd.filter(|mutant| bench.document.allows(schema, &good, &mutant.body));
    let maker = |body: &Value| request(bench, ask, &path(bench, ask)).body(body.to_string());
    odd.map(|mutant| (mutant.what, maker(&mutant.body).header("content-type", JSON))).collect()
}

fn path(bench: &Bench, ask: &Request) -> String {
    bench.fixture.fill(&bench.fixture, ask.path)
}

/// The good body and its schema, for routes that take JSON.
fn json_body<'a>(bench: &'a Bench, ask: &Request) -> Option<(Value, &'a Value)> {
    let (method, path) = ask.route.split_once(' ')?;
    let schema = bench.document.body(method, path)?;
    let good = bench.fixture.fill(&bench.fixture, ask.body);
    Some((serde_json::from_str(&good).expect("a good body"), schema))
}

/// A request with a fresh idempotency key and without a body.
fn request(bench: &Bench, ask: &Request, path: &str) -> RequestBuilder {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let key = format!("bad-{}", COUNT.fetch_add(1, Ordering::Relaxed));
    bench.caller(ask).request(ask.method(), path).header("Idempotency-Key", key)
}

struct Maker<'a> {
    bench: &'a Bench,
    ask: &'a Request,
    route: &'a open::RouteInfo,
}

impl Maker<'_> {
    fn bad(&self, what: impl Into<String>, request: RequestBuilder, refused: Refused) -> Bad {
        Bad { what: what.into(), request, refused }
    }

    fn media_type(&self) -> &'static str {
        self.ask.media_type()
    }

    /// The good request at another path.
    fn at(&self, path: &str) -> RequestBuilder {
        let request = request(self.bench, self.ask, path);
        if self.ask.body.is_empty() {
            return request;
        }
        let body = self.bench.fixture.fill(&self.bench.fixture, self.ask.body);
        request.header("content-type", self.media_type()).body(body)
    }

    fn path(&self) -> String {
        path(self.bench, self.ask)
    }

    fn is_of_resources(&self) -> bool {
        ALL.iter().any(|any| self.route.path == format!("/v1/{}", any.kind.plural))
    }

    fn body_max(&self) -> usize {
        let applies = self.route.path.starts_with("/v1/resources/");
        if applies { APPLIED_BODY_BYTES_MAX } else { JSON_BODY_BYTES_MAX }
    }

    fn other_method(&self) -> Bad {
        let request = self.bench.caller(self.ask).request(Method::PUT, &self.path());
        self.bad("PUT", request, Refused::with(405, "method_not_allowed"))
    }

    fn unreadable_key(&self) -> Bad {
        let url = format!("{}{}", self.bench.app.url(), self.path());
        let request = reqwest::Client::new().request(self.ask.method(), url);
        let request = request.header("authorization", &b"Bearer sk_test_\xff\xfe"[..]);
        self.bad("a key that is no text", request, Refused::with(401, "unauthorized"))
    }

    /// Every id of the path in turn.
    fn ids(&self) -> Vec<Bad> {
        let words = self.ask.path.split('?').next().unwrap_or_default().split('/');
        let words = words.filter(|part| part.starts_with('{'));
        let mut all = Vec::new();
        for word in words {
            let good = self.bench.fixture.fill(&self.bench.fixture, word);
            let prefix = good.split('_').next().unwrap_or_default();
            let nobody = format!("{prefix}_{}", "0".repeat(26));
            let (longer, shorter) = (format!("{good}0"), good[..good.len() - 1].to_owned());
            let (other, bare) = (good.replacen(prefix, "zzz", 1), good.replacen(prefix, "", 1));
            let made = [nobody, longer, shorter, other, bare];
            let bad = made.into_iter().chain(BAD_IDS.iter().map(|bad| (*bad).to_owned()));
            all.extend(bad.map(|bad| {
                let bad = bad.replace("LONG", &"9".repeat(5_000));
                let template = self.ask.path.replacen(word, &bad, 1);
                let path = self.bench.fixture.fill(&self.bench.fixture, &template);
                self.bad(format!("the id {bad:.60}"), self.at(&path), UNKNOWN)
            }));
        }
        all
    }

    fn queries(&self) -> Vec<Bad> {
        let known = self.bench.document.query(self.route.method, &self.route.path);
        let path = self.path();
        let path = path.split('?').next().unwrap_or_default();
        let mut all = Vec::new();
        for name in &known {
            let bad = BAD_QUERY.iter().find(|(known, _)| known == name);
            // What no key of a resource takes.
            let of_keys = self.is_of_resources().then_some(&["", "%00"][..]);
            let bad = bad.map(|(_, bad)| *bad).or(of_keys);
            let bad = bad.unwrap_or_else(|| panic!("no bad values for the parameter {name}"));
            all.extend(bad.iter().map(|bad| {
                let path = format!("{path}?{name}={}", bad.replace("LONG", &"x".repeat(5_000)));
                self.bad(format!("{name}={bad}"), self.at(&path), Refused::invalid(*name))
            }));
            let twice = format!("{path}?{name}=1&{name}=1");
            all.push(self.bad(format!("{name} twice"), self.at(&twice), Refused::invalid(*name)));
        }
        if !known.is_empty() {
            let path = format!("{path}?unknown_parameter=1");
            let refused = Refused::invalid("unknown_parameter");
            all.push(self.bad("an unknown parameter", self.at(&path), refused));
        }
        all
    }

    fn idempotency(&self) -> Vec<Bad> {
        if self.route.idempotency == Idempotency::Ignored {
            return Vec::new();
        }
        // `at` has a good key already, so these requests are made from nothing.
        let keyless = || {
            let request = self.bench.caller(self.ask).request(self.ask.method(), &self.path());
            let body = self.bench.fixture.fill(&self.bench.fixture, self.ask.body);
            request.header("content-type", self.media_type()).body(body)
        };
        let long = "k".repeat(256);
        let bad: [&[u8]; 6] =
            [b"", long.as_bytes(), b"a b", b"a\tb", "单".as_bytes(), b"\xff\xfe\x80"];
        let mut all: Vec<Bad> = bad
            .iter()
            .map(|key| {
                let refused = Refused::invalid("Idempotency-Key");
                let request = keyless().header("Idempotency-Key", *key);
                self.bad(format!("a key of {} bytes", key.len()), request, refused)
            })
            .collect();
        if self.route.idempotency == Idempotency::Required {
            let refused = Refused::with(400, "idempotency_key_required");
            all.push(self.bad("no idempotency key", keyless(), refused));
        }
        all
    }

    fn bodies(&self) -> Vec<Bad> {
        if self.ask.body.is_empty() {
            return Vec::new();
        }
        let mut all = self.media_types();
        match json_body(self.bench, self.ask) {
            Some((good, schema)) => {
                all.extend(self.no_json(&good));
                all.extend(self.mutants(&good, schema));
            }
            None => {
                let empty = self.raw(b"".to_vec());
                all.push(self.bad("an empty file", empty, Refused::invalid("body")));
            }
        }
        all
    }

    fn media_types(&self) -> Vec<Bad> {
        let unsupported = Refused::with(415, "unsupported_media_type");
        let body = || self.bench.fixture.fill(&self.bench.fixture, self.ask.body);
        let without = || request(self.bench, self.ask, &self.path()).body(body());
        let types = ["application/xml", "multipart/form-data", "text/html; charset=utf-8", "", "x"];
        let wrong = if self.media_type() == JSON { "text/csv" } else { JSON };
        let mut all: Vec<Bad> = types
            .iter()
            .chain([&wrong])
            .map(|typed| {
                let request = without().header("content-type", *typed);
                self.bad(format!("the type {typed:?}"), request, unsupported.clone())
            })
            .collect();
        all.push(self.bad("no content type", without(), unsupported));
        all
    }

    fn raw(&self, body: Vec<u8>) -> RequestBuilder {
        let request = request(self.bench, self.ask, &self.path());
        request.header("content-type", self.media_type()).body(body)
    }

    /// Texts that are no JSON object, or too much of one.
    fn no_json(&self, good: &Value) -> Vec<Bad> {
        let good = good.to_string();
        let deep = |open: &str| open.repeat(JSON_BODY_BYTES_MAX / open.len() - 8).into_bytes();
        let utf16 = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let texts: Vec<(&str, Vec<u8>)> = vec![
            ("an open brace", b"{".to_vec()),
            ("an array", format!("[{good}]").into_bytes()),
            ("null", b"null".to_vec()),
            ("a text", b"\"x\"".to_vec()),
            ("a number", b"1".to_vec()),
            ("something behind it", format!("{good} {{}}").into_bytes()),
            ("NaN", br#"{"unknown_field":NaN}"#.to_vec()),
            ("single quotes", b"{'a':1}".to_vec()),
            ("a comma too much", good.replacen('{', "{,", 1).into_bytes()),
            ("half of it", good.as_bytes()[..good.len() - 1].to_vec()),
            ("invalid UTF-8", b"{\"\xff\xfe\":1}".to_vec()),
            ("half a surrogate pair", br#"{"\ud800":1}"#.to_vec()),
            ("UTF-16", utf16),
            ("a byte order mark", format!("\u{feff}{good}").into_bytes()),
            ("a null byte", b"{\0}".to_vec()),
            ("arrays in arrays", deep("[")),
            ("objects in objects", deep("{\"a\":")),
            ("arrays in an unknown field", [b"{\"a\":".to_vec(), deep("[")].concat()),
        ];
        let texts = texts.into_iter().map(|(what, text)| {
            let refused = Refused::with(422, "invalid");
            self.bad(format!("{what} as the body"), self.raw(text), refused)
        });
        let large = Refused::with(413, "too_large");
        let spaces = vec![b' '; self.body_max() + 1];
        let pieces = spaces.chunks(40_000).map(|piece| Ok::<_, std::io::Error>(piece.to_vec()));
        let stream = futures_util::stream::iter(pieces.collect::<Vec<_>>());
        let chunked = self.raw(Vec::new()).body(Body::wrap_stream(stream));
        let mut all: Vec<Bad> = texts.collect();
        all.push(self.bad("a huge body", self.raw(spaces), large.clone()));
        all.push(self.bad("a huge body without its length", chunked, large));
        all
    }

    /// What the document does not allow, and a field that is there twice.
    fn mutants(&self, good: &Value, schema: &Value) -> Vec<Bad> {
        let forbidden = mutants(good).into_iter();
        let forbidden =
            forbidden.filter(|mutant| !self.bench.document.allows(schema, good, &mutant.body));
        let mut all: Vec<Bad> = forbidden
            .map(|mutant| {
                let refused = Refused::invalid(field_of(&mutant.at));
                self.bad(mutant.what, self.raw(mutant.body.to_string().into_bytes()), refused)
            })
            .collect();
        if let Some((name, value)) = good.as_object().and_then(|fields| fields.iter().next()) {
            let start = format!("{{\"{name}\":{value},");
            let twice = good.to_string().replacen('{', &start, 1);
            let refused = Refused::invalid(name);
            all.push(self.bad(format!("{name} twice"), self.raw(twice.into_bytes()), refused));
        }
        all
    }
}

/// Whether a route is the operator's is told by what it gives to merchants.
#[test]
fn only_routes_of_the_operator_are_forbidden_to_merchants() {
    for route in open::routes(ALL) {
        let name = format!("{} {}", route.method, route.path);
        let of_operator = route.scope == Some(domain::identity::Scope::MerchantsWrite);
        for ask in testkit::requests::REQUESTS.iter().filter(|ask| ask.route == name) {
            assert_eq!(ask.gives == Gives::Forbidden, of_operator, "{name}");
        }
    }
}
