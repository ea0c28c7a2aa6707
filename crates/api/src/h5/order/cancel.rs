//! Gives an unpaid order up.

use crate::h5::around::{Answer, Paged};
use crate::h5::form::Here;
use crate::h5::visitor::Visitor;
use crate::problem::Code;
use domain::order::close::CancelOrder;

/// `POST /o/{token}/cancel`: whatever came of it, the order's page says it.
pub async fn cancel(mut visitor: Visitor, Here(token): Here<String>) -> Paged {
    let opened = visitor.open(&token).await?;
    let command = CancelOrder { order: opened.order.id };
    match visitor.run(opened.order.tenant, command).await {
        Err(problem) if problem.code != Code::OrderState => Err(problem),
        _ => Ok(Answer::see_other(&opened.path)),
    }
}
