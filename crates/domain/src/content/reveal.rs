//! Show a version to somebody of the merchant's. Recorded before it is opened.

use super::fact::ContentRevealed;
use super::write::require;
use crate::approval;
use crate::approval::act::{Act, Size};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::SkuId;

/// Records that a version is read.
#[derive(Debug, Clone)]
pub struct RevealContent {
    /// Of which SKU.
    pub sku: SkuId,
    /// Which version.
    pub number: u32,
    /// Why, where somebody says so.
    pub reason: Option<String>,
}

impl Verb for RevealContent {
    type Answer = ();

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
    }

    /// Order of checks: the SKU exists, its kind, the version exists, a second person.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let (_, sku) = require(world, ctx.origin.tenant, self.sku)?;
        if !(1..=sku.content).contains(&self.number) {
            return Err(Refusal::NotFound("version"));
        }
        approval::ask_second(world, ctx, Act::RevealCodes, Some(Size::Pieces(1)))?;

        let Self { sku, number, reason } = self;
        world.record(ctx, sku.0, ContentRevealed { sku, number, reason });
        Ok(())
    }
}
