//! Read resources of any kind as configuration files hold them.

use super::list::wanted;
use domain::identity::Scope;
use domain::resource::{AnyKind, Row};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{At, Pairs};
use edge::problem::Problem;
use serde::Serialize;
use serde_json::{Map, Value};
use store::resource::read::List;
use utoipa::ToSchema;

/// A page of resources of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct StoredResources {
    /// The resources.
    data: Vec<StoredResource>,
    /// Send it as `after` for the next page; null when there is none.
    next: Option<String>,
}

/// A resource as a configuration file holds it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StoredResource {
    /// Its id.
    id: String,
    /// Its version, which no file holds.
    version: i64,
    /// The shape of its fields.
    shape: i64,
    /// Its fields without secrets, as they are sent to save it.
    body: Map<String, Value>,
}

/// Read the resources of a kind as files hold them: any kind alike, without secrets. Also wants the scope that reads the kind.
#[utoipa::path(
    get, path = "/v1/resources/{kind}", tag = "resources",
    params(
        ("kind" = String, Path, description = "As `GET /v1/resources` names it."),
        ("archived" = Option<bool>, Query, description = "Whether those that are archived are read, in place of the others."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Items of the page."),
        ("after" = Option<String>, Query, description = "`next` of the page before."),
    ),
    responses((status = 200, body = StoredResources))
)]
pub async fn list_stored_resources(
    caller: Caller,
    At(kind): At<String>,
    Pairs(pairs): Pairs,
) -> Answered<StoredResources> {
    let any = caller.settings().kinds.iter().find(|any| any.kind.word == kind);
    let any = any.ok_or_else(|| Problem::not_found("kind"))?;
    if let Some(scope) = Scope::parse(any.kind.read) {
        caller.may(scope)?;
    }
    let wanted = wanted(&[], &pairs)?;
    let list = List { limit: wanted.limit + 1, ..wanted.clone() };
    let mut rows = caller.reader().resources(caller.tenant(), any.kind.number, &list).await?;
    let more = rows.len() > wanted.limit as usize;
    rows.truncate(wanted.limit as usize);
    let next =
        rows.last().filter(|_| more).map(|(row, _)| super::list::cursor(&wanted.order, row, &[]));
    let data = rows.iter().map(|(row, _)| StoredResource::of(any, row));
    Ok(Answer::ok(StoredResources { data: data.collect::<Result<_, _>>()?, next }))
}

impl StoredResource {
    fn of(any: &AnyKind, row: &Row) -> Result<Self, Problem> {
        let body = any.stored(row.shape, &row.body);
        let body =
            body.ok_or_else(|| Problem::internal("a stored resource is none of its kind"))?;
        let mut fields = body.fields().0;
        any.secrets.iter().for_each(|secret| {
            fields.remove(*secret);
        });
        Ok(Self {
            id: any.kind.write(&row.id),
            version: row.version,
            shape: any.shape,
            body: fields,
        })
    }
}
