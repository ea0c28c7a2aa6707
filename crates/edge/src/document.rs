//! Completes each operation of the OpenAPI document from its line in the table of routes: the key's
//! scope, the `Idempotency-Key` header, and an answer for each error code.

use crate::approval::Held;
use crate::idempotency;
use crate::policy::{Idempotency, RoutePolicy, RouteState};
use crate::problem::{ErrorCode, ProblemDocument};
use axum::http::StatusCode;
use domain::identity::Scope;
use kernel::limits::IDEMPOTENCY_KEY_CHARS_MAX;
use std::collections::BTreeMap;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{AllOfBuilder, ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, HeaderBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr,
    Required, Response, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::UtoipaMethodRouter;

/// What any route with a scope may answer.
const OF_KEYS: [ErrorCode; 4] =
    [ErrorCode::Unauthorized, ErrorCode::Forbidden, ErrorCode::RateLimited, ErrorCode::Overloaded];

/// What a route that changes something may answer to a person beside that.
const OF_PEOPLE: [ErrorCode; 1] = [ErrorCode::Csrf];

/// What a route may answer to a person whose second factor was proven too long ago.
const OF_DANGER: [ErrorCode; 1] = [ErrorCode::StepUpRequired];

const KEY_SCHEME: &str = "key";

/// The document without its operations. The description is Markdown.
pub fn frame(description: &str) -> OpenApi {
    let info = InfoBuilder::new()
        .title("Tessera")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(description));
    let key = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
        "A secret key: `sk_test_…`, `sk_live_…`, or the operator's `ok_live_…`.",
    ));
    let mut schemas = vec![(ProblemDocument::name().into_owned(), ProblemDocument::schema())];
    ProblemDocument::schemas(&mut schemas);
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .security_scheme(KEY_SCHEME, SecurityScheme::Http(key.build()));
    OpenApiBuilder::new().info(info).components(Some(components.build())).build()
}

/// The one operation of a line, with its method and path.
pub fn operation(
    routes: &mut UtoipaMethodRouter<RouteState>,
) -> Option<(&'static str, String, &mut Operation)> {
    let (path, item) = routes.1.paths.iter_mut().next()?;
    let methods = [
        ("GET", &mut item.get),
        ("POST", &mut item.post),
        ("PATCH", &mut item.patch),
        ("DELETE", &mut item.delete),
    ];
    let mut found = methods.into_iter().filter_map(|(name, slot)| Some((name, slot.as_mut()?)));
    found.next().map(|(method, operation)| (method, path.clone(), operation))
}

/// All codes of an operation: its own, and those that follow from what it takes and who may use it.
pub fn codes(
    own: &[ErrorCode],
    access: RoutePolicy,
    method: &str,
    operation: &Operation,
) -> Vec<ErrorCode> {
    let changes = method != "GET" && access.scope.is_some();
    let dangerous = changes && access.scope.is_some_and(Scope::wants_factor);
    let has_body = operation.request_body.is_some();
    let takes_input = has_body || operation.parameters.is_some();
    let remembers = access.idempotency != Idempotency::Ignored;
    let follows = [
        (true, &[ErrorCode::Internal, ErrorCode::BadRequest][..]),
        (access.scope.is_some(), &OF_KEYS),
        (changes, &OF_PEOPLE),
        (dangerous, &OF_DANGER),
        (takes_input, &[ErrorCode::Invalid]),
        (has_body, &[ErrorCode::TooLarge, ErrorCode::UnsupportedMediaType]),
        (
            remembers,
            &[ErrorCode::Invalid, ErrorCode::IdempotencyKeyReused, ErrorCode::OutcomeUnknown],
        ),
        (access.idempotency == Idempotency::Required, &[ErrorCode::IdempotencyKeyRequired]),
    ];
    let follows = follows.iter().filter(|(applies, _)| *applies).flat_map(|(_, codes)| *codes);
    let mut codes: Vec<ErrorCode> = own.iter().chain(follows).copied().collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Writes into an operation what its line of the table says.
pub fn complete(operation: &mut Operation, access: RoutePolicy, codes: &[ErrorCode]) {
    if let Some(scope) = access.scope {
        operation.security = Some(vec![SecurityRequirement::new(KEY_SCHEME, [scope.name()])]);
    }
    for (status, answer) in &mut operation.responses.responses {
        if let RefOr::T(answer) = answer {
            complete_good(answer, status, access);
        }
    }
    if access.idempotency != Idempotency::Ignored {
        let parameters = operation.parameters.get_or_insert_default();
        parameters.push(RefOr::T(key_header(access.idempotency).into()));
    }
    for (status, names) in by_status(codes) {
        let answer = RefOr::Ref(Ref::from_response_name(names.join(".")));
        operation.responses.responses.insert(status.as_str().to_owned(), answer);
    }
}

/// Writes into an operation that it wants a key, whatever its scopes.
pub fn wants_any_key(operation: &mut Operation) {
    let nothing: [&str; 0] = [];
    operation.security = Some(vec![SecurityRequirement::new(KEY_SCHEME, nothing)]);
}

/// Writes into an operation that what a person asks for may wait for a second one.
pub fn may_wait(operation: &mut Operation) {
    let words = "It waits for a second person; only what people ask for does.";
    let content = Content::new(Some(Ref::from_schema_name(Held::name())));
    let waits = ResponseBuilder::new().description(words).content("application/json", content);
    operation.responses.responses.insert("202".to_owned(), RefOr::T(waits.build()));
}

/// The shared answers that [`complete`] refers to, by name.
pub fn refusals(codes: &[ErrorCode]) -> impl Iterator<Item = (String, RefOr<Response>)> {
    by_status(codes).into_values().map(|names| (names.join("."), RefOr::T(refusal(names))))
}

fn by_status(codes: &[ErrorCode]) -> BTreeMap<StatusCode, Vec<&'static str>> {
    let mut groups: BTreeMap<StatusCode, Vec<&'static str>> = BTreeMap::new();
    for code in codes {
        groups.entry(code.status()).or_default().push(code.name());
    }
    groups
}

fn complete_good(answer: &mut Response, status: &str, access: RoutePolicy) {
    if answer.description.is_empty() {
        let status = status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok());
        let words = status.and_then(|status| status.canonical_reason());
        answer.description = words.unwrap_or("Good").to_owned();
    }
    if access.idempotency != Idempotency::Ignored {
        let header = HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::Boolean)))
            .description(Some("`true` when the same was asked and answered before."))
            .build();
        answer.headers.insert("Idempotent-Replayed".to_owned(), RefOr::T(header));
    }
}

fn key_header(idempotency: Idempotency) -> ParameterBuilder {
    let required = idempotency == Idempotency::Required;
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(IDEMPOTENCY_KEY_CHARS_MAX));
    ParameterBuilder::new()
        .name(idempotency::HEADER)
        .parameter_in(ParameterIn::Header)
        .required(if required { Required::True } else { Required::False })
        .description(Some("New for every wish, the same for its repeats. Visible ASCII."))
        .schema(Some(text))
}

/// The answer of one status: a problem whose code is one of a few.
fn refusal(names: Vec<&'static str>) -> Response {
    let described: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let code = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names));
    let narrowed = AllOfBuilder::new()
        .item(Ref::from_schema_name(ProblemDocument::name()))
        .item(ObjectBuilder::new().property("code", code).required("code"));
    ResponseBuilder::new()
        .description(described.join(", "))
        .content("application/problem+json", Content::new(Some(narrowed)))
        .build()
}
