//! Redeem several vouchers for one bill: all of them, or none.

use super::redeem::{Place, Shown, Take, check, needs_of, take};
use super::{Redemption, wrong_state};
use crate::idempotency::{OutcomeKind, OutcomeRef};
use crate::outcome::Answer;
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::{Money, RedemptionId, StoreId, VoucherId};
use std::collections::BTreeSet;

/// Vouchers of one act, at most.
pub const TOGETHER_MAX: usize = 20;

/// Takes some of several vouchers.
#[derive(Debug, Clone)]
pub struct RedeemTogether {
    /// What is shown of each, and how much is taken.
    pub vouchers: Vec<(Shown, Take)>,
    /// The bill, if it is said.
    pub spend: Option<Money>,
    /// Where, if it is said.
    pub store: Option<StoreId>,
}

/// Redemptions of one act, in the order in which they were asked for.
#[derive(Debug, Clone)]
pub struct Together(pub Vec<Redemption>);

impl Answer for Together {
    /// Their ids follow each other, so the first one and their number name them.
    fn reference(&self) -> Option<OutcomeRef> {
        let first = self.0.first()?.id;
        let version = self.0.len() as i64;
        Some(OutcomeRef { kind: OutcomeKind::Redemptions, subject: first.0, version })
    }
}

impl Verb for RedeemTogether {
    type Answer = Together;

    /// What each of them needs.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        for (shown, _) in &self.vouchers {
            needs_of(*shown, at, needs);
        }
    }

    /// Order of checks: how many, then each in turn as if it came alone; each of them once. Nothing is taken before all are
    /// checked. A refusal names the place of its voucher.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        if !(1..=TOGETHER_MAX).contains(&self.vouchers.len()) {
            return Err(Refusal::invalid("vouchers", format!("send 1 to {TOGETHER_MAX}")));
        }
        let place = Place { store: self.store, spend: self.spend };
        let mut known: BTreeSet<VoucherId> = BTreeSet::new();
        let mut checked = Vec::with_capacity(self.vouchers.len());
        for (i, (shown, wanted)) in self.vouchers.into_iter().enumerate() {
            let one = check(world, ctx, shown, wanted, place).map_err(|why| within(i, why))?;
            if !known.insert(one.voucher.id) {
                let detail = "the voucher is in the list before";
                return Err(within(i, wrong_state("voucher_state", detail)));
            }
            checked.push(one);
        }
        let first = u128::from_be_bytes((ctx.draw)());
        let taken = checked.into_iter().zip(0_u128..).map(|(one, i)| {
            let id = RedemptionId(first.wrapping_add(i).to_be_bytes());
            take(world, ctx, one, id, place)
        });
        Ok(Together(taken.collect()))
    }
}

/// A refusal of one voucher. Store and bill are those of the act.
fn within(i: usize, why: Refusal) -> Refusal {
    match why {
        Refusal::Invalid { field, detail } if field == "store" || field.starts_with("spend") => {
            Refusal::Invalid { field, detail }
        }
        Refusal::Invalid { field, detail } => {
            Refusal::Invalid { field: format!("vouchers[{i}].{field}"), detail }
        }
        why => Refusal::Within { at: format!("vouchers[{i}]"), refusal: Box::new(why) },
    }
}
