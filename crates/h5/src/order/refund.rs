//! How far a refund is, or whether one may be asked for.

use super::opened::Opened;
use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use domain::catalog::{RefundRule, ReturnedCodes};
use domain::inventory::CodeState;
use domain::refund;
use domain::refund::rule::{Barred, barred};
use edge::problem::Problem;
use kernel::Money;
use pages::page::refund::{RefundPage, RefundState, WhyNot, usual_days};

/// `GET /o/{token}/refunds`
pub async fn refund(mut visitor: Visitor, Here(token): Here<String>) -> Paged {
    let opened = visitor.open(&token).await?;
    if !opened.order.is_paid() {
        return Ok(Answer::see_other(&opened.path));
    }
    page(&visitor, &opened).await
}

/// The page: the last refund while there is nothing left to ask for, else what the rule says.
pub async fn page(visitor: &Visitor, opened: &Opened) -> Paged {
    let refunds = opened.refunds(visitor).await?;
    let all = opened.order.refunded >= opened.order.paid;
    let (state, amount) = match refunds.last() {
        Some(last) if all => (of(last), last.money()),
        _ => (may(visitor, opened).await?, left(opened)),
    };
    Ok(Answer::page(&shown(visitor, opened, state, amount)))
}

/// The page of a state.
pub fn shown(visitor: &Visitor, opened: &Opened, state: RefundState, amount: Money) -> RefundPage {
    RefundPage {
        frame: visitor.frame(),
        order_number: opened.order.number(),
        summary: opened.bought.summary(),
        amount,
        method: opened.method(visitor.lang()),
        within: usual_days(visitor.lang()).to_owned(),
        state,
        order_path: opened.path.clone(),
    }
}

/// What was paid and not given back.
pub fn left(opened: &Opened) -> Money {
    Money::new(opened.order.paid - opened.order.refunded, opened.order.currency)
}

fn of(refund: &refund::Refund) -> RefundState {
    match (refund.state, refund.ended_at) {
        (refund::RefundState::Succeeded, Some(at)) => RefundState::Succeeded(at),
        (refund::RefundState::Failed, _) => RefundState::Failed,
        _ => RefundState::Processing,
    }
}

/// A look ahead, for the words of the page; the rule itself decides when it is asked.
pub async fn may(visitor: &Visitor, opened: &Opened) -> Result<RefundState, Problem> {
    let (tenant, order) = (opened.order.tenant, opened.order.id);
    let codes = visitor.reader().codes_of_order(tenant, order).await?;
    if codes.iter().any(|(_, code)| code.state == CodeState::Revealed) {
        return Ok(RefundState::MayNot(WhyNot::Revealed));
    }
    if opened.lines.iter().any(|line| line.content.is_some())
        && visitor.reader().first_look(tenant, order).await?.is_some()
    {
        return Ok(RefundState::MayNot(WhyNot::Revealed));
    }
    let mut voids_code = false;
    for line in &opened.lines {
        let rule = opened.bought.terms(line).map(|terms| terms.refund).unwrap_or_default();
        if let Some(why) = why_not(visitor, opened, rule) {
            return Ok(RefundState::MayNot(why));
        }
        let product = visitor.reader().product_of_sku(tenant, line.sku).await?;
        let sku = product.and_then(|p| p.skus.into_iter().find(|sku| sku.id == line.sku));
        voids_code |= sku.is_none_or(|sku| sku.terms.returned_codes == ReturnedCodes::Void);
    }
    Ok(RefundState::May { action: format!("{}/refunds", opened.path), voids_code })
}

fn why_not(visitor: &Visitor, opened: &Opened, rule: RefundRule) -> Option<WhyNot> {
    barred(rule, opened.order.created_at, visitor.engine().now()).map(|barred| match barred {
        Barred::Always => WhyNot::NoReturns,
        Barred::Since(until) => WhyNot::TooLate(until),
    })
}
