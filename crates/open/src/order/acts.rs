//! What a caller can do with an order as it stands.

use domain::catalog::Product;
use domain::identity::Scope;
use domain::inventory::{Code, CodeState};
use domain::order::acts::{Acts, Refundable, acts};
use domain::order::{Line, Order};
use domain::voucher::Voucher;
use edge::auth::Caller;
use edge::problem::Problem;
use serde::Serialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use utoipa::ToSchema;

/// What the caller can do with an order as it stands: the state allows it, the rule under which it was ordered, and what
/// the key may do.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct OrderActs {
    /// Start a payment.
    pub pay: bool,
    /// Cancel it.
    pub cancel: bool,
    /// Refund some of it, by the rule.
    pub refund: bool,
    /// Refund some of it with `override`.
    pub override_refund: bool,
    /// Show its codes.
    pub reveal: bool,
    /// Give out the link of its page.
    pub link: bool,
    /// Keep a note about it.
    pub note: bool,
}

impl OrderActs {
    /// Asks the rules.
    pub async fn of(caller: &Caller, order: &Order, lines: &[Line]) -> Result<Self, Problem> {
        let codes = caller.reader().codes_of_order(caller.tenant(), order.id).await?;
        let mut products: HashMap<_, Option<Product>> = HashMap::new();
        for line in lines {
            if let Entry::Vacant(place) = products.entry((line.product, line.product_version)) {
                let (product, version) = *place.key();
                let reader = caller.reader();
                place.insert(reader.product_version(caller.tenant(), product, version).await?);
            }
        }
        let vouchers = caller.reader().vouchers_of_lines(caller.tenant(), lines).await?;
        let seen = caller.reader().first_look(caller.tenant(), order.id).await?.is_some();
        let rule = |line: &Line| {
            let product = products.get(&(line.product, line.product_version))?.as_ref()?;
            product.skus.iter().find(|sku| sku.id == line.sku).map(|sku| sku.terms.refund)
        };
        let lines: Vec<_> = lines
            .iter()
            .map(|line| Refundable {
                line,
                rule: rule(line).unwrap_or_default(),
                unseen: unseen(line, &codes) + unused(line, &vouchers) + unread(line, seen),
            })
            .collect();
        Ok(Self::allowed(caller, acts(order, &lines, caller.engine().now())))
    }

    fn allowed(caller: &Caller, acts: Acts) -> Self {
        let may = |scope| caller.may(scope).is_ok();
        let writes = may(Scope::OrdersWrite);
        Self {
            pay: acts.pay && writes,
            cancel: acts.cancel && writes,
            refund: acts.refund && writes,
            override_refund: acts.override_refund && writes && may(Scope::RefundsOverride),
            reveal: acts.reveal && may(Scope::CodesReveal),
            link: may(Scope::CodesReveal),
            note: writes,
        }
    }
}

fn unused(line: &Line, vouchers: &[Voucher]) -> u32 {
    let of_line = vouchers.iter().filter(|voucher| line.vouchers.contains(&voucher.id));
    of_line.filter(|voucher| voucher.is_effective()).count() as u32
}

/// What is shared counts as seen when the order was looked at.
fn unread(line: &Line, seen: bool) -> u32 {
    u32::from(line.content.is_some() && !seen)
}

fn unseen(line: &Line, codes: &[(u32, Code)]) -> u32 {
    let of_line = codes.iter().filter(|(number, _)| *number == line.number);
    of_line.filter(|(_, code)| code.state == CodeState::Issued).count() as u32
}
