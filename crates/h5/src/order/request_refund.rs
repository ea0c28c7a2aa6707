//! Asks for the money back, by the product's rule.

use super::refund::{left, page, shown};
use crate::form::{Form, Here};
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use domain::refund::request::RequestRefund;
use edge::problem::ErrorCode;
use pages::page::refund::{RefundState, WhyNot};
use serde::Deserialize;

/// The form.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    reason: Reason,
}

/// The reason, one of the page's choices.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reason {
    Mistake,
    BoughtTwice,
    Unneeded,
    Other,
}

impl Reason {
    fn word(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::BoughtTwice => "bought_twice",
            Self::Unneeded => "unneeded",
            Self::Other => "other",
        }
    }
}

/// `POST /o/{token}/refunds`
pub async fn request_refund(
    mut visitor: Visitor,
    Here(token): Here<String>,
    Form(wanted): Form<Wanted>,
) -> Paged {
    let opened = visitor.open(&token).await?;
    let command = RequestRefund {
        order: opened.order.id,
        lines: None,
        reason: Some(wanted.reason.word().to_owned()),
        overriding: false,
        up_to: None,
    };
    match visitor.run(opened.order.tenant, command).await {
        Ok(_) => Ok(Answer::see_other(&format!("{}/refunds", opened.path))),
        // Refunded or never paid: the order's own page says so.
        Err(problem) if problem.code == ErrorCode::OrderState => {
            Ok(Answer::see_other(&opened.path))
        }
        Err(problem) if problem.code == ErrorCode::CodeRevealed => {
            let state = RefundState::MayNot(WhyNot::Revealed);
            let page = shown(&visitor, &opened, state, left(&opened));
            Ok(Answer::page_with(problem.code.status(), &page))
        }
        Err(problem) if problem.code == ErrorCode::RefundRule => {
            Ok(page(&visitor, &opened).await?.with_status(problem.code.status()))
        }
        Err(problem) => Err(problem),
    }
}
