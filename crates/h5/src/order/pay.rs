//! Begins to pay, and leads to the channel's cashier.

use super::choose;
use super::show::cashier;
use crate::form::{Form, Here};
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use domain::payment::PayMethod;
use domain::payment::start::StartPayment;
use edge::link::cashier_path;
use edge::problem::ErrorCode;
use pages::page::checkout::Trouble;
use serde::Deserialize;

/// The way that was chosen.
#[derive(Debug, Deserialize)]
pub struct Picked {
    method: PayMethod,
}

/// `POST /o/{token}/pay`
pub async fn pay(
    mut visitor: Visitor,
    Here(token): Here<String>,
    Form(picked): Form<Picked>,
) -> Paged {
    let opened = visitor.open(&token).await?;
    let method = picked.method;
    let mut channel = None;
    if method.channel().is_some() {
        // What is no longer offered to this browser is chosen anew.
        let ways = choose::ways(&visitor, &opened).await?;
        let Some((_, chosen)) = ways.into_iter().find(|(way, _)| *way == method) else {
            return Ok(Answer::see_other(&opened.path));
        };
        channel = Some(chosen);
    }
    let command = StartPayment { order: opened.order.id, method, channel };
    match visitor.run(opened.order.tenant, command).await {
        Ok(payment) if payment.method.channel().is_some() => {
            Ok(Answer::see_other(&format!("{}/pay/{}", opened.path, payment.id)))
        }
        Ok(payment) if payment.method == PayMethod::Test => {
            visitor.app().begun().remember(&payment);
            let vault = visitor.engine().vault();
            Ok(Answer::see_other(&cashier_path(&vault, payment.tenant, payment.id)))
        }
        Ok(_) => Ok(Answer::see_other(&opened.path)),
        // Paid, expired or cancelled meanwhile: the order's own page says so.
        Err(problem) if problem.code == ErrorCode::OrderState => {
            Ok(Answer::see_other(&opened.path))
        }
        Err(problem) => {
            let trouble = match problem.code {
                ErrorCode::InsufficientFunds => Trouble::Funds,
                ErrorCode::LimitExceeded => Trouble::Attempts,
                ErrorCode::OutOfStock => Trouble::Gone,
                ErrorCode::MerchantSuspended => Trouble::Closed,
                _ => return Err(problem),
            };
            let page = cashier(&visitor, &opened, Some(trouble)).await?;
            Ok(Answer::page_with(problem.code.status(), &page))
        }
    }
}
