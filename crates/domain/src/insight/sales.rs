//! What was sold, counted by time: how many orders and pieces, for how much, what went back, what it cost.
//!
//! Money given back counts when it was given back, not when its order was placed: a period that is over never changes.

use crate::fact::Fact;
use crate::order::Channel;
use crate::order::Order;
use crate::order::fact::{Fact as OrderFact, LineFact};
use crate::refund::fact::Fact as RefundFact;
use kernel::{CodeBatchId, CodeId, Currency, Id16, ProductId, SkuId, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// A quarter of an hour, in microseconds: the days of all zones are whole ones.
pub const QUARTER_US: i64 = 900_000_000;
/// A day, in microseconds; days are those of UTC.
pub const DAY_US: i64 = 86_400_000_000;

crate::numbered::numbered! {
    /// By what is counted. The number is what the store writes.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Cut {
        /// Everything, by the quarter of an hour; an order counts once.
        Whole = 1,
        /// Each SKU, by the quarter of an hour.
        Sku = 2,
        /// Each SKU, by the day of UTC.
        SkuDay = 3,
    }
}

impl Cut {
    /// The number of the time that a moment lies in, counted from 1970.
    pub fn slot(self, at: Timestamp) -> i64 {
        at.0.div_euclid(if self == Self::SkuDay { DAY_US } else { QUARTER_US })
    }
}

/// What is counted together: the cut, its time, the SKU (zeros for everything), where it was sold, the currency.
pub type SaleKey = (Cut, i64, Id16, Channel, Currency);

/// What was sold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sale {
    /// Orders that were placed.
    pub placed: i64,
    /// Orders that were closed unpaid.
    pub closed: i64,
    /// Orders that were paid.
    pub orders: i64,
    /// Pieces that were paid.
    pub pieces: i64,
    /// Pieces whose money was given back because somebody asked.
    pub returned: i64,
    /// Money that paid them, in minor units.
    pub gross: i64,
    /// Money that was given back, in minor units.
    pub refunded: i64,
    /// What the delivered pieces cost that did not come back, as far as it is known, in ledger units.
    pub cost: i64,
    /// Delivered pieces, without those that came back, of which nobody said what they cost.
    pub uncosted: i64,
}

impl std::ops::AddAssign for Sale {
    fn add_assign(&mut self, more: Self) {
        self.placed += more.placed;
        self.closed += more.closed;
        self.orders += more.orders;
        self.pieces += more.pieces;
        self.returned += more.returned;
        self.gross += more.gross;
        self.refunded += more.refunded;
        self.cost += more.cost;
        self.uncosted += more.uncosted;
    }
}

/// Codes that were delivered for money, or came back for it: whoever follows looks up what they cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goods {
    /// When.
    pub at: Timestamp,
    /// What was sold.
    pub sku: SkuId,
    /// Its product.
    pub product: ProductId,
    /// The version of the product, which may say what a piece costs.
    pub version: i64,
    /// Where it was sold.
    pub channel: Channel,
    /// In which currency.
    pub currency: Currency,
    /// What one piece was sold for, in minor units.
    pub unit_price: i64,
    /// The codes.
    pub codes: Vec<CodeId>,
    /// Whether they came back.
    pub back: bool,
}

/// What a batch of codes earned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Earned {
    /// Codes that were sold.
    pub sold: i64,
    /// Codes that came back.
    pub returned: i64,
    /// What was paid for the ones, in minor units.
    pub gross: i64,
    /// What was given back for the others, in minor units.
    pub refunded: i64,
}

/// What a run of facts says of sales.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sales {
    /// What the counts grow by.
    pub counts: BTreeMap<SaleKey, Sale>,
    /// What batches earned, by the batch and the currency.
    pub earned: BTreeMap<(CodeBatchId, Currency), Earned>,
    /// What is still to be looked up.
    pub goods: Vec<Goods>,
}

impl Sales {
    /// Takes in the next fact.
    pub fn take(&mut self, at: Timestamp, fact: &Fact) {
        match fact {
            Fact::Order(OrderFact::OrderBought(fact)) => {
                self.whole(at, &fact.order).placed += 1;
                self.paid(at, &fact.order, &fact.lines);
            }
            Fact::Order(OrderFact::OrderPlaced(fact)) => self.whole(at, &fact.order).placed += 1,
            Fact::Order(OrderFact::OrderPaid(fact)) => self.paid(at, &fact.order, &fact.lines),
            Fact::Order(OrderFact::OrderClosed(fact)) => self.whole(at, &fact.order).closed += 1,
            Fact::Refund(RefundFact::RefundMade(fact)) => {
                let whole = self.whole(at, &fact.order);
                whole.refunded += fact.refund.amount;
                for part in &fact.refund.lines {
                    let at_line = usize::try_from(part.line).ok().and_then(|n| n.checked_sub(1));
                    let Some(line) = at_line.and_then(|n| fact.lines.get(n)) else { continue };
                    let pieces = i64::from(part.quantity);
                    self.whole(at, &fact.order).returned += pieces;
                    self.each(at, &fact.order, line, |sale| {
                        sale.returned += pieces;
                        sale.refunded += line.unit_price * pieces;
                    });
                    self.goods(at, &fact.order, line, part.codes.clone(), true);
                }
            }
            _ => {}
        }
    }

    /// Takes in what codes cost, which whoever follows has looked up: the batch of each code, if it is known, and what a
    /// piece costs in ledger units, if that is known.
    pub fn cost(&mut self, goods: &Goods, batch: Option<CodeBatchId>, cost: Option<i64>) {
        let sign = if goods.back { -1 } else { 1 };
        let skus = [(Cut::Whole, [0; 16]), (Cut::Sku, goods.sku.0), (Cut::SkuDay, goods.sku.0)];
        for (cut, sku) in skus {
            let key = (cut, cut.slot(goods.at), sku, goods.channel, goods.currency);
            let sale = self.counts.entry(key).or_default();
            match cost {
                Some(cost) => sale.cost += sign * cost,
                None => sale.uncosted += sign,
            }
        }
        let Some(batch) = batch else { return };
        let earned = self.earned.entry((batch, goods.currency)).or_default();
        if goods.back {
            earned.returned += 1;
            earned.refunded += goods.unit_price;
        } else {
            earned.sold += 1;
            earned.gross += goods.unit_price;
        }
    }

    fn paid(&mut self, at: Timestamp, order: &Order, lines: &[LineFact]) {
        let whole = self.whole(at, order);
        whole.orders += 1;
        whole.gross += order.paid;
        let mut seen = BTreeSet::new();
        for line in lines {
            let pieces = i64::from(line.quantity);
            self.whole(at, order).pieces += pieces;
            let first = seen.insert(line.sku);
            self.each(at, order, line, |sale| {
                sale.orders += i64::from(first);
                sale.pieces += pieces;
                sale.gross += line.unit_price * pieces;
            });
            let codes = line.codes.iter().map(|(code, _)| *code).collect();
            self.goods(at, order, line, codes, false);
        }
    }

    fn whole(&mut self, at: Timestamp, order: &Order) -> &mut Sale {
        let key = (Cut::Whole, Cut::Whole.slot(at), [0; 16], order.channel, order.currency);
        self.counts.entry(key).or_default()
    }

    /// Changes the counts of a line's SKU.
    fn each(&mut self, at: Timestamp, order: &Order, line: &LineFact, change: impl Fn(&mut Sale)) {
        for cut in [Cut::Sku, Cut::SkuDay] {
            let key = (cut, cut.slot(at), line.sku.0, order.channel, order.currency);
            change(self.counts.entry(key).or_default());
        }
    }

    fn goods(
        &mut self,
        at: Timestamp,
        order: &Order,
        line: &LineFact,
        codes: Vec<CodeId>,
        back: bool,
    ) {
        if codes.is_empty() {
            return;
        }
        self.goods.push(Goods {
            at,
            sku: line.sku,
            product: line.product,
            version: line.product_version,
            channel: order.channel,
            currency: order.currency,
            unit_price: line.unit_price,
            codes,
            back,
        });
    }
}
