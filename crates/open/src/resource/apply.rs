//! Apply configuration: many resources saved together, all or none; and what that would do.

use super::change::{content, id_of};
use domain::identity::Scope;
use domain::resource::apply::{Applied, AppliedOne, Apply, Compare};
use domain::resource::save::{Save, Wish};
use domain::resource::{AnyKind, Fields};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::Ask;
use edge::problem::{ErrorCode, Problem};
use kernel::limits::{APPLIED_BODY_BYTES_MAX, APPLIED_RESOURCES_MAX};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use utoipa::ToSchema;

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
    let apply = read(&caller, ask.body, |any| any.kind.write).await?;
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
    let apply = read(&caller, ask.body, |any| any.kind.read).await?;
    Ok(Answer::ok(ResourcesChanged::of(&caller.run(Compare(apply)).await?)))
}

async fn read(
    caller: &Caller,
    changes: ResourceChanges,
    scope: fn(&AnyKind) -> &'static str,
) -> Result<Apply, Problem> {
    let wished = changes.save.len() + changes.archive.len();
    if wished > APPLIED_RESOURCES_MAX {
        let summary = "these are more changes than happen together";
        let detail = format!("{wished} were sent; send at most {APPLIED_RESOURCES_MAX}");
        return Err(Problem::at(ErrorCode::LimitExceeded, summary, "body", detail));
    }
    let (mut saves, mut seen) = (Vec::with_capacity(wished), BTreeSet::new());
    for (n, one) in changes.save.into_iter().enumerate() {
        let at = format!("save[{n}]");
        let mut save = save_of(caller, scope, &at, &one.kind, &one.id, one.version)?;
        let fields = in_newest_shape(save.kind, &at, one.shape, one.body)?;
        let content = content(save.kind, caller, &save.id, fields);
        save.wish = Wish::Put(content.map_err(|problem| problem.within(&at))?);
        saves.push((at, save));
    }
    for (n, one) in changes.archive.into_iter().enumerate() {
        let at = format!("archive[{n}]");
        let save = save_of(caller, scope, &at, &one.kind, &one.id, one.version)?;
        saves.push((at, save));
    }
    for (at, save) in &saves {
        if !seen.insert((save.kind.kind.number, save.id)) {
            return Err(Problem::invalid(format!("{at}.id"), "is there twice; send it once"));
        }
    }
    Ok(Apply { saves })
}

/// The wish to archive what is named, for a caller who may.
fn save_of(
    caller: &Caller,
    scope: fn(&AnyKind) -> &'static str,
    at: &str,
    kind: &str,
    id: &str,
    version: Option<u32>,
) -> Result<Save, Problem> {
    let any =
        caller.settings().kinds.iter().find(|any| any.kind.word == kind).ok_or_else(|| {
            Problem::invalid(format!("{at}.kind"), "is no kind here; GET /v1/resources names them")
        })?;
    if let Some(scope) = Scope::parse(scope(any)) {
        caller.may(scope)?;
    }
    let id = id_of(any, id).map_err(|_| {
        let prefix = any.kind.prefix;
        let detail =
            format!("expected an id that starts with `{prefix}_` followed by 26 characters");
        Problem::invalid(format!("{at}.id"), detail)
    })?;
    let expected = version.map(|version| vec![i64::from(version)]);
    Ok(Save { kind: any, id, wish: Wish::Archive, expected })
}

/// Fields of an older shape as they would be today.
fn in_newest_shape(
    any: &AnyKind,
    at: &str,
    shape: Option<u32>,
    fields: Fields,
) -> Result<Fields, Problem> {
    let newest = any.shape;
    let Some(shape) = shape.map(i64::from).filter(|shape| *shape != newest) else {
        return Ok(fields);
    };
    let known = (1..newest).contains(&shape);
    let fields = known.then(|| any.in_newest_shape(shape, &fields)).flatten();
    fields.ok_or_else(|| match known {
        true => {
            Problem::invalid(format!("{at}.body"), format!("the fields are none of shape {shape}"))
        }
        false => {
            let detail = format!("this program knows the shapes 1 to {newest}; export it again");
            Problem::invalid(format!("{at}.shape"), detail)
        }
    })
}

impl ResourcesChanged {
    fn of(Applied(all): &Applied) -> Self {
        Self { data: all.iter().map(ResourceChanged::of).collect() }
    }
}

impl ResourceChanged {
    fn of(one: &AppliedOne) -> Self {
        let secrets = one.kind.secrets.iter().copied();
        Self {
            kind: one.kind.kind.word,
            id: one.kind.kind.write(&one.id),
            change: one.change.map_or("none", |change| change.name()),
            version: one.version,
            before: one.before.as_ref().map(|fields| fields.0.clone()),
            after: one.after.0.clone(),
            secrets_missing: secrets.filter(|field| !one.after.0.contains_key(*field)).collect(),
        }
    }
}
