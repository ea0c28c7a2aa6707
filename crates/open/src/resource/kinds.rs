//! The kinds of resources that there are, for programs that draw forms and tables of kinds they never saw.

use super::schema;
use axum::extract::State;
use domain::resource::{AnyKind, Field, registry};
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

/// A kind of resources.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceKind {
    /// Its name in scopes and in the journal: `<kind>:read`, `<kind>.created`.
    kind: &'static str,
    /// Its name in paths: `/v1/<plural>`.
    plural: &'static str,
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
    /// What it is edited with: `text`, `prose`, `number`, `switch`, `choice`, `colour`, `date`, `reference` or `secret`.
    widget: &'static str,
    /// Whether lists can be filtered and sorted by it.
    key: bool,
    /// Whether no two share a value of it.
    unique: bool,
    /// Whether it is sent and never told.
    secret: bool,
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
    let data = door.app.settings().kinds.iter().map(ResourceKind::of).collect();
    Ok(Answer::ok(ResourceKinds { data }))
}

impl ResourceKind {
    fn of(any: &AnyKind) -> Self {
        let (keys, refs) = (any.keys(), any.refs());
        let field = |(at, field): (usize, &Field)| {
            let key = keys.iter().find(|key| key.name == field.name);
            let to = refs.iter().find(|to| to.name == field.name);
            ResourceField {
                name: field.name,
                words: WordsOf { zh: field.words.zh, en: field.words.en },
                order: at + 1,
                group: field.group,
                widget: field.widget,
                key: key.is_some(),
                unique: key.is_some_and(|key| key.unique),
                secret: any.secrets.contains(&field.name),
                refers_to: to.and_then(|to| registry::numbered(to.kind)).map(|to| to.kind.word),
            }
        };
        Self {
            kind: any.kind.word,
            plural: any.kind.plural,
            prefix: any.kind.prefix,
            read: any.kind.read,
            write: any.kind.write,
            of_people: any.of_people,
            schema: schema::alone(any),
            words: WordsOf { zh: any.words.zh, en: any.words.en },
            fields: any.fields.iter().enumerate().map(field).collect(),
            sample: serde_json::from_str(any.sample).unwrap_or_default(),
        }
    }
}
