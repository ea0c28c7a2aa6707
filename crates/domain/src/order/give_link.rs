//! Give out the link that opens an order's page, again. Whoever has it can see the codes, so it is given like them.

use super::{limit, require};
use crate::approval;
use crate::approval::act::{Act, Size};
use crate::order::fact::OrderLinkGiven;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::limits::ORDER_LINKS_HOUR_MAX;
use kernel::{Id16, OrderId};

/// Records that a caller gets the link of an order's page, or that its buyer does. It is the same link each time: an order that
/// was bought in one call has none yet, and keeps this one.
#[derive(Debug, Clone, Copy)]
pub struct GiveLink {
    /// Which order.
    pub order: OrderId,
    /// What its row keeps of the link.
    pub link: Id16,
    /// Whether it goes to the buyer by mail.
    pub mailed: bool,
}

impl Verb for GiveLink {
    type Answer = OrderId;

    /// The order, and how often its link was given out.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        needs.order.orders.insert((at.tenant, self.order));
        needs.order.counters.insert(limit::links(at.tenant, self.order, at.now));
    }

    /// Order of checks: the order exists, times in an hour, a second person where it opens many codes. The order may stand
    /// anywhere.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let (mut order, lines) = require(world, tenant, self.order)?;
        let given = limit::links(tenant, self.order, ctx.now);
        if limit::used(world, &given) >= ORDER_LINKS_HOUR_MAX {
            let field = "order".to_owned();
            return Err(Refusal::LimitExceeded { field, limit: ORDER_LINKS_HOUR_MAX });
        }
        let codes = lines
            .iter()
            .map(|line| (line.codes.len() + usize::from(line.content.is_some())) as i64)
            .sum();
        approval::ask_second(world, ctx, Act::RevealCodes, Some(Size::Pieces(codes)))?;

        *world.order.counter_mut(given) += 1;
        if order.link.is_none() {
            order.link = Some(self.link);
            world.order.new_links.push((tenant, order.id, self.link));
            world.order.save_order(order);
        }
        let fact = OrderLinkGiven { order: self.order, mailed: self.mailed };
        world.record(ctx, self.order.0, fact);
        Ok(self.order)
    }
}
