//! What arrived for an order and where it went, for its buyer.

use super::opened::Opened;
use crate::visitor::Visitor;
use domain::payment::Receipt;
use domain::refund::{Refund, RefundState};
use edge::problem::Problem;
use kernel::Money;
use pages::page::money::{Fate, Movement};

impl Opened {
    /// Every amount in the order of time; nothing where all that moved is the price that was paid.
    pub async fn movements(
        &self,
        visitor: &Visitor,
        refunds: &[Refund],
    ) -> Result<Vec<Movement>, Problem> {
        let (tenant, order) = (self.order.tenant, self.order.id);
        let receipts = visitor.reader().receipts_of_order(tenant, order).await?;
        Ok(movements(&receipts, refunds))
    }
}

fn movements(receipts: &[Receipt], refunds: &[Refund]) -> Vec<Movement> {
    if refunds.is_empty() && receipts.iter().all(|receipt| receipt.applied == receipt.amount) {
        return Vec::new();
    }
    let arrived = receipts.iter().map(|receipt| Movement {
        money: Money::new(receipt.amount, receipt.currency),
        fate: Fate::Arrived,
        at: receipt.at,
    });
    let gone = refunds.iter().map(|refund| Movement {
        money: refund.money(),
        fate: match refund.state {
            RefundState::Processing => Fate::GoingBack,
            RefundState::Succeeded => Fate::Back,
            RefundState::Failed => Fate::Stuck,
        },
        at: refund.ended_at.unwrap_or(refund.created_at),
    });
    let mut all: Vec<Movement> = arrived.chain(gone).collect();
    all.sort_by_key(|movement| movement.at);
    all
}
