//! Save a resource: make it, edit it, put it away or take it back. The one trade by which all of them change.

use super::any::{AnyBody, all_keys};
use super::fact::{Change, Fact, Saved};
use super::world::{KeyRow, RowKey};
use super::{AnyKind, Body, Fields, Key, Resource, Row, registry};
use crate::catalog::TenantCatalog;
use crate::identity::operator;
use crate::people::rights::Rights;
use crate::people::role::Role;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{Id16, Tenant, limits};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A wish to change one resource.
#[derive(Debug, Clone)]
pub struct Save {
    /// Of which kind.
    pub kind: &'static AnyKind,
    /// Which one; a new one brings its id, because its secrets are sealed for it.
    pub id: Id16,
    /// What shall become of it.
    pub wish: Wish,
    /// The versions of which the caller saw one, if he says so.
    pub expected: Option<Vec<i64>>,
    /// What the person may do who asks; none where a program asks.
    pub by: Option<Rights>,
}

/// What shall become of a resource.
#[derive(Debug, Clone)]
pub enum Wish {
    /// Make it.
    Create(Content),
    /// Replace some of its fields.
    Edit(Content),
    /// Put it away: its unique keys are free again.
    Archive,
    /// Take it back.
    Restore,
}

/// Fields as a caller sent them, his secrets sealed.
#[derive(Debug, Clone)]
pub struct Content {
    /// The fields, of each secret its hint.
    pub fields: Fields,
    /// The secrets among them, sealed.
    pub sealed: Vec<(&'static str, Vec<u8>)>,
}

/// A resource as it would be.
struct Next {
    change: Change,
    was: Option<(Row, Body)>,
    body: Body,
}

/// What is stored is of no shape that this program knows.
const UNREADABLE: Refusal =
    Refusal::WrongState { code: "resource_state", detail: "a newer program wrote it; use that" };

impl Verb for Save {
    type Answer = Box<Row>;

    fn nature(&self) -> Nature {
        if self.kind.read_by_rules { Nature::Configuration } else { Nature::Resource }
    }

    /// The kind with those it refers to and those that refer to it, which are its locks; the resource; then, as it would
    /// be, what it claims and names, or who refers to it.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let (tenant, number) = (at.tenant, self.kind.kind.number);
        needs.tenant(tenant);
        needs.seal.oldest |=
            matches!(&self.wish, Wish::Create(c) | Wish::Edit(c) if !c.sealed.is_empty());
        let needs = &mut needs.resource;
        needs.heads.insert((tenant, number));
        for link in registry::LINKS.iter().filter(|link| link.from == number || link.to == number) {
            needs.heads.extend([(tenant, link.from), (tenant, link.to)]);
        }
        needs.rows.insert(self.key(tenant));
        if matches!(self.wish, Wish::Archive) {
            needs.referrers.insert(self.key(tenant));
        }
        if !at.world.resource.rows.knows(&self.key(tenant)) {
            return;
        }
        let Ok(next) = self.next(tenant, at.world) else { return };
        let was = next.was.iter().flat_map(|(_, was)| was.keys());
        let unique = was.chain(next.body.keys()).filter(|key| key.unique);
        let claims = unique.filter_map(|key| Some((tenant, number, key.name, key.bytes?)));
        needs.claims.extend(claims);
        let was = next.was.iter().flat_map(|(_, was)| was.refs());
        let refs = was.chain(next.body.refs());
        needs.rows.extend(refs.filter_map(|to| Some((tenant, to.kind, to.id?))));
    }

    /// Order of checks: there, version, state, fields, the kind's own rule, size, references, what it gives, unique keys,
    /// number.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let next = self.next(tenant, world)?;
        if let Some((row, was)) = &next.was
            && self.changes_nothing(row, was.as_ref(), &next)
        {
            return Ok(Box::new(row.clone()));
        }
        let config = config(world, tenant).ok_or(Refusal::NotFound("merchant"))?;
        let stamp = if self.kind.read_by_rules { config.row.version + 1 } else { 0 };
        next.body.check(next.was.as_ref().map(|(_, was)| was.as_ref()), &config)?;
        check_size(next.body.as_ref())?;
        self.check_others(tenant, world, &next)?;
        self.check_rights(tenant, world, &next)?;
        for (_, sealed) in self.sealed() {
            world.seal.may_store(sealed)?;
        }

        let row = Row {
            kind: self.kind.kind.number,
            id: self.id,
            version: next.was.as_ref().map_or(1, |(row, _)| row.version + 1),
            shape: self.kind.shape,
            stamp,
            created_at: next.was.as_ref().map_or(ctx.now, |(row, _)| row.created_at),
            edited_at: ctx.now,
            archived_at: (next.change == Change::Archived).then_some(ctx.now),
            body: next.body.fields(),
        };
        self.write(tenant, world, ctx, &next, &row);
        if self.kind.read_by_rules {
            world.config.edit_resource(tenant, &row);
        }
        self.record(world, ctx, &next, &row);
        Ok(Box::new(row))
    }
}

impl Save {
    fn key(&self, tenant: Tenant) -> RowKey {
        (tenant, self.kind.kind.number, self.id)
    }

    fn sealed(&self) -> &[(&'static str, Vec<u8>)] {
        match &self.wish {
            Wish::Create(content) | Wish::Edit(content) => &content.sealed,
            Wish::Archive | Wish::Restore => &[],
        }
    }

    /// The resource as it would be, if its fields can be read.
    fn next(&self, tenant: Tenant, world: &World) -> Result<Next, Refusal> {
        let read = |fields: &Fields| self.kind.read(fields).map_err(Refusal::Unreadable);
        let row = world.resource.rows.get(&self.key(tenant));
        if let Wish::Create(content) = &self.wish {
            return match row {
                None => {
                    Ok(Next { change: Change::Created, was: None, body: read(&content.fields)? })
                }
                Some(_) => Err(Refusal::Taken { field: "id" }),
            };
        }
        let row = row.ok_or(Refusal::NotFound(self.kind.kind.word))?;
        if self.expected.as_ref().is_some_and(|seen| !seen.contains(&row.version)) {
            return Err(Refusal::PreconditionFailed { version: row.version });
        }
        let stored = || self.kind.stored(row.shape, &row.body).ok_or(UNREADABLE);
        let was = stored()?;
        let (change, body) = match &self.wish {
            Wish::Edit(_) if row.archived_at.is_some() => {
                let detail = "it is archived; restore it first";
                return Err(Refusal::WrongState { code: "resource_state", detail });
            }
            Wish::Edit(content) => (Change::Edited, read(&was.fields().with(&content.fields))?),
            Wish::Archive => (Change::Archived, stored()?),
            Wish::Create(_) | Wish::Restore => (Change::Restored, stored()?),
        };
        Ok(Next { change, was: Some((row.clone(), was)), body })
    }

    /// Whether it is as it is wished to be already.
    fn changes_nothing(&self, row: &Row, was: &dyn AnyBody, next: &Next) -> bool {
        match next.change {
            Change::Created => false,
            Change::Edited => self.sealed().is_empty() && was.fields() == next.body.fields(),
            Change::Archived => row.archived_at.is_some(),
            Change::Restored => row.archived_at.is_none(),
        }
    }

    /// What others have to do with it: what it refers to is there, its unique values are free, nobody refers to what
    /// goes away.
    fn check_others(&self, tenant: Tenant, world: &World, next: &Next) -> Result<(), Refusal> {
        let rows = &world.resource;
        if next.change == Change::Archived {
            let by = rows.referrers.get(&self.key(tenant)).into_iter().flatten();
            let by: Vec<_> = by
                .filter(|(_, _, id)| *id != self.id)
                .filter_map(|(kind, field, id)| {
                    let any = registry::numbered(*kind)?;
                    Some((any.kind.plural, *field, any.kind.write(id)))
                })
                .collect();
            return if by.is_empty() { Ok(()) } else { Err(Refusal::InUse { by }) };
        }
        for to in next.body.refs() {
            let Some(id) = to.id else { continue };
            let found = rows.rows.get(&(tenant, to.kind, id));
            if found.is_none_or(|found| found.archived_at.is_some()) {
                let detail = "there is none of this id, or it is archived";
                return Err(Refusal::invalid(to.name, detail));
            }
        }
        for key in next.body.keys().into_iter().filter(|key| key.unique) {
            let Some(bytes) = key.bytes else { continue };
            let claim = (tenant, self.kind.kind.number, key.name, bytes);
            if rows.claims.get(&claim).is_some_and(|owner| *owner != self.id) {
                return Err(Refusal::Taken { field: key.name });
            }
        }
        let limit = self.kind.kind.limit;
        let count = rows.heads.get(&(tenant, self.kind.kind.number)).copied().unwrap_or(0);
        if next.change == Change::Created && count >= limit {
            return Err(Refusal::LimitExceeded { field: "body".to_owned(), limit });
        }
        Ok(())
    }

    /// Nobody gives what he lacks, nor takes it from others.
    fn check_rights(&self, tenant: Tenant, world: &World, next: &Next) -> Result<(), Refusal> {
        let Some(by) = &self.by else { return Ok(()) };
        let own = |id: Id16| {
            let row = world.resource.rows.get(&(tenant, Role::KIND.number, id))?;
            let any = registry::numbered(row.kind)?;
            let body = any.stored(row.shape, &row.body)?;
            Some(body.gives(&|_| None))
        };
        let was = next.was.iter().map(|(_, was)| was.as_ref());
        was.chain([next.body.as_ref()]).try_for_each(|body| by.cover(&body.gives(&own)))
    }

    /// Infallible: everything was checked.
    fn write(&self, tenant: Tenant, world: &mut World, ctx: &Context<'_>, next: &Next, row: &Row) {
        let number = self.kind.kind.number;
        let rows = &mut world.resource;
        let was = next.was.as_ref();
        if was.is_none() {
            match rows.heads.change(&(tenant, number)) {
                Some(count) => *count += 1,
                None => rows.heads.insert((tenant, number), 1),
            }
        }
        let lived = was.filter(|(row, _)| row.archived_at.is_none());
        for key in was.map(|(_, was)| key_rows(tenant, row, was.as_ref())).unwrap_or_default() {
            *rows.keys.entry(key).or_default() -= 1;
        }
        for key in key_rows(tenant, row, next.body.as_ref()) {
            *rows.keys.entry(key).or_default() += 1;
        }
        for (lives, body, adds) in [
            (lived.is_some(), was.map(|(_, was)| was.as_ref()), false),
            (row.archived_at.is_none(), Some(next.body.as_ref()), true),
        ] {
            let Some(body) = body.filter(|_| lives) else { continue };
            for key in body.keys().into_iter().filter(|key| key.unique) {
                let Some(bytes) = key.bytes else { continue };
                let claim = (tenant, number, key.name, bytes);
                if !adds {
                    rows.claims.remove(&claim);
                } else if rows.claims.get(&claim).is_none() {
                    rows.claims.insert(claim, self.id);
                }
            }
            for to in body.refs() {
                let Some(id) = to.id else { continue };
                let referrers = rows.referrers.entry((tenant, to.kind, id)).or_default();
                if adds {
                    referrers.insert((number, to.name, self.id));
                } else {
                    referrers.remove(&(number, to.name, self.id));
                }
            }
        }
        for (field, sealed) in self.sealed() {
            rows.secrets.insert((self.key(tenant), field), Some(sealed.clone()));
        }
        for field in self.kind.secrets.iter().filter(|field| self.takes_away(field)) {
            rows.secrets.insert((self.key(tenant), field), None);
        }
        rows.versions.push((tenant, row.clone(), ctx.origin.actor));
        rows.rows.insert(self.key(tenant), row.clone());
    }

    /// Whether a secret goes away: it was sent as null.
    fn takes_away(&self, secret: &str) -> bool {
        let Wish::Edit(content) = &self.wish else { return false };
        content.fields.0.get(secret).is_some_and(serde_json::Value::is_null)
    }

    fn record(&self, world: &mut World, ctx: &Context<'_>, next: &Next, row: &Row) {
        let set = self.sealed().iter().map(|(field, _)| *field);
        let gone = self.kind.secrets.iter().copied().filter(|field| self.takes_away(field));
        let edited = next.was.as_ref().filter(|_| next.change == Change::Edited);
        let saved = Saved {
            id: self.kind.kind.write(&row.id),
            version: row.version,
            shape: row.shape,
            stamp: row.stamp,
            created_at: row.created_at,
            at: row.edited_at,
            before: edited.map(|(_, was)| was.fields()),
            after: row.body.clone(),
            secrets: set.chain(gone).map(str::to_owned).collect(),
        };
        world.record(ctx, row.id, Fact::new(self.kind, next.change, saved));
    }
}

/// What rules read of a tenant. The operator has no configuration but resources.
fn config(world: &World, tenant: Tenant) -> Option<Arc<TenantCatalog>> {
    let known = world.config.tenant(tenant).cloned();
    known.or_else(|| (tenant == operator()).then(|| Arc::new(TenantCatalog::of_operator())))
}

/// The rows of a body's keys. What has no value comes before every value.
pub fn key_rows(tenant: Tenant, row: &Row, body: &dyn AnyBody) -> BTreeSet<KeyRow> {
    let of = |key: Key| (tenant, row.kind, key.name, stored_key(key.bytes.as_deref()), row.id);
    all_keys(body).into_iter().map(of).collect()
}

/// A key's value as it is stored: a byte tells a value from none.
pub fn stored_key(value: Option<&[u8]>) -> Vec<u8> {
    value.map_or_else(|| vec![0], |value| [&[1], value].concat())
}

fn check_size(body: &dyn AnyBody) -> Result<(), Refusal> {
    let bytes = serde_json::to_string(&body.fields()).map_or(usize::MAX, |text| text.len());
    if bytes > limits::RESOURCE_BYTES_MAX {
        let detail =
            format!("all fields together are at most {} bytes", limits::RESOURCE_BYTES_MAX);
        return Err(Refusal::invalid("body", detail));
    }
    let long = |key: &Key| {
        key.bytes.as_ref().is_some_and(|bytes| bytes.len() > limits::RESOURCE_KEY_BYTES_MAX)
    };
    match body.keys().into_iter().find(long) {
        Some(key) => {
            let detail = format!("send at most {} bytes", limits::RESOURCE_KEY_BYTES_MAX);
            Err(Refusal::invalid(key.name, detail))
        }
        None => Ok(()),
    }
}
