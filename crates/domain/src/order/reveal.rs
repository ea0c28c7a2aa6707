//! Show the codes of an order. Recorded before anything is opened; what was seen is never taken back.

use super::{Line, Visit, close};
use crate::fact::order::CodesRevealed;
use crate::inventory::CodeState;
use crate::{Context, Fact, Needs, Outcome, Refusal, World};
use kernel::{OrderId, Tenant};

/// Records that a caller sees an order's codes.
#[derive(Debug, Clone)]
pub struct RevealCodes {
    /// Which order.
    pub order: OrderId,
    /// From where, if on a page.
    pub visit: Option<Visit>,
}

impl RevealCodes {
    /// The order and its codes.
    pub fn needs(&self, tenant: Tenant, world: &World, needs: &mut Needs) {
        needs.orders.insert((tenant, self.order));
        needs.looks.insert((tenant, self.order));
        let lines = world.lines.get(&(tenant, self.order)).into_iter().flatten();
        needs_of_codes(lines, needs);
    }

    /// Order of checks: the order exists.
    pub fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Outcome, Refusal> {
        let (_, lines) = close::found(world, ctx.origin.tenant, self.order)?;
        for line in &lines {
            for at in &line.codes {
                let unseen = world.code(line.sku, at).filter(|c| c.state == CodeState::Issued);
                if let Some(mut code) = unseen.cloned() {
                    code.state = CodeState::Revealed;
                    world.save_code(CodeState::Issued, code);
                }
            }
        }
        let look = (ctx.origin.tenant, self.order);
        if world.looks.get(&look).is_none() {
            world.looks.insert(look, ctx.now);
        }
        let (address, device) = match self.visit {
            Some(visit) => (Some(hex(&visit.address)), Some(hex(&visit.device))),
            None => (None, None),
        };
        let fact = Fact::CodesRevealed(CodesRevealed { order: self.order, address, device });
        world.record(ctx, self.order.0, fact);
        Ok(Outcome::Order(self.order))
    }
}

/// The codes that lines delivered.
pub fn needs_of_codes<'a>(lines: impl Iterator<Item = &'a Line>, needs: &mut Needs) {
    let codes = lines.flat_map(|line| line.codes.iter().map(|at| (line.sku, *at)));
    needs.owned_codes.extend(codes);
}

fn hex(tag: &kernel::Id16) -> String {
    tag.iter().map(|byte| format!("{byte:02x}")).collect()
}
