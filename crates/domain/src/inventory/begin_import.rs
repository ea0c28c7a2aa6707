//! Begin an import: a row for the file that is about to come in, and a timer that clears it away if
//! the upload never ends.

use super::mark::BatchStatus;
use super::{Import, ImportSettings, ImportState, require_pool};
use crate::work::{Work, WorkKey, WorkKind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{CodeBatchId, ImportId, SkuId, UnitCost};

/// An upload may take this long, in days.
const UPLOAD_DAYS_MAX: i64 = 1;

/// Makes room for an upload.
#[derive(Debug, Clone)]
pub struct BeginImport {
    /// The pool that the codes go to.
    pub sku: SkuId,
    /// How the file is to be read.
    pub settings: ImportSettings,
    /// What the merchant calls the batch.
    pub name: Option<String>,
    /// Who supplied the codes.
    pub supplier: Option<String>,
    /// What one code cost.
    pub unit_cost: Option<UnitCost>,
}

impl Verb for BeginImport {
    type Answer = Box<Import>;

    /// The tenant's configuration.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.tenant(tenant);
    }

    /// Order of checks: SKU, its kind.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        require_pool(world, tenant, self.sku, "id")?;

        let import = Import {
            id: ImportId((ctx.draw)()),
            sku: self.sku,
            batch: CodeBatchId((ctx.draw)()),
            name: self.name,
            supplier: self.supplier,
            unit_cost: self.unit_cost,
            settings: self.settings,
            state: ImportState::Uploading,
            chunks: 0,
            bytes: 0,
            records: 0,
            accepted: 0,
            duplicates: 0,
            doubts: 0,
            held: 0,
            verdict: None,
            kept_until: None,
            errors: 0,
            failure: None,
            mark: BatchStatus::Open,
            span: None,
            mark_from: None,
            relocation: None,
            relocation_failed: None,
            created_at: ctx.now,
            finished_at: None,
        };
        let key = WorkKey { kind: WorkKind::DropUpload, tenant, subject: import.id.0 };
        world.work.insert(key, Work::due(ctx.now.plus_days(UPLOAD_DAYS_MAX)));
        world.inventory.imports.insert((tenant, import.id), import.clone());
        Ok(Box::new(import))
    }
}
