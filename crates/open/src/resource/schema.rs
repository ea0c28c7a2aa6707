//! Schemas of a kind: what is sent to create and to edit one, and what is answered. All follow from the type's own.

use super::routes::has_own_answers;
use domain::resource::AnyKind;
use kernel::limits::{LOGO_BYTES_MAX, RESOURCE_SECRET_CHARS_MAX};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, KnownFormat, Object, ObjectBuilder, OneOfBuilder,
    SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr, Schema};

/// A schema with its name.
type Named = (String, RefOr<Schema>);

/// The names of a kind's schemas.
pub struct Names {
    /// What is sent to create one.
    pub new: String,
    /// What is sent to edit one.
    pub change: String,
    /// One as it is.
    pub one: String,
    /// A page of them.
    pub page: String,
    /// A page of versions of one.
    pub versions: String,
}

impl Names {
    /// Those of a kind.
    pub fn of(any: &AnyKind) -> Self {
        let ((name, _), _) = (any.schema)();
        Self {
            new: format!("New{name}"),
            change: format!("{name}Change"),
            page: format!("{name}Page"),
            versions: format!("{name}Versions"),
            one: name,
        }
    }
}

/// Every schema of a kind.
pub fn all(any: &AnyKind) -> Vec<Named> {
    let (stored, others) = object(any);
    let names = Names::of(any);
    let version = answered(any, stored.clone(), true);
    if any.initial().is_some() {
        let mut all = vec![(names.versions, page(version))];
        if !has_own_answers(any) {
            all.push((names.change, change(any, stored.clone())));
            all.push((names.one, the_one(stored)));
        }
        return [all, others].concat();
    }
    let one = answered(any, stored.clone(), false);
    let mut all = vec![
        (names.new, sent(any, stored.clone())),
        (names.change, change(any, stored)),
        (names.page, page(Ref::from_schema_name(&names.one).into())),
        (names.versions, page(version)),
        (names.one, one),
    ];
    all.extend(others);
    all
}

/// The schema of what is sent to edit one, with what it names.
pub fn of_change(any: &AnyKind) -> (RefOr<Schema>, Vec<Named>) {
    let (stored, others) = object(any);
    (change(any, stored), others)
}

/// The schema of what is sent to create one, whole in itself.
pub fn alone(any: &AnyKind) -> Map<String, Value> {
    let (stored, others) = object(any);
    inlined(&sent(any, stored), others)
}

/// The schema of a type, whole in itself.
pub fn alone_of<T: ToSchema>() -> Map<String, Value> {
    let mut others = Vec::new();
    T::schemas(&mut others);
    inlined(&T::schema(), others)
}

fn inlined(schema: &RefOr<Schema>, others: Vec<Named>) -> Map<String, Value> {
    let named = others.into_iter().map(|(name, schema)| (name, json!(schema))).collect();
    match whole(&named, json!(schema)) {
        Value::Object(schema) => schema,
        other => unreachable!("a schema is an object: {other}"),
    }
}

/// A schema with what it names in the place of each name. Kinds do not name themselves.
fn whole(named: &BTreeMap<String, Value>, schema: Value) -> Value {
    match schema {
        Value::Array(items) => items.into_iter().map(|item| whole(named, item)).collect(),
        Value::Object(mut fields) => {
            if let Some(Value::String(path)) = fields.remove("$ref") {
                let name = path.rsplit('/').next().unwrap_or_default();
                if let Some(Value::Object(meant)) = named.get(name) {
                    let told = std::mem::replace(&mut fields, meant.clone());
                    fields.extend(told);
                }
            }
            fields.into_iter().map(|(name, value)| (name, whole(named, value))).collect()
        }
        plain => plain,
    }
}

/// The body as it is stored, and what it names.
fn object(any: &AnyKind) -> (Object, Vec<Named>) {
    match (any.schema)() {
        ((_, RefOr::T(Schema::Object(object))), others) => (object, others),
        ((name, _), _) => unreachable!("{name} is a struct"),
    }
}

fn sent(any: &AnyKind, mut body: Object) -> RefOr<Schema> {
    for secret in any.secrets {
        body.properties.insert((*secret).to_owned(), secret_text());
    }
    for picture in any.pictures {
        body.properties.insert((*picture).to_owned(), picture_text());
    }
    body.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    RefOr::T(Schema::Object(body))
}

/// Every field may be absent, and what is not required may be null, which takes it away.
fn change(any: &AnyKind, mut body: Object) -> RefOr<Schema> {
    let required = std::mem::take(&mut body.required);
    for (name, property) in &mut body.properties {
        if !required.contains(name) && !takes_null(property) {
            let none = ObjectBuilder::new().schema_type(Type::Null);
            let either = OneOfBuilder::new().item(property.clone()).item(none);
            *property = RefOr::T(Schema::OneOf(either.build()));
        }
    }
    body.description = Some("Fields to replace. What is absent stays; null takes away.".to_owned());
    sent(any, body)
}

fn takes_null(property: &RefOr<Schema>) -> bool {
    match property {
        RefOr::T(Schema::Object(object)) => {
            matches!(&object.schema_type, SchemaType::Array(types) if types.contains(&Type::Null))
        }
        RefOr::T(Schema::OneOf(either)) => either.items.iter().any(|item| {
            matches!(item, RefOr::T(Schema::Object(none))
                if matches!(none.schema_type, SchemaType::Type(Type::Null)))
        }),
        _ => false,
    }
}

fn answered(any: &AnyKind, body: Object, is_version: bool) -> RefOr<Schema> {
    let text =
        |words: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(words));
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let time = || Ref::from_schema_name("Time");
    let maybe = |item: RefOr<Schema>| {
        let none = ObjectBuilder::new().schema_type(Type::Null);
        OneOfBuilder::new().item(none).item(item)
    };
    let id =
        text("Its id.").pattern(Some(format!("^{}_[0-9a-hjkmnp-tv-z]{{26}}$", any.kind.prefix)));
    let mut whole = ObjectBuilder::new()
        .description(body.description)
        .property("id", id)
        .property("version", number.description(Some("Grows by one with each change; its `ETag`.")))
        .property("created_at", time())
        .property("edited_at", time())
        .property("archived_at", maybe(time().into()))
        .required("id")
        .required("version")
        .required("created_at")
        .required("edited_at")
        .required("archived_at");
    if is_version {
        let by = maybe(Ref::from_schema_name("Actor").into());
        whole = whole.property("by", by.description(Some("Who asked."))).required("by");
    }
    for (name, property) in body.properties {
        whole = whole.property(name, property);
    }
    body.required.into_iter().fold(whole, ObjectBuilder::required).into()
}

/// What each book has one of, as it is answered.
fn the_one(body: Object) -> RefOr<Schema> {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let words = "Grows by one with each edit; 0 before the first one. Its `ETag`.";
    let whole = ObjectBuilder::new().description(body.description);
    let whole = whole.property("version", number.description(Some(words))).required("version");
    let whole = body
        .properties
        .into_iter()
        .fold(whole, |whole, (name, schema)| whole.property(name, schema));
    body.required.into_iter().fold(whole, ObjectBuilder::required).into()
}

fn page(item: RefOr<Schema>) -> RefOr<Schema> {
    let next = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some("Send it as `after` for the next page; null when there is none."));
    ObjectBuilder::new()
        .property("data", ArrayBuilder::new().items(item))
        .property("next", next)
        .required("data")
        .required("next")
        .into()
}

fn secret_text() -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .min_length(Some(1))
        .max_length(Some(RESOURCE_SECRET_CHARS_MAX))
        .write_only(true)
        .description(Some("A secret: it is sent and never told."))
        .into()
}

fn picture_text() -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Byte)))
        .max_length(Some(LOGO_BYTES_MAX.div_ceil(3) * 4))
        .description(Some(
            "A square PNG, JPEG or WebP picture of at most 32 KiB and 2048 pixels a side, in base64. It is kept at no \
             more than 256 pixels.",
        ))
        .into()
}
