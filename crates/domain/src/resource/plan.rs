//! What saves make of a book, all of them together: each is judged over what all of them leave behind, so that their
//! order means nothing. One save is a plan of one.

use super::any::AnyBody;
use super::fact::Change;
use super::save::{Save, Wish};
use super::size::check_size;
use super::world::{ClaimKey, Rows};
use super::{Body, Fields, Resource, Row, registry, typed};
use crate::approval::act::Act;
use crate::catalog::{Product, TenantCatalog};
use crate::identity::operator;
use crate::people::role::Role;
use crate::{At, Context, Needs, Refusal, World};
use kernel::{Id16, Tenant};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is stored is of no shape that this program knows.
const UNREADABLE: Refusal =
    Refusal::WrongState { code: "resource_state", detail: "a newer program wrote it; use that" };

/// Nobody makes what there is one of, and it never goes away.
const THERE_IS_ONE: Refusal = Refusal::WrongState {
    code: "resource_state",
    detail: "there is always one of this kind; edit it",
};

/// Saves that may be carried out, without those that change nothing.
///
/// Order of checks: of each that it is there, has the version and state, and its fields; then of each the kind's own
/// rule, size, references, unique keys and number, and whether its secrets may be stored.
pub(super) struct Plan<'s> {
    pub(super) tenant: Tenant,
    pub(super) steps: Vec<Step<'s>>,
    /// The version that the configuration has then.
    pub(super) stamp: i64,
}

/// A save that changes its resource.
pub(super) struct Step<'s> {
    pub(super) save: &'s Save,
    pub(super) next: Next,
    /// The resource as it will be.
    pub(super) row: Row,
}

/// A resource as it would be.
pub(super) struct Next {
    pub(super) change: Change,
    pub(super) was: Option<(Row, Body)>,
    pub(super) body: Body,
}

/// What one save needs: the kind with those it refers to and those that refer to it, which are its locks; the resource;
/// then, as it would be, what it claims and names, or who refers to it.
pub(super) fn needs(save: &Save, at: &At<'_>, needs: &mut Needs) {
    let (tenant, number) = (at.tenant, save.kind.kind.number);
    needs.tenant(tenant);
    needs.seal.oldest |= !save.sealed().is_empty();
    let needs = &mut needs.resource;
    needs.heads.insert((tenant, number));
    for link in registry::LINKS.iter().filter(|link| link.from == number || link.to == number) {
        needs.heads.extend([(tenant, link.from), (tenant, link.to)]);
    }
    needs.rows.insert(save.key(tenant));
    if matches!(save.wish, Wish::Archive) {
        needs.referrers.insert(save.key(tenant));
    }
    if !at.world.resource.rows.knows(&save.key(tenant)) {
        return;
    }
    let Ok(Some(next)) = next(save, tenant, at.world) else { return };
    let was = next.was.iter().flat_map(|(_, was)| was.keys());
    let unique = was.chain(next.body.keys()).filter(|key| key.unique);
    let claims = unique.filter_map(|key| Some((tenant, number, key.name, key.bytes?)));
    needs.claims.extend(claims);
    let was = next.was.iter().flat_map(|(_, was)| was.refs());
    let refs = was.chain(next.body.refs());
    needs.rows.extend(refs.filter_map(|to| Some((tenant, to.kind, to.id?))));
}

impl<'s> Plan<'s> {
    /// What saves of different resources make of the world beside products that are put, or which of them is refused.
    pub(super) fn of<'p>(
        saves: impl IntoIterator<Item = &'s Save>,
        products: impl Iterator<Item = &'p Product>,
        world: &World,
        ctx: &Context<'_>,
    ) -> Result<Self, (usize, Refusal)> {
        let tenant = ctx.origin.tenant;
        let mut places = Vec::new();
        let version = world.config.tenant(tenant).map(|config| config.row.version);
        let mut plan = Self { tenant, steps: Vec::new(), stamp: version.unwrap_or(0) };
        for (place, save) in saves.into_iter().enumerate() {
            let Some(next) = next(save, tenant, world).map_err(|refusal| (place, refusal))? else {
                continue;
            };
            plan.stamp += i64::from(save.kind.read_by_rules);
            places.push(place);
            plan.steps.push(Step::new(save, next, plan.stamp, ctx));
        }
        let after = After::of(&plan, world);
        let config = plan.config(products, world);
        for (place, step) in places.into_iter().zip(&plan.steps) {
            after.check(step, config.as_ref()).map_err(|refusal| (place, refusal))?;
        }
        Ok(plan)
    }

    /// What rules read when all is saved. A single save finds what is there before.
    fn config<'w, 'p>(
        &self,
        products: impl Iterator<Item = &'p Product>,
        world: &'w World,
    ) -> Option<Cow<'w, TenantCatalog>> {
        let Some(config) = world.config.tenant(self.tenant) else {
            // The operator has no configuration but resources.
            let of_operator = self.tenant == operator();
            return of_operator.then(|| Cow::Owned(TenantCatalog::of_operator()));
        };
        let read = || self.steps.iter().filter(|step| step.save.kind.read_by_rules);
        let mut products = products.peekable();
        let is_alone = self.steps.len() == 1 || read().next().is_none();
        if is_alone && products.peek().is_none() {
            return Some(Cow::Borrowed(config));
        }
        Some(Cow::Owned(config.with(read().map(|step| &step.row), products)))
    }
}

impl Plan<'_> {
    /// Which acts these are, of those that may want a second person.
    pub(super) fn acts(&self) -> Vec<Act> {
        let act = |step: &Step<'_>| {
            let was = step.next.was.as_ref().map(|(_, was)| was.as_ref());
            step.next.body.act(was)
        };
        self.steps.iter().filter_map(act).collect()
    }
}

impl Next {
    /// What is not there yet.
    fn new(body: Body) -> Self {
        Self { change: Change::Created, was: None, body }
    }
}

impl<'s> Step<'s> {
    fn new(save: &'s Save, next: Next, stamp: i64, ctx: &Context<'_>) -> Self {
        let was = next.was.as_ref().map(|(row, _)| row);
        let row = Row {
            kind: save.kind.kind.number,
            id: save.id,
            version: was.map_or(1, |row| row.version + 1),
            shape: save.kind.shape,
            stamp: if save.kind.read_by_rules { stamp } else { 0 },
            created_at: was.map_or(ctx.now, |row| row.created_at),
            edited_at: ctx.now,
            archived_at: (next.change == Change::Archived).then_some(ctx.now),
            body: next.body.fields(),
        };
        Self { save, next, row }
    }
}

/// The resource as it would be, if its fields can be read; `None` if it is as it is wished to be already.
fn next(save: &Save, tenant: Tenant, world: &World) -> Result<Option<Next>, Refusal> {
    let read = |fields: &Fields| save.kind.read(fields).map_err(Refusal::Unreadable);
    let there = world.resource.rows.get(&save.key(tenant));
    if let Some(initial) = save.kind.initial() {
        let body = match &save.wish {
            Wish::Edit(content) => initial.body.with(&content.fields),
            Wish::Put(content) => Fields::default().with(&content.fields),
            Wish::Create(_) | Wish::Archive | Wish::Restore => return Err(THERE_IS_ONE),
        };
        if there.is_none() {
            expect(save, initial.version)?;
            return Ok(Some(Next::new(read(&body)?)));
        }
    }
    let row = match (&save.wish, there) {
        (Wish::Create(_), Some(_)) => return Err(Refusal::Taken { field: "id" }),
        (Wish::Create(content), None) => return Ok(Some(Next::new(read(&content.fields)?))),
        (Wish::Put(content), None) => {
            let body = read(&Fields::default().with(&content.fields))?;
            expect(save, 0)?;
            return Ok(Some(Next::new(body)));
        }
        (_, None) => return Err(Refusal::NotFound(save.kind.kind.word)),
        (_, Some(row)) => row,
    };
    let stored = || save.kind.stored(row.shape, &row.body).ok_or(UNREADABLE);
    if let Wish::Put(content) = &save.wish {
        // It may be as it shall be whoever made it so; a repeat finds what it did itself.
        let (was, lives) = (stored()?, row.archived_at.is_none());
        let fields = was.fields();
        let secrets = fields.0.into_iter().filter(|(name, _)| save.kind.secrets.contains(&&**name));
        let body = read(&Fields(secrets.collect()).with(&content.fields))?;
        if lives && content.sealed.is_empty() && was.fields() == body.fields() {
            return Ok(None);
        }
        expect(save, row.version)?;
        let change = if lives { Change::Edited } else { Change::Restored };
        return Ok(Some(Next { change, was: Some((row.clone(), was)), body }));
    }
    expect(save, row.version)?;
    let was = stored()?;
    let (change, body) = match &save.wish {
        Wish::Edit(_) if row.archived_at.is_some() => {
            let detail = "it is archived; restore it first";
            return Err(Refusal::WrongState { code: "resource_state", detail });
        }
        Wish::Edit(content) => (Change::Edited, read(&was.fields().with(&content.fields))?),
        Wish::Archive => (Change::Archived, stored()?),
        Wish::Create(_) | Wish::Put(_) | Wish::Restore => (Change::Restored, stored()?),
    };
    let stays = match change {
        Change::Created => false,
        Change::Edited => save.sealed().is_empty() && was.fields() == body.fields(),
        Change::Archived => row.archived_at.is_some(),
        Change::Restored => row.archived_at.is_none(),
    };
    Ok((!stays).then(|| Next { change, was: Some((row.clone(), was)), body }))
}

fn expect(save: &Save, version: i64) -> Result<(), Refusal> {
    if save.expected.as_ref().is_some_and(|seen| !seen.contains(&version)) {
        return Err(Refusal::PreconditionFailed { version });
    }
    Ok(())
}

/// What stands when all is saved.
struct After<'p> {
    tenant: Tenant,
    world: &'p World,
    steps: BTreeMap<(i64, Id16), &'p Step<'p>>,
    /// Unique values that saved resources have. Where two want one, the first has it.
    claims: BTreeMap<ClaimKey, Id16>,
    /// How many of each kind are new.
    created: BTreeMap<i64, i64>,
}

impl<'p> After<'p> {
    fn of(plan: &'p Plan<'p>, world: &'p World) -> Self {
        let tenant = plan.tenant;
        let (mut steps, mut claims) = (BTreeMap::new(), BTreeMap::new());
        let mut created: BTreeMap<i64, i64> = BTreeMap::new();
        for step in &plan.steps {
            let number = step.row.kind;
            steps.insert((number, step.row.id), step);
            if step.next.change == Change::Created {
                *created.entry(number).or_default() += 1;
            }
            for claim in step.claims_after(tenant) {
                claims.entry(claim).or_insert(step.row.id);
            }
        }
        Self { tenant, world, steps, claims, created }
    }

    fn check(
        &self,
        step: &Step<'_>,
        config: Option<&Cow<'_, TenantCatalog>>,
    ) -> Result<(), Refusal> {
        let Next { change, was, body } = &step.next;
        let config = config.ok_or(Refusal::NotFound("merchant"))?;
        body.check(was.as_ref().map(|(_, was)| was.as_ref()), config)?;
        check_size(body.as_ref())?;
        if *change == Change::Archived {
            self.check_referrers(step)?;
        } else {
            self.check_references(step)?;
            self.check_claims(step)?;
        }
        self.check_rights(step)?;
        let (number, limit) = (step.row.kind, step.save.kind.kind.limit);
        let rows: &Rows = &self.world.resource;
        let count = rows.heads.get(&(self.tenant, number)).copied().unwrap_or(0);
        let created = self.created.get(&number).copied().unwrap_or(0);
        if *change == Change::Created && count + created > limit {
            return Err(Refusal::LimitExceeded { field: "body".to_owned(), limit });
        }
        step.save.sealed().iter().try_for_each(|(_, sealed)| self.world.seal.may_store(sealed))
    }

    /// Nobody refers to what goes away. What is saved with it says itself where it refers to.
    fn check_referrers(&self, step: &Step<'_>) -> Result<(), Refusal> {
        let by = self.world.resource.referrers.get(&step.save.key(self.tenant));
        let by = by.into_iter().flatten();
        let by: Vec<_> = by
            .filter(|(kind, _, id)| !self.steps.contains_key(&(*kind, *id)))
            .filter_map(|(kind, field, id)| {
                let any = registry::numbered(*kind)?;
                Some((any.kind.plural, *field, any.kind.write(id)))
            })
            .collect();
        if by.is_empty() { Ok(()) } else { Err(Refusal::InUse { by }) }
    }

    /// What it refers to is there.
    fn check_references(&self, step: &Step<'_>) -> Result<(), Refusal> {
        for to in step.next.body.refs() {
            let Some(id) = to.id else { continue };
            let lives = match self.steps.get(&(to.kind, id)) {
                Some(saved) => saved.row.archived_at.is_none(),
                None => {
                    let found = self.world.resource.rows.get(&(self.tenant, to.kind, id));
                    found.is_some_and(|found| found.archived_at.is_none())
                }
            };
            if !lives {
                let detail = "there is none of this id, or it is archived";
                return Err(Refusal::invalid(to.name, detail));
            }
        }
        Ok(())
    }

    /// Nobody gives what he lacks, nor takes it from others.
    fn check_rights(&self, step: &Step<'_>) -> Result<(), Refusal> {
        let Some(by) = &step.save.by else { return Ok(()) };
        let own = |id: Id16| {
            let number = Role::KIND.number;
            let saved = self.steps.get(&(number, id)).map(|saved| &saved.row);
            let stored = || self.world.resource.rows.get(&(self.tenant, number, id));
            let role: Role = typed(saved.or_else(stored)?)?;
            Some(role.rights())
        };
        let was = step.next.was.iter().map(|(_, was)| was.as_ref());
        let bodies = was.chain([step.next.body.as_ref()]);
        bodies.map(|body| body.gives(&own)).try_for_each(|gives| by.cover(&gives))
    }

    /// Its unique values are free, or will be.
    fn check_claims(&self, step: &Step<'_>) -> Result<(), Refusal> {
        for claim in step.claims_after(self.tenant) {
            let saved = self.claims.get(&claim).is_some_and(|owner| *owner != step.row.id);
            let stored = self.world.resource.claims.get(&claim).is_some_and(|owner| {
                *owner != step.row.id && !self.steps.contains_key(&(step.row.kind, *owner))
            });
            if saved || stored {
                return Err(Refusal::Taken { field: claim.2 });
            }
        }
        Ok(())
    }
}

impl Step<'_> {
    /// The unique values that it has before.
    pub(super) fn claims_before(&self, tenant: Tenant) -> Vec<ClaimKey> {
        let was = self.next.was.as_ref().filter(|(row, _)| row.archived_at.is_none());
        was.map(|(_, was)| self.claims(tenant, was.as_ref())).unwrap_or_default()
    }

    /// The unique values that it has when it is saved.
    pub(super) fn claims_after(&self, tenant: Tenant) -> Vec<ClaimKey> {
        let lives = self.row.archived_at.is_none();
        if lives { self.claims(tenant, self.next.body.as_ref()) } else { Vec::new() }
    }

    fn claims(&self, tenant: Tenant, body: &dyn AnyBody) -> Vec<ClaimKey> {
        let unique = body.keys().into_iter().filter(|key| key.unique);
        unique.filter_map(|key| Some((tenant, self.row.kind, key.name, key.bytes?))).collect()
    }
}
