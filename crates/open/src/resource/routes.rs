//! The routes of a kind, each with its part of the OpenAPI document.

use super::schema::{Names, all};
use super::{change, history, list, read};
use crate::routes::Handler;
use axum::routing::{MethodRouter, get, patch, post};
use domain::approval::policy::ApprovalPolicy;
use domain::identity::Scope;
use domain::resource::save::Wish;
use domain::resource::{AnyKind, Fields, Key, KeyType, Resource};
use domain::shop::ShopStyle;
use edge::auth::Caller;
use edge::extract::{Ask, At, IfMatch, Nothing, Pairs};
use edge::policy::RouteState;
use edge::problem::ErrorCode;
use edge::wire::{Actor, Time};
use kernel::limits::{PAGE_ITEMS_MAX, RESOURCE_KEY_BYTES_MAX};
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn, PathItem, PathsBuilder,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Content, HeaderBuilder, Ref, RefOr, Required, ResponseBuilder, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A route of a kind: how it is lined up in the table.
pub struct Route {
    /// The scope of its kind.
    pub scope: Scope,
    /// Whether it changes something.
    pub writes: bool,
    /// Codes beside those that follow.
    pub codes: Vec<ErrorCode>,
    /// The handler with its document.
    pub handler: Handler,
}

/// The routes of a kind. Of one of which each book has one, what there is is read and edited, on paths without ids.
#[rustfmt::skip] // One line a route.
pub fn lines(any: &'static AnyKind) -> Vec<Route> {
    if any.initial().is_some() {
        let own = if has_own_answers(any) { Vec::new() } else { of_the_one(any) };
        return own.into_iter().chain([only_history(any)]).collect();
    }
    use ErrorCode::{InUse, LimitExceeded, NotFound, PreconditionFailed, ResourceState, Taken};
    let (word, plural, names) = (any.kind.word, any.kind.plural, Names::of(any));
    let (whole, one) = (format!("/v1/{plural}"), format!("/v1/{plural}/{{id}}"));
    let below = |what: &str| format!("/v1/{plural}/{{id}}/{what}");
    let put = |name: &str, summary: &str, answer: &str| {
        with_id(operation(any, &format!("{name}_{word}"), summary, "200", answer)).parameter(if_match())
    };
    let nothing = Nothing::name();
    let read = |handler| Route { scope: Scope::ResourceRead(any.kind.number), writes: false, codes: vec![NotFound], handler };
    let write = |codes: &[ErrorCode], handler| Route { scope: Scope::ResourceWrite(any.kind.number), writes: true, codes: codes.to_vec(), handler };
    let listed = operation(any, &format!("list_{plural}"), "List them, newest first unless it is asked otherwise.", "200", &names.page);
    vec![
        write(&[NotFound, Taken, LimitExceeded], bind(any, HttpMethod::Post, &whole,
            body(operation(any, &format!("create_{word}"), "Create one.", "201", &names.one), &names.new),
            post(move |caller: Caller, ask: Ask<Fields>| change::create(any, caller, ask)))),
        Route { codes: vec![], ..read(bind(any, HttpMethod::Get, &whole, list_parameters(listed, &any.keys()),
            get(move |caller: Caller, pairs: Pairs| list::list(any, caller, pairs)))) },
        read(bind(any, HttpMethod::Get, &one, with_id(operation(any, &format!("get_{word}"), "Read one, archived or not.", "200", &names.one)),
            get(move |caller: Caller, At(id): At<String>| read::get(any, caller, id)))),
        write(&[NotFound, Taken, ResourceState, PreconditionFailed], bind(any, HttpMethod::Patch, &one,
            body(put("edit", "Edit one: fields that are sent take the place of those that are there; null takes one away.", &names.one), &names.change),
            patch(move |caller: Caller, At(id): At<String>, seen: IfMatch, ask: Ask<Fields>| change::edit(any, caller, id, seen, ask)))),
        write(&[NotFound, InUse, PreconditionFailed, ResourceState], bind(any, HttpMethod::Post, &below("archive"),
            body(put("archive", "Archive one that nobody refers to: it is out of lists, and its unique values are free.", &names.one), &nothing),
            post(move |caller: Caller, At(id): At<String>, seen: IfMatch, ask: Ask<Nothing>| change::put(any, Wish::Archive, caller, id, seen, ask)))),
        write(&[NotFound, Taken, PreconditionFailed, ResourceState], bind(any, HttpMethod::Post, &below("restore"),
            body(put("restore", "Take one back that was archived.", &names.one), &nothing),
            post(move |caller: Caller, At(id): At<String>, seen: IfMatch, ask: Ask<Nothing>| change::put(any, Wish::Restore, caller, id, seen, ask)))),
        read(bind(any, HttpMethod::Get, &below("history"),
            pages(with_id(operation(any, &format!("list_{word}_versions"), "Read its versions, newest first.", "200", &names.versions))),
            get(move |caller: Caller, At(id): At<String>, pairs: Pairs| history::history(any, caller, id, pairs)))),
    ]
}

/// Reading and editing what each book has one of.
#[rustfmt::skip] // One line a route.
fn of_the_one(any: &'static AnyKind) -> Vec<Route> {
    let (word, names, path) = (any.kind.word, Names::of(any), format!("/v1/{}", any.kind.plural));
    let told = |name: &str, summary: &str| operation(any, &format!("{name}_{word}"), summary, "200", &names.one);
    let seen = told("edit", "Edit it: fields that are sent take the place of those that are there; null takes one away.").parameter(if_match());
    let codes = vec![ErrorCode::NotFound, ErrorCode::PreconditionFailed];
    let read = Route { scope: scope(any.kind.read, Scope::ResourceRead(any.kind.number)), writes: false, codes: vec![],
        handler: bind(any, HttpMethod::Get, &path, told("get", "Read it."),
            get(move |caller: Caller| read::the_one(any, caller))) };
    if any.kind.is_of_operator() {
        return vec![read];
    }
    vec![
        read,
        Route { scope: scope(any.kind.write, Scope::ResourceWrite(any.kind.number)), writes: true, codes,
            handler: bind(any, HttpMethod::Patch, &path, body(seen, &names.change),
                patch(move |caller: Caller, seen: IfMatch, ask: Ask<Fields>| change::the_one(any, caller, seen, ask))) },
    ]
}

fn only_history(any: &'static AnyKind) -> Route {
    let (word, versions) = (any.kind.word, Names::of(any).versions);
    let told = operation(
        any,
        &format!("list_{word}_versions"),
        "Read its versions, newest first.",
        "200",
        &versions,
    );
    let path = format!("/v1/{}/history", any.kind.plural);
    let handler = bind(
        any,
        HttpMethod::Get,
        &path,
        pages(told),
        get(move |caller: Caller, pairs: Pairs| {
            history::history(any, caller, any.kind.write(&any.kind.only_id()), pairs)
        }),
    );
    Route {
        scope: scope(any.kind.read, Scope::ResourceRead(any.kind.number)),
        writes: false,
        codes: vec![],
        handler,
    }
}

/// Whether a kind of which each book has one is answered in a form that is older than this mechanism.
pub fn has_own_answers(any: &AnyKind) -> bool {
    [ShopStyle::KIND.number, ApprovalPolicy::KIND.number].contains(&any.kind.number)
}

/// The scope of a name, which is a kind's own unless that is older.
fn scope(name: &str, own: Scope) -> Scope {
    Scope::parse(name).unwrap_or(own)
}

/// A handler with its place in the document, and the schemas that it names.
fn bind(
    any: &AnyKind,
    method: HttpMethod,
    path: &str,
    operation: OperationBuilder,
    handler: MethodRouter<RouteState>,
) -> Handler {
    let operation: Operation = operation.build();
    let paths = PathsBuilder::new().path(path, PathItem::new(method, operation)).build();
    let mut schemas = all(any);
    schemas.push((Time::name().into_owned(), Time::schema()));
    schemas.push((Actor::name().into_owned(), Actor::schema()));
    schemas.push((Nothing::name().into_owned(), Nothing::schema()));
    (schemas, paths, handler)
}

fn operation(
    any: &AnyKind,
    id: &str,
    summary: &str,
    status: &str,
    answer: &str,
) -> OperationBuilder {
    let content = Content::new(Some(Ref::from_schema_name(answer)));
    let tag = HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .description(Some("The version, for `If-Match`."))
        .build();
    let mut good = ResponseBuilder::new().content("application/json", content).build();
    if answer == Names::of(any).one {
        good.headers.insert("ETag".to_owned(), RefOr::T(tag));
    }
    let summary = format!("{}: {summary}", any.words.en);
    OperationBuilder::new()
        .operation_id(Some(id))
        .tag(any.kind.plural)
        .summary(Some(summary))
        .response(status, good)
}

fn body(operation: OperationBuilder, name: &str) -> OperationBuilder {
    let content = Content::new(Some(Ref::from_schema_name(name)));
    let body = RequestBodyBuilder::new().content("application/json", content);
    operation.request_body(Some(body.required(Some(Required::True)).build()))
}

fn with_id(operation: OperationBuilder) -> OperationBuilder {
    let id = ObjectBuilder::new().schema_type(Type::String);
    operation.parameter(
        ParameterBuilder::new()
            .name("id")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(id)),
    )
}

fn query(name: &str, schema: impl Into<RefOr<Schema>>, words: String) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(words))
        .schema(Some(schema))
}

fn pages(operation: OperationBuilder) -> OperationBuilder {
    let limit = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(1))
        .maximum(Some(PAGE_ITEMS_MAX))
        .default(Some(super::view::ITEMS_USUAL.into()));
    let after = ObjectBuilder::new().schema_type(Type::String);
    operation.parameter(query("limit", limit, "Items of the page.".to_owned())).parameter(query(
        "after",
        after,
        "`next` of the page before.".to_owned(),
    ))
}

fn list_parameters(operation: OperationBuilder, keys: &[Key]) -> OperationBuilder {
    let archived = ObjectBuilder::new().schema_type(Type::Boolean).default(Some(false.into()));
    let words = "Whether those that are archived are listed, in place of the others.";
    let mut operation = pages(operation).parameter(query("archived", archived, words.to_owned()));
    if !keys.is_empty() {
        let orders = keys.iter().flat_map(|key| [key.name.to_owned(), format!("-{}", key.name)]);
        let orders: Vec<String> = orders.collect();
        let sort = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(orders));
        let words = "By which key; from the largest on after `-`.";
        operation = operation.parameter(query("sort", sort, words.to_owned()));
    }
    keys.iter().fold(operation, |operation, key| {
        let kind = match key.values {
            KeyType::Int => Type::Integer,
            KeyType::Bool => Type::Boolean,
            KeyType::Text | KeyType::Time | KeyType::Id(_) => Type::String,
        };
        let schema = ObjectBuilder::new().schema_type(kind);
        let schema = match key.values {
            KeyType::Text => schema.max_length(Some(RESOURCE_KEY_BYTES_MAX)),
            _ => schema,
        };
        let words = format!("Only those that have it: {}.", key.values.words());
        operation.parameter(query(key.name, schema, words))
    })
}

fn if_match() -> ParameterBuilder {
    ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("The `ETag` that was seen: anything newer is left as it is."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
}
