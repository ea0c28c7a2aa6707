//! Open an import: the file is here whole; from now on a job reads it.

use super::{Import, ImportState};
use crate::inventory::fact::ImportOpened;
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ImportId;

/// Ends an upload and starts the job.
#[derive(Debug, Clone)]
pub struct OpenImport {
    /// Whose file.
    pub import: ImportId,
    /// Bytes of the file.
    pub bytes: i64,
}

impl Verb for OpenImport {
    type Answer = Box<Import>;

    /// The import and its timer.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.inventory.imports.insert((tenant, self.import));
        for kind in [WorkKind::DropUpload, WorkKind::ReadImport] {
            needs.work.keys.insert(WorkKey { kind, tenant, subject: self.import.0 });
        }
    }

    /// Order of checks: the import takes pieces.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let import = world
            .inventory
            .imports
            .change(&(tenant, self.import))
            .ok_or(Refusal::NotFound("code import"))?;
        if import.state != ImportState::Uploading {
            return Err(Refusal::Stale);
        }
        import.state = ImportState::Running;
        import.bytes = self.bytes;
        let import = import.clone();
        let subject = import.id.0;
        world.work.remove(&WorkKey { kind: WorkKind::DropUpload, tenant, subject });
        let key = WorkKey { kind: WorkKind::ReadImport, tenant, subject };
        world.work.insert(key, Work::due(ctx.now));
        let fact = ImportOpened {
            import: import.id,
            batch: import.batch,
            sku: import.sku,
            supplier: import.supplier.clone(),
            unit_cost: import.unit_cost,
            bytes: self.bytes,
        };
        world.record(ctx, subject, fact);
        Ok(Box::new(import))
    }
}
