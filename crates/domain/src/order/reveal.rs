//! Show the codes of an order, and what it shares. Recorded before anything is opened; what was seen is never taken back.

use super::{Line, Visit, require};
use crate::approval;
use crate::approval::act::{Act, Size};
use crate::inventory::damaged::Seal;
use crate::inventory::{CodePlace, CodeState, code_of};
use crate::order::fact::{CodesRevealed, CodesUnreadable};
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{OrderId, Tenant};

/// Records that a caller sees an order's codes.
#[derive(Debug, Clone)]
pub struct RevealCodes {
    /// Which order.
    pub order: OrderId,
    /// The visitor, if on a page.
    pub visit: Option<Visit>,
    /// Why, where somebody says so.
    pub reason: Option<String>,
}

impl Verb for RevealCodes {
    type Answer = OrderId;

    /// The order and its codes.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        let At { tenant, world, .. } = *at;
        needs.order.orders.insert((tenant, self.order));
        needs.order.first_reveals.insert((tenant, self.order));
        let lines = world.order.lines.get(&(tenant, self.order)).into_iter().flatten();
        needs_of_opened(tenant, lines, needs);
    }

    /// Order of checks: the order exists, the key of each code is there, a second person. A code that does not open is not seen, and
    /// where nothing was delivered there is nothing to see.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let (_, lines) = require(world, ctx.origin.tenant, self.order)?;
        let places: Vec<CodePlace> = places(ctx.origin.tenant, &lines).collect();
        if places.iter().any(|place| world.inventory.seals.get(place) == Some(&Seal::KeyMissing)) {
            return Err(Refusal::KeyMissing);
        }
        let shared = lines.iter().filter(|line| line.content.is_some()).count();
        let size = Size::Pieces((places.len() + shared) as i64);
        approval::ask_second(world, ctx, Act::RevealCodes, Some(size))?;
        if lines.iter().all(|line| line.delivered == 0) {
            return Ok(self.order);
        }

        let mut unreadable = Vec::new();
        for place in &places {
            if world.inventory.seals.contains_key(place) {
                unreadable.push(code_of(&place.2));
                continue;
            }
            let unseen = world.inventory.code(place).filter(|c| c.state == CodeState::Issued);
            if let Some(mut code) = unseen.cloned() {
                code.state = CodeState::Revealed;
                world.inventory.save_code(CodeState::Issued, code);
            }
        }
        let key = (ctx.origin.tenant, self.order);
        if world.order.first_reveals.get(&key).is_none() {
            world.order.first_reveals.insert(key, ctx.now);
        }
        let (address, device) = match self.visit {
            Some(visit) => (Some(hex(&visit.address)), Some(hex(&visit.device))),
            None => (None, None),
        };
        let fact = CodesRevealed { order: self.order, address, device, reason: self.reason };
        world.record(ctx, self.order.0, fact);
        if !unreadable.is_empty() {
            let fact = CodesUnreadable { order: self.order, codes: unreadable };
            world.record(ctx, self.order.0, fact);
        }
        Ok(self.order)
    }
}

/// The codes that lines delivered, and whether their seals hold.
pub fn needs_of_opened<'a>(
    tenant: Tenant,
    lines: impl IntoIterator<Item = &'a Line>,
    needs: &mut Needs,
) {
    for place in places(tenant, lines) {
        needs.inventory.owned_codes.insert(place);
        needs.inventory.opened.insert(place);
    }
}

fn places<'a>(
    tenant: Tenant,
    lines: impl IntoIterator<Item = &'a Line>,
) -> impl Iterator<Item = CodePlace> {
    lines.into_iter().flat_map(move |line| line.codes.iter().map(move |at| (tenant, line.sku, *at)))
}

fn hex(tag: &kernel::Id16) -> String {
    tag.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The order whose codes may be shown now.
impl Answer for OrderId {}
