//! Save a resource: make it, edit it, put it away or take it back.

use super::plan::Plan;
use super::world::RowKey;
use super::{AnyKind, Fields, PictureFile, Row};
use crate::approval;
use crate::people::rights::Rights;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{Id16, Tenant};

/// A wish to change one resource.
#[derive(Debug, Clone)]
pub struct Save {
    /// Of which kind.
    pub kind: &'static AnyKind,
    /// Which one; a new one brings its id, because its secrets are sealed for it.
    pub id: Id16,
    /// What shall become of it.
    pub wish: Wish,
    /// The versions of which the caller saw one, if he says so. 0 is that of what is not there.
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
    /// Let it have these fields and no others, whether it is there, archived or neither. A secret that is absent stays.
    Put(Content),
    /// Put it away: its unique keys are free again.
    Archive,
    /// Take it back.
    Restore,
}

/// Fields as a caller sent them, his secrets sealed, his pictures apart.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The fields, of each secret its hint.
    pub fields: Fields,
    /// The secrets among them, sealed.
    pub sealed: Vec<(&'static str, Vec<u8>)>,
    /// The files of the pictures among them.
    pub pictures: Vec<(&'static str, PictureFile)>,
}

impl Verb for Save {
    type Answer = Box<Row>;

    fn nature(&self) -> Nature {
        if self.kind.read_by_rules { Nature::Configuration } else { Nature::Resource }
    }

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        super::plan::needs(self, at, needs);
    }

    /// The order of checks is that of [`Plan`].
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let plan =
            Plan::of([&self], std::iter::empty(), world, ctx).map_err(|(_, refusal)| refusal)?;
        for act in plan.acts() {
            approval::ask_second(world, ctx, act, None)?;
        }
        plan.carry_out(world, ctx);
        let row = world.resource.rows.get(&self.key(tenant));
        row.cloned().map(Box::new).ok_or(Refusal::NotFound(self.kind.kind.word))
    }
}

impl Save {
    pub(super) fn key(&self, tenant: Tenant) -> RowKey {
        (tenant, self.kind.kind.number, self.id)
    }

    /// What it would have of fields.
    pub(super) fn content(&self) -> Option<&Content> {
        match &self.wish {
            Wish::Create(content) | Wish::Edit(content) | Wish::Put(content) => Some(content),
            Wish::Archive | Wish::Restore => None,
        }
    }

    pub(super) fn sealed(&self) -> &[(&'static str, Vec<u8>)] {
        self.content().map_or(&[], |content| &content.sealed)
    }
}
