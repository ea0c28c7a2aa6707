//! Apply configuration: many resources saved together, all or none; and what that would do.

use super::change::content;
use crate::catalog::settings;
use domain::catalog::put_product::PutProduct;
use domain::identity::Scope;
use domain::resource::apply::{Applied, AppliedPart, Apply, Compare, Part, Subject};
use domain::resource::save::{Save, Wish};
use domain::resource::{AnyKind, Fields};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::{ErrorCode, Problem};
use kernel::limits::{APPLIED_BODY_BYTES_MAX, APPLIED_RESOURCES_MAX};
use kernel::{Id16, ProductId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// The kind that products are named by. They have a rule of their own.
pub const PRODUCT: &str = "product";

/// Changes that happen together or not at all, whatever their order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceChanges {
    /// Resources that shall have these fields, and no others.
    #[serde(default)]
    save: Vec<ResourceToSave>,
    /// Resources that shall be archived.
    #[serde(default)]
    archive: Vec<ResourceToArchive>,
}

/// A resource as it shall be. It is made with this id, edited, or taken back from where it was archived.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceToSave {
    /// Its kind, as `GET /v1/resources` names it.
    kind: String,
    /// Its id, which is its own in each mode of a merchant.
    id: String,
    /// The version that was seen, 0 where there was none: anything else is left as it is. Absent, whatever is there.
    version: Option<u32>,
    /// The shape of the fields; the newest when absent.
    shape: Option<u32>,
    /// All of its fields. A secret that is absent stays as it is.
    #[schema(value_type = Object)]
    body: Fields,
}

/// A resource that shall be archived.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceToArchive {
    /// Its kind.
    kind: String,
    /// Its id.
    id: String,
    /// The version that was seen. Absent, whatever is there.
    version: Option<u32>,
}

/// What became of each, first those to save.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourcesChanged {
    /// In the order in which they were sent.
    data: Vec<ResourceChanged>,
}

/// What became of a resource.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResourceChanged {
    /// Its kind.
    kind: &'static str,
    /// Its id.
    id: String,
    /// `created`, `edited`, `restored`, `archived`, or `none` where it was already as it was wished to be.
    change: &'static str,
    /// Its version now.
    version: i64,
    /// Its fields before; null where it is new.
    before: Option<Map<String, Value>>,
    /// Its fields now.
    after: Map<String, Value>,
    /// Secrets that it is without.
    secrets_missing: Vec<&'static str>,
}

/// Save many resources at once, all or none: each is judged over what all of them leave behind, so that their order means
/// nothing. Also wants the scope that writes each kind. Sending it again does nothing more.
#[utoipa::path(
    post, path = "/v1/resources/apply", tag = "resources",
    request_body = ResourceChanges, responses((status = 200, body = ResourcesChanged))
)]
pub async fn apply_resources(
    caller: Caller,
    ask: Ask<ResourceChanges, APPLIED_BODY_BYTES_MAX>,
) -> Answered<ResourcesChanged> {
    let apply = read(&caller, ask.body, Named::write_scope).await?;
    Ok(Answer::ok(ResourcesChanged::of(&caller.run(apply).await?)))
}

/// Tell what saving these resources would do, or why it would be refused. Also wants the scope that reads each kind.
#[utoipa::path(
    post, path = "/v1/resources/compare", tag = "resources",
    request_body = ResourceChanges, responses((status = 200, body = ResourcesChanged))
)]
pub async fn compare_resources(
    caller: Caller,
    ask: Ask<ResourceChanges, APPLIED_BODY_BYTES_MAX>,
) -> Answered<ResourcesChanged> {
    let apply = read(&caller, ask.body, Named::read_scope).await?;
    Ok(Answer::ok(ResourcesChanged::of(&caller.run(Compare(apply)).await?)))
}

async fn read(
    caller: &Caller,
    changes: ResourceChanges,
    may: fn(&Named) -> &'static str,
) -> Result<Apply, Problem> {
    let wished = changes.save.len() + changes.archive.len();
    if wished > APPLIED_RESOURCES_MAX {
        let summary = "these are more changes than happen together";
        let detail = format!("{wished} were sent; send at most {APPLIED_RESOURCES_MAX}");
        return Err(Problem::at(ErrorCode::LimitExceeded, summary, "body", detail));
    }
    let (mut parts, mut seen) = (Vec::with_capacity(wished), BTreeSet::new());
    for (n, one) in changes.save.into_iter().enumerate() {
        let at = format!("save[{n}]");
        let named = Named::of(caller, &at, &one.kind, &one.id, may, &mut seen)?;
        parts.push((at.clone(), part(caller, &at, &named, one).await?));
    }
    for (n, one) in changes.archive.into_iter().enumerate() {
        let at = format!("archive[{n}]");
        let named = Named::of(caller, &at, &one.kind, &one.id, may, &mut seen)?;
        let Some(any) = named.kind else {
            let detail = "a product is not archived; save it with `on_shelf` false";
            return Err(Problem::invalid(format!("{at}.kind"), detail));
        };
        let expected = one.version.map(|version| vec![i64::from(version)]);
        let save = Save { kind: any, id: named.id, wish: Wish::Archive, expected, by: None };
        parts.push((at, Part::Resource(save)));
    }
    Ok(Apply { parts })
}

/// What shall be saved, for a caller who may.
async fn part(
    caller: &Caller,
    at: &str,
    named: &Named,
    one: ResourceToSave,
) -> Result<Part, Problem> {
    let expected = one.version.map(i64::from);
    let Some(any) = named.kind else {
        newest_shape(1, at, one.shape)?;
        let settings = settings::read(one.body).map_err(|problem| problem.within(at))?;
        let put = PutProduct { product: ProductId(named.id), settings };
        return Ok(Part::Product { put, expected, alone: false });
    };
    let fields = in_newest_shape(any, at, one.shape, one.body)?;
    let content = content(any, caller, &named.id, fields).await;
    let wish = Wish::Put(content.map_err(|problem| problem.within(at))?);
    let expected = expected.map(|version| vec![version]);
    Ok(Part::Resource(Save { kind: any, id: named.id, wish, expected, by: None }))
}

/// Something that a caller named, and may.
struct Named {
    /// Its kind; none of a product.
    kind: Option<&'static AnyKind>,
    id: Id16,
}

impl Named {
    fn of(
        caller: &Caller,
        at: &str,
        kind: &str,
        id: &str,
        may: fn(&Self) -> &'static str,
        seen: &mut BTreeSet<(Option<i64>, Id16)>,
    ) -> Result<Self, Problem> {
        let any = caller.settings().kinds.iter().find(|any| any.kind.word == kind);
        if any.is_none() && kind != PRODUCT {
            let detail = "is no kind here; GET /v1/resources names them";
            return Err(Problem::invalid(format!("{at}.kind"), detail));
        }
        if any.is_some_and(|any| any.of_people) {
            let detail = "who may do what is no configuration; people write it at its own routes";
            return Err(Problem::invalid(format!("{at}.kind"), detail));
        }
        let (prefix, found) = match any {
            Some(any) => (any.kind.prefix, any.kind.parse(id)),
            None => (ProductId::PREFIX, ProductId::parse(id).ok().map(|id| id.0)),
        };
        let only = any.filter(|any| any.initial().is_some()).map(|any| any.kind.only_id());
        let found = found.filter(|id| only.is_none_or(|only| *id == only));
        let named = Self { kind: any, id: found.unwrap_or_default() };
        if let Some(scope) = Scope::parse(may(&named)) {
            caller.may(scope)?;
        }
        if any.is_none() {
            // The answer tells how it was and will be, and files without costs would take them away.
            caller.may(Scope::CostsRead)?;
        }
        let wrong = |detail: String| Problem::invalid(format!("{at}.id"), detail);
        if found.is_none() {
            return Err(wrong(match any.zip(only) {
                Some((any, only)) => {
                    format!("there is one of this kind, {}", any.kind.write(&only))
                }
                None => {
                    format!("expected an id that starts with `{prefix}_` followed by 26 characters")
                }
            }));
        }
        if !seen.insert((any.map(|any| any.kind.number), named.id)) {
            return Err(wrong("is there twice; send it once".to_owned()));
        }
        Ok(named)
    }

    fn read_scope(&self) -> &'static str {
        self.kind.map_or("catalog:read", |any| any.kind.read)
    }

    fn write_scope(&self) -> &'static str {
        self.kind.map_or("catalog:write", |any| any.kind.write)
    }
}

/// Fields of an older shape as they would be today.
fn in_newest_shape(
    any: &AnyKind,
    at: &str,
    shape: Option<u32>,
    fields: Fields,
) -> Result<Fields, Problem> {
    let Some(shape) = newest_shape(any.shape, at, shape)? else { return Ok(fields) };
    any.in_newest_shape(shape, &fields).ok_or_else(|| {
        Problem::invalid(format!("{at}.body"), format!("the fields are none of shape {shape}"))
    })
}

/// The shape that was sent, if it is not the newest.
fn newest_shape(newest: i64, at: &str, shape: Option<u32>) -> Result<Option<i64>, Problem> {
    let Some(shape) = shape.map(i64::from).filter(|shape| *shape != newest) else {
        return Ok(None);
    };
    if (1..newest).contains(&shape) {
        return Ok(Some(shape));
    }
    let detail = format!("this program knows the shapes 1 to {newest}; export it again");
    Err(Problem::invalid(format!("{at}.shape"), detail))
}

impl ResourcesChanged {
    fn of(Applied(all): &Applied) -> Self {
        Self { data: all.iter().map(ResourceChanged::of).collect() }
    }
}

impl ResourceChanged {
    fn of(AppliedPart { change, version, what }: &AppliedPart) -> Self {
        let (kind, id, before, after, secrets) = match what {
            Subject::Resource { kind, id, before, after } => {
                let (word, id) = (kind.kind.word, kind.kind.write(id));
                (word, id, before.clone(), after.clone(), kind.secrets)
            }
            Subject::Product { before, after } => {
                let before = before.as_ref().map(|before| settings::told(before));
                (PRODUCT, after.id.to_string(), before, settings::told(after), &[][..])
            }
        };
        let missing = secrets.iter().copied().filter(|field| !after.0.contains_key(*field));
        Self {
            kind,
            id,
            change: change.map_or("none", |change| change.name()),
            version: *version,
            before: before.map(|fields| fields.0),
            secrets_missing: missing.collect(),
            after: after.0,
        }
    }
}
