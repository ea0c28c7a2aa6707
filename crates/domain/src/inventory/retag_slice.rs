//! Give codes from before records of fields their tags, a slice at a time. A code that was not reached yet is met by
//! its old tag, as a doubt.

use super::identity::{Identity, Met};
use crate::inventory::fact::CodesRetagged;
use crate::work::{WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{CodeId, Tenant, Timestamp};

/// Does the next slice of a book.
#[derive(Debug, Clone)]
pub struct RetagSlice {
    /// Codes that were opened and tagged outside.
    pub codes: Vec<(CodeId, Identity)>,
    /// Whether these are the last.
    pub last: bool,
    /// The job's lease runs until this time.
    pub lease_until: Timestamp,
}

/// The job of a book.
pub fn job(tenant: Tenant) -> WorkKey {
    WorkKey { kind: WorkKind::RetagCodes, tenant, subject: *tenant.bytes() }
}

impl Verb for RetagSlice {
    type Answer = ();

    /// The job and the tags, old and new.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.work.keys.insert(job(tenant));
        for (_, identity) in &self.codes {
            identity.needs(at, needs);
            needs.inventory.code_tags.insert((tenant, identity.own));
        }
    }

    /// Order of checks: the job is under way. Codes that lost their old tag meanwhile are passed over.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        if world.work.get(&job(tenant)).is_none() {
            return Err(Refusal::Stale);
        }
        let (mut count, mut twins) = (0, 0);
        for (id, identity) in self.codes {
            if world.inventory.codes_before.get(&identity.before) != Some(&id) {
                continue;
            }
            world.inventory.codes_before.remove(&identity.before);
            match identity.meet(tenant, world) {
                Met::Nobody => {}
                Met::Alike(..) => twins += 1,
                // A row that came in meanwhile and is held: this code was there first.
                Met::Same(_) => identity.hand_over(tenant, world, id),
            }
            identity.claim(tenant, world, id, false);
            identity.index(tenant, world, id);
            count += 1;
        }
        if self.last {
            world.work.remove(&job(tenant));
        } else if let Some(work) = world.work.change(&job(tenant)) {
            work.lease_until = self.lease_until;
        }
        if count > 0 {
            let fact = CodesRetagged { count, twins };
            world.record(ctx, *tenant.bytes(), fact);
        }
        Ok(())
    }
}
