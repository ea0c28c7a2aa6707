//! Write a new version of what buyers of a SKU share.

use super::Content;
use super::fact::ContentChanged;
use crate::catalog::edit_product::save;
use crate::catalog::{Product, Sku, SkuKind};
use crate::{At, Context, Nature, Needs, Refusal, Verb, World};
use kernel::{ContentId, SkuId, Tenant};

/// Writes a version.
#[derive(Debug, Clone)]
pub struct WriteContent {
    /// Whose buyers share it.
    pub sku: SkuId,
    /// The version's id, drawn by the edge because the seal is bound to it.
    pub id: ContentId,
    /// The text, or the head of the file, sealed.
    pub sealed: Vec<u8>,
    /// Bytes of the file that it is, whose parts are kept already; none of a text.
    pub file_bytes: Option<i64>,
    /// What changed, for who holds it.
    pub note: Option<String>,
}

impl Verb for WriteContent {
    /// Orders sell the newest version, whose number stands in the catalogue.
    const NATURE: Nature = Nature::Configuration;
    type Answer = Content;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
        needs.seal.oldest = true;
    }

    /// Order of checks: the SKU exists, its kind, the key of the seal.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let (product, sku) = require(world, tenant, self.sku)?;
        let (mut product, number) = (product.clone(), sku.content + 1);
        world.seal.may_store(&self.sealed)?;

        for sku in product.skus.iter_mut().filter(|sku| sku.id == self.sku) {
            sku.content = number;
        }
        save(world, ctx, product)?;
        let content = Content {
            id: self.id,
            tenant,
            sku: self.sku,
            number,
            note: self.note,
            file_bytes: self.file_bytes,
            by: ctx.origin.actor,
            created_at: ctx.now,
            sealed: self.sealed,
        };
        world.content.new.push(content.clone());
        world.record(ctx, self.sku.0, ContentChanged { content: content.clone() });
        Ok(content)
    }
}

/// A SKU whose buyers share something, with its product.
pub(super) fn require(
    world: &World,
    tenant: Tenant,
    id: SkuId,
) -> Result<(&Product, &Sku), Refusal> {
    let (product, sku) = world.config.sku(tenant, id).ok_or(Refusal::NotFound("sku"))?;
    if sku.terms.kind != SkuKind::Content {
        return Err(Refusal::invalid("id", "the SKU is not of the kind content"));
    }
    Ok((product, sku))
}
