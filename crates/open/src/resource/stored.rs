//! Read resources of any kind as configuration files hold them.

use super::apply::PRODUCT;
use super::list::{cursor, cursor_of, wanted};
use crate::catalog::settings;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::identity::Scope;
use domain::resource::{AnyKind, Row};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{At, Pairs};
use edge::problem::Problem;
use kernel::ProductId;
use serde::Serialize;
use serde_json::{Map, Value};
use store::read::Page;
use store::resource::read::{List, Order};
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
    if any.is_none() && kind != PRODUCT {
        return Err(Problem::not_found("kind"));
    }
    if let Some(scope) = Scope::parse(any.map_or("catalog:read", |any| any.kind.read)) {
        caller.may(scope)?;
    }
    if any.is_none() {
        // A file without costs would take them away where it is applied.
        caller.may(Scope::CostsRead)?;
    }
    let wanted = wanted(&[], &pairs)?;
    let list = List { limit: wanted.limit + 1, ..wanted.clone() };
    let shown = wanted.limit as usize;
    let Some(any) = any else { return products(&caller, &list, shown).await };
    let mut rows = caller.reader().resources(caller.tenant(), any.kind.number, &list).await?;
    let more = rows.len() > shown;
    rows.truncate(shown);
    let next = rows.last().filter(|_| more).map(|(row, _)| cursor(&wanted.order, row, &[]));
    let mut data = Vec::with_capacity(rows.len());
    for (row, _) in &rows {
        data.push(StoredResource::of(any, row, &caller).await?);
    }
    Ok(Answer::ok(StoredResources { data, next }))
}

/// Products are never archived.
async fn products(caller: &Caller, list: &List, shown: usize) -> Answered<StoredResources> {
    let Order::Newest { after } = list.order else { return Err(Problem::not_found("kind")) };
    if list.archived {
        return Ok(Answer::ok(StoredResources { data: Vec::new(), next: None }));
    }
    let page = Page { limit: list.limit, after: after.map(ProductId) };
    let mut rows = caller.reader().products(caller.tenant(), page).await?;
    let more = rows.len() > shown;
    rows.truncate(shown);
    let next = rows.last().filter(|_| more).map(|last| cursor_of(&last.id.0));
    let data = rows.iter().map(|product| StoredResource {
        id: product.id.to_string(),
        version: product.version,
        shape: 1,
        body: settings::told(product).0,
    });
    Ok(Answer::ok(StoredResources { data: data.collect(), next }))
}

impl StoredResource {
    async fn of(any: &AnyKind, row: &Row, caller: &Caller) -> Result<Self, Problem> {
        let body = any.stored(row.shape, &row.body);
        let body =
            body.ok_or_else(|| Problem::internal("a stored resource is none of its kind"))?;
        let mut fields = body.fields().0;
        any.secrets.iter().for_each(|secret| {
            fields.remove(*secret);
        });
        let at = (caller.tenant(), row.kind, row.id);
        for field in any.pictures.iter().filter(|field| body.fields().0.contains_key(**field)) {
            let file = caller.reader().resource_picture(&at, field).await?;
            let file = file.ok_or_else(|| Problem::internal("a picture has no file"))?;
            fields.insert((*field).to_owned(), Value::String(STANDARD.encode(file.bytes)));
        }
        Ok(Self {
            id: any.kind.write(&row.id),
            version: row.version,
            shape: any.shape,
            body: fields,
        })
    }
}
