//! Gives an unpaid order up.

use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use domain::order::close::CancelOrder;
use edge::problem::ErrorCode;

/// `POST /o/{token}/cancel`: whatever came of it, the order's page says it.
pub async fn cancel(mut visitor: Visitor, Here(token): Here<String>) -> Paged {
    let opened = visitor.open(&token).await?;
    let command = CancelOrder { order: opened.order.id };
    match visitor.run(opened.order.tenant, command).await {
        Err(problem) if problem.code != ErrorCode::OrderState => Err(problem),
        _ => Ok(Answer::see_other(&opened.path)),
    }
}
