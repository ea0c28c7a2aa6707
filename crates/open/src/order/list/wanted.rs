//! Which orders are wanted, in which order, and whether one fits.

use crate::walk::check_bounds;
use domain::order::Order;
use edge::pagination::{Cursor, Limit};
use edge::problem::Problem;
use edge::wire::{
    BuyerId, Channel, CodeBatchId, ExternalOrderId, OrderState, ProductId, SkuId, Time,
};
use serde::{Deserialize, Serialize};
use store::insight::Way;
use store::read::OrderView;
use utoipa::{IntoParams, ToSchema};

/// Which orders are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrderList {
    /// The one order with this external id, in place of a page.
    #[param(inline)]
    pub external_id: Option<ExternalOrderId>,
    /// Where they stand.
    #[param(inline)]
    pub state: Option<OrderState>,
    /// What was bought.
    #[param(inline)]
    pub product: Option<ProductId>,
    /// What was bought.
    #[param(inline)]
    pub sku: Option<SkuId>,
    /// Who bought. A buyer's own name stands in no address: look his id up first.
    #[param(inline)]
    pub buyer: Option<BuyerId>,
    /// Where they came from.
    #[param(inline)]
    pub channel: Option<Channel>,
    /// The batch that their codes came with.
    #[param(inline)]
    pub batch: Option<CodeBatchId>,
    /// What they cost at least, in minor units.
    #[param(minimum = 0)]
    pub amount_from: Option<i64>,
    /// What they cost at most, in minor units.
    #[param(minimum = 0)]
    pub amount_to: Option<i64>,
    /// Placed at this time or later.
    #[param(inline)]
    pub created_from: Option<Time>,
    /// Placed before this time.
    #[param(inline)]
    pub created_before: Option<Time>,
    /// In which order; newest first when absent.
    #[param(inline)]
    pub sort: Option<OrderSort>,
    /// Items of the page.
    #[param(inline)]
    #[serde(default)]
    pub limit: Limit,
    /// `next` of the page before.
    #[param(inline)]
    pub after: Option<Cursor>,
}

/// In which order orders are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum OrderSort {
    /// Newest first.
    #[serde(rename = "-created_at")]
    Newest,
    /// Oldest first.
    #[serde(rename = "created_at")]
    Oldest,
    /// The dearest first.
    #[serde(rename = "-amount")]
    Dearest,
    /// The cheapest first.
    #[serde(rename = "amount")]
    Cheapest,
}

impl OrderSort {
    /// In which direction its keys are walked.
    pub fn way(self) -> Way {
        match self {
            Self::Newest | Self::Dearest => Way::Down,
            Self::Oldest | Self::Cheapest => Way::Up,
        }
    }

    /// Whether it is by what orders cost.
    pub fn is_by_amount(self) -> bool {
        matches!(self, Self::Dearest | Self::Cheapest)
    }
}

impl OrderList {
    /// In which order.
    pub fn sort(&self) -> OrderSort {
        self.sort.unwrap_or(OrderSort::Newest)
    }

    /// Whether it is the list of all orders by their ids, which needs no keys.
    pub fn is_plain(&self) -> bool {
        !self.has_filter() && !self.sort().is_by_amount()
    }

    /// Whether it leaves out any order.
    pub fn has_filter(&self) -> bool {
        self.state.is_some()
            || self.product.is_some()
            || self.sku.is_some()
            || self.buyer.is_some()
            || self.channel.is_some()
            || self.batch.is_some()
            || self.amount_from.is_some()
            || self.amount_to.is_some()
            || self.created_from.is_some()
            || self.created_before.is_some()
    }

    /// Refuses bounds that no order lies between.
    pub fn check(&self) -> Result<(), Problem> {
        let times = (self.created_from.as_ref(), self.created_before.as_ref());
        check_bounds((self.amount_from, self.amount_to), times)
    }

    /// Whether an order fits; its batch is not looked at.
    pub fn fits(&self, OrderView { order, lines }: &OrderView) -> bool {
        let Order { buyer, channel, total, created_at, .. } = order;
        self.state.as_ref().is_none_or(|state| state.0 == order.state(lines))
            && self.sku.as_ref().is_none_or(|sku| lines.iter().any(|line| line.sku == sku.0))
            && self.product.as_ref().is_none_or(|p| lines.iter().any(|line| line.product == p.0))
            && self.buyer.as_ref().is_none_or(|wanted| wanted.0 == *buyer)
            && self.channel.as_ref().is_none_or(|wanted| wanted.0 == *channel)
            && self.amount_from.is_none_or(|from| *total >= from)
            && self.amount_to.is_none_or(|to| *total <= to)
            && self.created_from.as_ref().is_none_or(|from| *created_at >= from.0)
            && self.created_before.as_ref().is_none_or(|before| *created_at < before.0)
    }
}
