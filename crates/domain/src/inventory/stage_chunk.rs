//! Stage one sealed piece of an upload.

use super::ImportState;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{ImportId, Tenant};

/// Keeps a piece of an upload until it has been read.
#[derive(Debug, Clone)]
pub struct StageChunk {
    /// Whose file.
    pub import: ImportId,
    /// Which piece, from 0, in order.
    pub number: i64,
    /// The piece, sealed.
    pub sealed: Vec<u8>,
}

/// A staged piece's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedChunk {
    /// Whose file.
    pub import: ImportId,
    /// Whose import.
    pub tenant: Tenant,
    /// Which piece.
    pub number: i64,
    /// The piece, sealed.
    pub sealed: Vec<u8>,
}

impl Verb for StageChunk {
    type Answer = ();

    /// The import.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, .. } = *at;
        needs.inventory.imports.insert((tenant, self.import));
        needs.seal.oldest = true;
    }

    /// Order of checks: the seal is in force, the import takes pieces, and this is the next one.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        world.seal.may_store(&self.sealed)?;
        let import = world
            .inventory
            .imports
            .change(&(tenant, self.import))
            .ok_or(Refusal::NotFound("code import"))?;
        if import.state != ImportState::Uploading || import.chunks != self.number {
            return Err(Refusal::Stale);
        }
        import.chunks += 1;
        world.inventory.new_chunks.push(StagedChunk {
            import: self.import,
            tenant,
            number: self.number,
            sealed: self.sealed,
        });
        Ok(())
    }
}
