//! Make vouchers without an order: to print them, or to give them away.

use super::fact::VouchersMade;
use super::issue::{Codes, Wanted, give};
use super::{Present, Voucher, VoucherTerms, wrong_state};
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Currency, Money, SkuId, VoucherId};

/// Vouchers of one command at most.
pub const VOUCHERS_MAX: u32 = 1_000;

/// Makes vouchers of a SKU. Nothing was paid for them.
#[derive(Debug, Clone, Copy)]
pub struct MakeVouchers {
    /// Of which SKU.
    pub sku: SkuId,
    /// How many.
    pub quantity: u32,
}

/// Vouchers that were made together.
#[derive(Debug, Clone)]
pub struct Made {
    /// All of them, the first one leads to the others.
    pub vouchers: Vec<Voucher>,
}

impl Answer for Made {
    /// Their ids follow each other, so the first one and their number name them.
    fn reference(&self) -> Option<OutcomeRef> {
        let first = self.vouchers.first().map_or(VoucherId([0; 16]), |voucher| voucher.id);
        let version = self.vouchers.len() as i64;
        Some(OutcomeRef { kind: OutcomeKind::Vouchers, subject: first.0, version })
    }
}

/// The template of a SKU's vouchers, and the currency of their price. Order of checks: the SKU exists, is one of vouchers
/// that we make, their time is not over.
pub(super) fn template(
    world: &World,
    ctx: &Context<'_>,
    sku: SkuId,
) -> Result<(Box<VoucherTerms>, Currency), Refusal> {
    let listed = world.config.listed(ctx.origin.tenant, sku).ok_or(Refusal::NotFound("sku"))?;
    let sku = &listed.sku().terms;
    let Some(terms) = sku.voucher.clone() else {
        return Err(Refusal::invalid("sku", "send a SKU of the kind voucher"));
    };
    if terms.present == Present::Imported {
        let detail = "the codes of these vouchers are imported; they are delivered by orders";
        return Err(Refusal::invalid("sku", detail));
    }
    if terms.earliest_end(ctx.now) <= ctx.now {
        return Err(wrong_state("voucher_expired", "the time of these vouchers is over"));
    }
    Ok((terms, sku.price.currency))
}

impl Verb for MakeVouchers {
    type Answer = Made;

    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.tenant(at.tenant);
    }

    /// Order of checks: quantity, the template.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        if !(1..=VOUCHERS_MAX).contains(&self.quantity) {
            return Err(Refusal::invalid("quantity", format!("send 1 to {VOUCHERS_MAX}")));
        }
        let (terms, currency) = template(world, ctx, self.sku)?;
        let wanted = Wanted {
            sku: self.sku,
            terms: &terms,
            quantity: self.quantity,
            price: Money::new(0, currency),
            source: None,
            subject: self.sku.0,
            codes: Codes::Made(None),
        };
        let mut postings = Vec::new();
        let vouchers = give(world, ctx, wanted, &mut postings);
        if let Some(first) = vouchers.first().cloned() {
            let fact = VouchersMade { first, quantity: self.quantity, run: None, postings };
            world.record(ctx, self.sku.0, fact);
        }
        Ok(Made { vouchers })
    }
}
