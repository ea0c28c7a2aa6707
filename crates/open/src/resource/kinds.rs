//! The kinds of resources that there are, for programs that draw forms and tables of kinds they never saw.

use super::schema;
use crate::catalog;
use axum::extract::State;
use domain::resource::{AnyKind, Field, Words, registry};
use edge::answer::{Answer, Answered};
use edge::extract::Pairs;
use edge::policy::RouteState;
use edge::problem::Problem;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Every kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceKinds {
    /// The kinds, in no order that means anything.
    data: Vec<ResourceKind>,
}

/// A kind of what people configure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceKind {
    /// Its name in scopes and in the journal: `<kind>:read`, `<kind>.created`.
    kind: &'static str,
    /// Its name in paths: `/v1/<plural>`.
    plural: &'static str,
    /// Whether there is one in each mode of a merchant: `/v1/<plural>` reads and edits it.
    single: bool,
    /// The kind whose files hold it; null where it has files of its own.
    within: Option<&'static str>,
    /// What can be done with it: of `list`, `create`, `get`, `edit`, `archive`, `restore`, `history`.
    operations: &'static [&'static str],
    /// What its ids start with.
    prefix: &'static str,
    /// The scope that reads it.
    read: &'static str,
    /// The scope that writes it.
    write: &'static str,
    /// Whether only people have these scopes, and no key; then it is of the live book and holds in both modes.
    of_people: bool,
    /// The JSON schema of what is sent to create one.
    schema: Map<String, Value>,
    /// What it is called.
    words: WordsOf,
    /// Its fields in the order in which a form shows them.
    fields: Vec<ResourceField>,
    /// A body that may be sent, but for the ids in it.
    sample: Map<String, Value>,
}

/// How a form and a table show a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceField {
    /// Its name in the body.
    name: &'static str,
    /// What it is called.
    words: WordsOf,
    /// Where it stands: 1, 2, 3 …
    order: usize,
    /// Fields of one group stand together.
    group: &'static str,
    /// What it is edited with: `text`, `prose`, `number`, `switch`, `choice`, `colour`, `date`, `money`, `words` (a text in each language), `list`, `object`, `picture`, `upload` (the id of a picture that was uploaded), `reference` or
    /// `secret`.
    widget: &'static str,
    /// Whether lists can be filtered and sorted by it.
    key: bool,
    /// Whether no two share a value of it.
    unique: bool,
    /// Whether it is sent and never told.
    secret: bool,
    /// Whether it is a picture: sent in base64, told as an address with what it is.
    picture: bool,
    /// The kind that it refers to.
    refers_to: Option<&'static str>,
}

/// A word in the languages of the console.
#[derive(Debug, Serialize, ToSchema)]
pub struct WordsOf {
    /// In Chinese.
    zh: &'static str,
    /// In English.
    en: &'static str,
}

/// Read which kinds of resources there are, with the schema of each, its words, and how a form shows its fields.
#[utoipa::path(
    get, path = "/v1/resources", tag = "resources", responses((status = 200, body = ResourceKinds))
)]
pub async fn list_resource_kinds(
    State(door): State<RouteState>,
    Pairs(pairs): Pairs,
) -> Answered<ResourceKinds> {
    if let Some((name, _)) = pairs.first() {
        return Err(Problem::invalid(name, "is not known here; remove it"));
    }
    let kinds = door.app.settings().kinds.iter().map(ResourceKind::of);
    let data = kinds.chain(catalog::kinds()).collect();
    Ok(Answer::ok(ResourceKinds { data }))
}

/// A kind that is configured on paths of its own.
pub struct Own {
    /// Its name.
    pub kind: &'static str,
    /// Its name in paths.
    pub plural: &'static str,
    /// What its ids start with.
    pub prefix: &'static str,
    /// The scope that reads it.
    pub read: &'static str,
    /// The scope that writes it.
    pub write: &'static str,
    /// The kind whose files hold it.
    pub within: Option<&'static str>,
    /// What can be done with it.
    pub operations: &'static [&'static str],
    /// What it is called.
    pub words: Words,
    /// How a form shows its fields.
    pub fields: &'static [Field],
    /// A body that may be sent.
    pub sample: &'static str,
}

impl From<Words> for WordsOf {
    fn from(Words { zh, en }: Words) -> Self {
        Self { zh, en }
    }
}

impl From<(usize, &Field)> for ResourceField {
    fn from((at, field): (usize, &Field)) -> Self {
        Self {
            name: field.name,
            words: field.words.into(),
            order: at + 1,
            group: field.group,
            widget: field.widget,
            key: false,
            unique: false,
            secret: false,
            picture: false,
            refers_to: None,
        }
    }
}

impl ResourceKind {
    /// A kind of resources.
    fn of(any: &AnyKind) -> Self {
        let (keys, refs) = (any.keys(), any.refs());
        let field = |(at, field): (usize, &Field)| {
            let key = keys.iter().find(|key| key.name == field.name);
            let to = refs.iter().find(|to| to.name == field.name);
            ResourceField {
                key: key.is_some(),
                unique: key.is_some_and(|key| key.unique),
                secret: any.secrets.contains(&field.name),
                picture: any.pictures.contains(&field.name),
                refers_to: to.and_then(|to| registry::numbered(to.kind)).map(|to| to.kind.word),
                ..ResourceField::from((at, field))
            }
        };
        let single = any.initial().is_some();
        Self {
            kind: any.kind.word,
            plural: any.kind.plural,
            single,
            within: None,
            operations: if single {
                &["get", "edit", "history"]
            } else {
                &["list", "create", "get", "edit", "archive", "restore", "history"]
            },
            prefix: any.kind.prefix,
            read: any.kind.read,
            write: any.kind.write,
            of_people: any.of_people,
            schema: schema::alone(any),
            words: any.words.into(),
            fields: any.fields.iter().enumerate().map(field).collect(),
            sample: serde_json::from_str(any.sample).unwrap_or_default(),
        }
    }

    /// A kind that is configured on paths of its own; `T` is what is sent to create one.
    pub fn own<T: ToSchema>(own: &Own) -> Self {
        Self {
            kind: own.kind,
            plural: own.plural,
            single: false,
            within: own.within,
            operations: own.operations,
            prefix: own.prefix,
            read: own.read,
            write: own.write,
            of_people: false,
            schema: schema::alone_of::<T>(),
            words: own.words.into(),
            fields: own.fields.iter().enumerate().map(ResourceField::from).collect(),
            sample: serde_json::from_str(own.sample).unwrap_or_default(),
        }
    }
}
