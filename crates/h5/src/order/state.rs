//! One word for a page that waits: whether there is something new to see.

use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;

/// What is said as long as there is nothing new.
pub const WAITING: &str = "waiting";

/// `GET /o/{token}/state`
pub async fn state(mut visitor: Visitor, Here(token): Here<String>) -> Paged {
    let opened = visitor.open(&token).await?;
    let open = opened.last_payment().is_some_and(|payment| payment.state.is_open());
    let over = opened.order.expires_at.is_some_and(|until| until <= visitor.engine().now());
    let waiting = opened.order.waits() && open && !over;
    Ok(Answer::word(if waiting { WAITING } else { "changed" }))
}
