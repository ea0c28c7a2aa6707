//! Finish an import, well or badly: the staged pieces go, the job goes.

use super::ask_import::{NEEDS_DECISION, kept_uploads};
use super::{Import, ImportState, settle_doubts};
use crate::inventory::fact::ImportFinished;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{ImportId, Tenant};

/// Ends an import whose file was read to its end, or cannot be read, or never came whole, or was asked about in vain.
#[derive(Debug, Clone)]
pub struct FinishImport {
    /// Whose file.
    pub import: ImportId,
    /// Records read; must be what the import says, so that only the job's holder ends it.
    pub records: i64,
    /// Why the file as a whole cannot be read, if so.
    pub failure: Option<String>,
}

impl Verb for FinishImport {
    type Answer = Box<Import>;

    /// The import, its work and the count of kept uploads.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.inventory.imports.insert((tenant, self.import));
        needs.order.counters.insert(kept_uploads(tenant));
        needs.work.keys.extend(works(tenant, self.import));
        needs.work.keys.insert(settle_doubts::job(tenant, self.import));
    }

    /// Order of checks: the import exists, is not over, and stands where the caller says.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let import = world
            .inventory
            .imports
            .change(&(tenant, self.import))
            .ok_or(Refusal::NotFound("code import"))?;
        let open = matches!(import.state, ImportState::Uploading | ImportState::Running);
        let asked = import.is_asked() && import.kept_until.is_some();
        if !(open || asked) || import.records != self.records {
            return Err(Refusal::Stale);
        }
        end(import, self.failure, ctx);
        if import.held > 0 {
            import.verdict = import.settings.doubts.take().or(import.settings.verdict());
        }
        let import = import.clone();
        if asked {
            *world.order.counter_mut(kept_uploads(tenant)) -= 1;
        }
        if import.verdict.is_some() {
            world.work.insert(settle_doubts::job(tenant, import.id), Work::due(ctx.now));
        }
        world.inventory.dropped_uploads.push((tenant, import.id));
        for key in works(tenant, import.id) {
            world.work.remove(&key);
        }
        let fact = ImportFinished {
            import: import.id,
            accepted: import.accepted,
            duplicates: import.duplicates,
            doubts: import.doubts,
            errors: import.errors,
            failure: import.failure.clone(),
        };
        world.record(ctx, import.id.0, fact);
        Ok(Box::new(import))
    }
}

/// What was asked in vain stays the reason.
fn end(import: &mut Import, failure: Option<String>, ctx: &Context<'_>) {
    let failure = if import.is_asked() { Some(NEEDS_DECISION.to_owned()) } else { failure };
    import.state = if failure.is_some() { ImportState::Failed } else { ImportState::Done };
    import.failure = failure;
    import.kept_until = None;
    import.finished_at = import.finished_at.or(Some(ctx.now));
}

fn works(tenant: Tenant, import: ImportId) -> [WorkKey; 2] {
    [WorkKind::DropUpload, WorkKind::ReadImport].map(|kind| WorkKey {
        kind,
        tenant,
        subject: import.0,
    })
}
