//! Let a person take the unsold codes of a batch in clear. It is recorded before anything is opened; the codes stay in stock.

use super::ImportState;
use super::mark::BatchStatus;
use crate::approval;
use crate::approval::act::{Act, Size};
use crate::context::Actor;
use crate::inventory::fact::CodesExported;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::ImportId;
use kernel::limits::EXPORT_CODES_MAX;

/// Records that a person takes the unsold codes of a batch.
#[derive(Debug, Clone)]
pub struct ExportCodes {
    /// The import that brought the batch.
    pub import: ImportId,
    /// How many of its codes were unsold when the edge looked. What is sold meanwhile is not given.
    pub codes: i64,
    /// Why.
    pub reason: String,
}

impl Verb for ExportCodes {
    type Answer = ();

    /// The import.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.inventory.imports.insert((at.tenant, self.import));
    }

    /// Order of checks: a person asks, the import exists, was read to its end, its batch is for sale and stays where it is,
    /// how many codes, a second person.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        if !matches!(ctx.origin.actor, Some(Actor::Person(_))) {
            return Err(Refusal::OfPeople);
        }
        let found = world.inventory.imports.get(&(tenant, self.import));
        let import = found.ok_or(Refusal::NotFound("code import"))?.clone();
        let wrong = |detail| Err(Refusal::WrongState { code: "batch_state", detail });
        if matches!(import.state, ImportState::Uploading | ImportState::Running) {
            return wrong("its file is still being read; try again when the import has ended");
        }
        if import.mark != BatchStatus::Open {
            return wrong("the batch is frozen or voided, and none of its codes is for sale");
        }
        if import.relocation.is_some() {
            return wrong(
                "the batch is on its way to another SKU or date; try again when its job has ended",
            );
        }
        if self.codes == 0 {
            return wrong("none of its codes is unsold");
        }
        if self.codes > EXPORT_CODES_MAX {
            let field = "codes".to_owned();
            return Err(Refusal::LimitExceeded { field, limit: EXPORT_CODES_MAX });
        }
        let size = Some(Size::Pieces(self.codes));
        approval::ask_second(world, ctx, Act::ExportCodes, size)?;
        let fact = CodesExported {
            import: import.id,
            batch: import.batch,
            sku: import.sku,
            codes: self.codes,
            reason: self.reason,
        };
        world.record(ctx, import.id.0, fact);
        Ok(())
    }
}
