//! Apply: save many resources, all or none, whatever their order; or tell what that would do.

use super::fact::Change;
use super::plan::{self, Plan};
use super::save::Save;
use super::{AnyKind, Fields};
use crate::outcome::Answer;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::Id16;
use std::collections::BTreeMap;

/// Saves of different resources that happen together or not at all.
#[derive(Debug, Clone)]
pub struct Apply {
    /// Each with its place in the body, by which a refusal names it.
    pub saves: Vec<(String, Save)>,
}

/// The same question without the act.
#[derive(Debug, Clone)]
pub struct Compare(pub Apply);

/// What became of each, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied(pub Vec<AppliedOne>);

/// What became of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedOne {
    /// Its kind.
    pub kind: &'static AnyKind,
    /// Its id.
    pub id: Id16,
    /// What changed; none where it was already as it was wished to be.
    pub change: Option<Change>,
    /// Its version now.
    pub version: i64,
    /// Its fields before; none of a new one.
    pub before: Option<Fields>,
    /// Its fields now.
    pub after: Fields,
}

impl Answer for Applied {}

impl Verb for Apply {
    type Answer = Applied;

    fn nature(&self) -> Nature {
        let read_by_rules = self.saves.iter().any(|(_, save)| save.kind.read_by_rules);
        if read_by_rules { Nature::Configuration } else { Nature::Resource }
    }

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
        self.saves.iter().for_each(|(_, save)| plan::needs(save, at, needs));
    }

    /// The order of checks is that of [`Plan`].
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Applied, Refusal> {
        let plan = self.plan(world, ctx)?;
        let applied = self.applied(&plan, world);
        plan.carry_out(world, ctx);
        Ok(applied)
    }
}

impl Verb for Compare {
    type Answer = Applied;

    fn nature(&self) -> Nature {
        self.0.nature()
    }

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        self.0.needs(at, needs);
    }

    /// Changes nothing.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Applied, Refusal> {
        Ok(self.0.applied(&self.0.plan(world, ctx)?, world))
    }
}

impl Apply {
    fn plan(&self, world: &World, ctx: &Context<'_>) -> Result<Plan<'_>, Refusal> {
        let saves = self.saves.iter().map(|(_, save)| save);
        Plan::of(saves, world, ctx).map_err(|(place, refusal)| {
            let at = self.saves.get(place).map_or_else(String::new, |(at, _)| at.clone());
            Refusal::Within { at, refusal: Box::new(refusal) }
        })
    }

    /// What the plan does to each, told before it is done.
    fn applied(&self, plan: &Plan<'_>, world: &World) -> Applied {
        let steps: BTreeMap<_, _> =
            plan.steps.iter().map(|step| (step.save.key(plan.tenant), step)).collect();
        let one = |save: &Save| {
            let step = steps.get(&save.key(plan.tenant));
            // What changes nothing is there.
            let row =
                step.map(|step| &step.row).or(world.resource.rows.get(&save.key(plan.tenant)))?;
            let now = save.kind.stored(row.shape, &row.body)?.fields();
            let before = match step {
                Some(step) => step.next.was.as_ref().map(|(_, was)| was.fields()),
                None => Some(now.clone()),
            };
            Some(AppliedOne {
                kind: save.kind,
                id: save.id,
                change: step.map(|step| step.next.change),
                version: row.version,
                before,
                after: now,
            })
        };
        Applied(self.saves.iter().filter_map(|(_, save)| one(save)).collect())
    }
}
