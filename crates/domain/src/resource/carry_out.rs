//! Carries a plan out. Infallible: everything was checked.

use super::any::{AnyBody, all_keys};
use super::fact::{Change, Fact, Saved};
use super::plan::{Plan, Step};
use super::world::{KeyRow, Rows};
use super::{Key, Row};
use crate::{Context, World};
use kernel::Tenant;
use std::collections::BTreeSet;

impl Plan<'_> {
    /// Writes and records every save. What goes away goes first, so that one may take what another lets go of.
    pub(super) fn carry_out(&self, world: &mut World, ctx: &Context<'_>) {
        let (tenant, rows) = (self.tenant, &mut world.resource);
        self.steps.iter().for_each(|step| step.let_go(tenant, rows));
        for step in &self.steps {
            step.take(tenant, &mut world.resource);
            step.write(tenant, &mut world.resource, ctx);
            if step.save.kind.read_by_rules {
                world.config.edit_resource(tenant, &step.row);
            }
            step.record(world, ctx);
        }
    }
}

impl Step<'_> {
    /// Keys, claims and references of before.
    fn let_go(&self, tenant: Tenant, rows: &mut Rows) {
        let Some((row, was)) = &self.next.was else { return };
        for key in key_rows(tenant, row, was.as_ref()) {
            *rows.keys.entry(key).or_default() -= 1;
        }
        for claim in self.claims_before(tenant) {
            rows.claims.remove(&claim);
        }
        if row.archived_at.is_none() {
            for (to, id) in targets(was.as_ref()) {
                let referrers = rows.referrers.entry((tenant, to.kind, id)).or_default();
                referrers.remove(&(row.kind, to.name, row.id));
            }
        }
    }

    /// Keys, claims and references of now.
    fn take(&self, tenant: Tenant, rows: &mut Rows) {
        let (row, body) = (&self.row, self.next.body.as_ref());
        for key in key_rows(tenant, row, body) {
            *rows.keys.entry(key).or_default() += 1;
        }
        for claim in self.claims_after(tenant) {
            rows.claims.insert(claim, row.id);
        }
        if row.archived_at.is_none() {
            for (to, id) in targets(body) {
                let referrers = rows.referrers.entry((tenant, to.kind, id)).or_default();
                referrers.insert((row.kind, to.name, row.id));
            }
        }
    }

    fn write(&self, tenant: Tenant, rows: &mut Rows, ctx: &Context<'_>) {
        if self.next.was.is_none() {
            match rows.heads.change(&(tenant, self.row.kind)) {
                Some(count) => *count += 1,
                None => rows.heads.insert((tenant, self.row.kind), 1),
            }
        }
        let key = self.save.key(tenant);
        for (field, sealed) in self.save.sealed() {
            rows.secrets.insert((key, field), Some(sealed.clone()));
        }
        for field in self.gone(self.save.kind.secrets) {
            rows.secrets.insert((key, field), None);
        }
        for (field, file) in self.save.content().into_iter().flat_map(|content| &content.pictures) {
            rows.pictures.insert((key, field), Some(file.clone()));
        }
        for field in self.gone(self.save.kind.pictures) {
            rows.pictures.insert((key, field), None);
        }
        rows.versions.push((tenant, self.row.clone(), ctx.origin.actor));
        rows.rows.insert(key, self.row.clone());
    }

    /// Fields that it had and has no more.
    fn gone(&self, fields: &'static [&'static str]) -> Vec<&'static str> {
        let was = self.next.was.as_ref().map(|(_, was)| was.fields()).unwrap_or_default();
        let gone =
            |field: &&str| was.0.contains_key(*field) && !self.row.body.0.contains_key(*field);
        fields.iter().copied().filter(gone).collect()
    }

    fn record(&self, world: &mut World, ctx: &Context<'_>) {
        let set = self.save.sealed().iter().map(|(field, _)| *field);
        let before = self.next.was.as_ref().map(|(_, was)| was.fields());
        let tells = |before: &_| self.next.change == Change::Edited || *before != self.row.body;
        let saved = Saved {
            id: self.save.kind.kind.write(&self.row.id),
            version: self.row.version,
            shape: self.row.shape,
            stamp: self.row.stamp,
            created_at: self.row.created_at,
            at: self.row.edited_at,
            before: before.filter(tells),
            after: self.row.body.clone(),
            secrets: set.chain(self.gone(self.save.kind.secrets)).map(str::to_owned).collect(),
        };
        world.record(ctx, self.row.id, Fact::new(self.save.kind, self.next.change, saved));
    }
}

/// What a body refers to.
fn targets(body: &dyn AnyBody) -> impl Iterator<Item = (super::Reference, kernel::Id16)> {
    body.refs().into_iter().filter_map(|to| Some((to, to.id?)))
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
