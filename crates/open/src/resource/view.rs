//! Resources as callers see them: the fields of the body beside what every resource has.

use domain::resource::{AnyKind, Fields, Row};
use edge::problem::Problem;
use edge::wire::{Actor, Time, Wire};
use kernel::limits::PAGE_ITEMS_MAX;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A resource.
#[derive(Debug, Serialize)]
pub struct View {
    id: String,
    version: i64,
    created_at: Time,
    edited_at: Time,
    archived_at: Option<Time>,
    #[serde(flatten)]
    body: Fields,
}

/// What each book has one of.
#[derive(Debug, Serialize)]
pub struct OneView {
    version: i64,
    #[serde(flatten)]
    body: Fields,
}

/// A resource as it was in a version.
#[derive(Debug, Serialize)]
pub struct VersionView {
    by: Option<Actor>,
    #[serde(flatten)]
    view: View,
}

/// A page of resources or versions.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    /// The items.
    pub data: Vec<T>,
    /// Where the next page begins; null at the end.
    pub next: Option<String>,
}

impl View {
    /// A stored resource, its fields in the newest shape.
    pub fn of(any: &AnyKind, row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            id: any.kind.write(&row.id),
            version: row.version,
            created_at: Wire(row.created_at),
            edited_at: Wire(row.edited_at),
            archived_at: row.archived_at.map(Wire),
            body: fields(any, row)?,
        })
    }
}

impl OneView {
    /// As it is stored, its fields in the newest shape; as it is before anybody saved it, in version 0.
    pub fn of(any: &AnyKind, row: &Row) -> Result<Self, Problem> {
        Ok(Self { version: row.version, body: fields(any, row)? })
    }
}

fn fields(any: &AnyKind, row: &Row) -> Result<Fields, Problem> {
    let body = any.stored(row.shape, &row.body);
    let body = body.ok_or_else(|| Problem::internal("a stored resource is none of its kind"))?;
    Ok(body.fields())
}

impl VersionView {
    /// A stored version, with who asked for it.
    pub fn of(any: &AnyKind, (row, by): &store::resource::read::Version) -> Result<Self, Problem> {
        Ok(Self { by: by.map(Wire), view: View::of(any, row)? })
    }
}

/// Items of a page when the caller does not say.
pub const ITEMS_USUAL: u32 = 50;

/// How many items a page shall have.
pub fn limit(text: &str) -> Result<u32, Problem> {
    let number = text.parse().ok().filter(|number| (1..=PAGE_ITEMS_MAX).contains(number));
    let detail = || format!("expected a whole number from 1 to {PAGE_ITEMS_MAX}");
    number.ok_or_else(|| Problem::invalid("limit", detail()))
}

/// The refusal of what is no `next` of ours.
pub fn no_cursor() -> Problem {
    Problem::invalid("after", "expected `next` of an earlier page")
}

/// A resource changed. `kind` is the word of its kind and what became of it, as `sample_place.created`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceFact {
    /// The kind of fact: the resource's kind and `created`, `edited`, `archived` or `restored`.
    kind: String,
    /// Its id.
    id: String,
    /// The version that it has now.
    version: i64,
    /// The shape of its fields.
    shape: i64,
    /// The version of the configuration that it made, of kinds that orders depend on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stamp: Option<i64>,
    /// When it was made.
    created_at: Time,
    /// When it changed.
    at: Time,
    /// Its fields before, where they are others now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Map<String, Value>>,
    /// Its fields now, without secrets.
    after: Map<String, Value>,
    /// Secrets that were set or taken away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    secrets: Vec<String>,
}

impl ResourceFact {
    /// The id of what it is about.
    pub fn subject(&self) -> String {
        self.id.clone()
    }
}
