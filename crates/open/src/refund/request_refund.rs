//! Refund an order in whole or in part.

use super::stored;
use super::views::Refund;
use domain::identity::Scope;
use domain::{Reply, refund::request::RequestRefund};
use edge::answer::{Answer, Answered};
use edge::auth::Caller;
use edge::extract::{Ask, At};
use edge::problem::Problem;
use edge::wire::{self, ReasonText, only_objects};
use kernel::limits::ORDER_LINES_MAX;
use kernel::{OrderId, RefundId};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is to be refunded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    /// Which lines; all that is left of the order when absent.
    pub lines: Option<Vec<LineToRefund>>,
    /// The reason.
    pub reason: ReasonText,
    /// Against the product's rule, at the merchant's loss. Needs the scope `refunds:override`.
    #[serde(default, rename = "override")]
    pub overriding: bool,
}

/// A line that is to be refunded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct LineToRefund {
    /// Which line, from 1.
    pub line: u32,
    /// How many pieces of it.
    pub quantity: u32,
}

only_objects!(LineToRefund);

/// Refund an order in whole or in part, by the product's rule. Codes that nobody saw are taken back first; a code
/// that was seen cannot be, and is refunded only with `override`.
#[utoipa::path(
    post, path = "/v1/orders/{id}/refunds", tag = "refunds",
    params(("id" = inline(wire::OrderId), Path)),
    request_body = NewRefund, responses((status = 201, body = Refund))
)]
pub async fn request_refund(
    caller: Caller,
    At(order): At<OrderId>,
    ask: Ask<NewRefund>,
) -> Answered<Refund> {
    let NewRefund { lines, reason, overriding } = ask.body;
    if overriding {
        caller.may(Scope::RefundsOverride)?;
    }
    if lines.as_ref().is_some_and(|lines| lines.is_empty() || lines.len() > ORDER_LINES_MAX) {
        return Err(Problem::invalid("lines", format!("send 1 to {ORDER_LINES_MAX} lines")));
    }
    let pair = |line: LineToRefund| (line.line, line.quantity);
    let command = RequestRefund {
        order,
        lines: lines.map(|lines| lines.into_iter().map(pair).collect()),
        reason: Some(reason.0),
        overriding,
        up_to: caller.refund_up_to(),
    };
    match caller.submit(ask.once, command).await? {
        Reply::New(refund) => Ok(Answer::created(Refund::of(&refund))),
        Reply::Replayed(before) => {
            let refund = stored(&caller, RefundId(before.subject)).await?;
            Ok(Answer::created(Refund::of(&refund)).replayed(true))
        }
    }
}
