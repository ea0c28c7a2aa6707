//! Apply: let many things be configured as somebody wishes, all or none, whatever their order; or tell what that would
//! do. Resources are saved by their rule, products are put by theirs.

mod products;

use super::fact::Change;
use super::plan::{self, Plan, Step};
use super::save::Save;
use super::{AnyKind, Fields};
use crate::catalog::Product;
use crate::catalog::put_product::PutProduct;
use crate::outcome::Answer;
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::Id16;
use products::ProductStep;
use std::collections::BTreeMap;

/// Wishes for different things that happen together or not at all.
#[derive(Debug, Clone)]
pub struct Apply {
    /// Each with its place in the body, by which a refusal names it.
    pub parts: Vec<(String, Part)>,
}

/// The same question without the act.
#[derive(Debug, Clone)]
pub struct Compare(pub Apply);

/// A wish for one thing.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "a box would cost each wish an allocation")]
pub enum Part {
    /// A resource that is saved.
    Resource(Save),
    /// A product that is put.
    Product {
        /// As it shall be.
        put: PutProduct,
        /// The version that the caller saw, if he says so; 0 is that of what is not there.
        expected: Option<i64>,
        /// Whether no other product may have its name.
        alone: bool,
    },
}

/// What became of each, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied(pub Vec<AppliedPart>);

/// What became of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedPart {
    /// What changed; none where it was already as it was wished to be.
    pub change: Option<Change>,
    /// Its version now.
    pub version: i64,
    /// What it is.
    pub what: Subject,
}

/// What a wish was about, before and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A resource.
    Resource {
        /// Its kind.
        kind: &'static AnyKind,
        /// Its id.
        id: Id16,
        /// Its fields before; none of a new one.
        before: Option<Fields>,
        /// Its fields now.
        after: Fields,
    },
    /// A product.
    Product {
        /// Before; none of a new one.
        before: Option<Box<Product>>,
        /// Now.
        after: Box<Product>,
    },
}

impl Answer for Applied {}

impl Verb for Apply {
    type Answer = Applied;

    fn nature(&self) -> Nature {
        let is_read_by_rules = |part: &Part| match part {
            Part::Resource(save) => save.kind.read_by_rules,
            Part::Product { .. } => true,
        };
        match self.parts.iter().any(|(_, part)| is_read_by_rules(part)) {
            true => Nature::Configuration,
            false => Nature::Resource,
        }
    }

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
        self.parts.iter().for_each(|(_, part)| match part {
            Part::Resource(save) => plan::needs(save, at, needs),
            Part::Product { put, .. } => put.needs(at, needs),
        });
    }

    /// Order of checks: those of products, each in turn; then those of resources, as [`Plan`] has them.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Applied, Refusal> {
        let whole = self.plan(world, ctx)?;
        let applied = self.applied(&whole, world, ctx);
        whole.resources.carry_out(world, ctx);
        for step in whole.products {
            // What could be refused was refused before anything changed.
            PutProduct::write(step.next, world, ctx)?;
        }
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
        Ok(self.0.applied(&self.0.plan(world, ctx)?, world, ctx))
    }
}

/// All that changes.
struct Whole<'a> {
    resources: Plan<'a>,
    products: Vec<ProductStep>,
}

impl Apply {
    fn plan(&self, world: &World, ctx: &Context<'_>) -> Result<Whole<'_>, Refusal> {
        let products = products::plan(&self.parts, world, ctx)?;
        let saves = || {
            self.parts.iter().filter_map(|(at, part)| match part {
                Part::Resource(save) => Some((at, save)),
                Part::Product { .. } => None,
            })
        };
        let next = products.iter().map(|step| &step.next);
        let resources = Plan::of(saves().map(|(_, save)| save), next, world, ctx);
        let resources = resources.map_err(|(place, refusal)| {
            let at = saves().nth(place).map_or_else(String::new, |(at, _)| at.clone());
            Refusal::Within { at, refusal: Box::new(refusal) }
        })?;
        Ok(Whole { resources, products })
    }

    /// What becomes of each, told before it is done.
    fn applied(&self, whole: &Whole<'_>, world: &World, ctx: &Context<'_>) -> Applied {
        let tenant = ctx.origin.tenant;
        let steps = whole.resources.steps.iter();
        let steps: BTreeMap<_, _> = steps.map(|step| (step.save.key(tenant), step)).collect();
        // Each change gives the configuration its next version.
        let mut version = whole.resources.stamp;
        let mut products = whole.products.iter();
        let part = |(_, part): &(String, Part)| match part {
            Part::Resource(save) => {
                of_resource(save, steps.get(&save.key(tenant)).copied(), world, ctx)
            }
            Part::Product { .. } => {
                let step = products.next()?;
                version += i64::from(step.change.is_some());
                Some(step.applied(version))
            }
        };
        Applied(self.parts.iter().filter_map(part).collect())
    }
}

/// What becomes of a resource. What changes nothing is there.
fn of_resource(
    save: &Save,
    step: Option<&Step<'_>>,
    world: &World,
    ctx: &Context<'_>,
) -> Option<AppliedPart> {
    let there = world.resource.rows.get(&save.key(ctx.origin.tenant));
    let row = step.map(|step| &step.row).or(there)?;
    let after = save.kind.stored(row.shape, &row.body)?.fields();
    let before = match step {
        Some(step) => step.next.was.as_ref().map(|(_, was)| was.fields()),
        None => Some(after.clone()),
    };
    let what = Subject::Resource { kind: save.kind, id: save.id, before, after };
    Some(AppliedPart { change: step.map(|step| step.next.change), version: row.version, what })
}
