//! An order that is found again without an account: by its number and the secret that its page shows, never by a phone
//! number, and never by one of the two alone.

use super::place::to_order;
use crate::cookies::Guest;
use crate::form::{Form, Here};
use crate::front::Front;
use crate::guesses::Guess;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use axum::http::StatusCode;
use domain::order::{ids_of_number, secret};
use edge::problem::Problem;
use kernel::{OrderId, Tenant};
use pages::page::lookup::{LookupPage, Trouble};
use serde::Deserialize;
use store::insight::Way;

/// Orders that have one number: of one moment, and then one in a million.
const OF_NUMBER: u32 = 8;
/// Characters of a typed number that the form shows again.
const NUMBER_CHARS_MAX: usize = 40;

/// The form.
#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    number: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    token: String,
}

/// `GET /s/{shop}/lookup`
pub async fn lookup(visitor: Visitor, Here(shop): Here<String>) -> Paged {
    let front = visitor.enter(&shop).await?;
    let guest = visitor.guest.unwrap_or_else(|| Guest(visitor.engine().draw()));
    let page = page(&visitor, (&front, guest), String::new(), None);
    let cookie = guest.cookie(&visitor.engine().vault(), visitor.is_secure());
    Ok(Answer::page(&page).with_cookie(&cookie))
}

/// `POST /s/{shop}/lookup`: one answer for everything that opens nothing, and each counts as a guess.
pub async fn open(visitor: Visitor, Here(shop): Here<String>, Form(typed): Form<Typed>) -> Paged {
    let front = visitor.enter(&shop).await?;
    let guest = visitor.sender_of_form(&front, &typed.token)?;
    let guess = Guess { tenant: front.tenant, address: visitor.address(), device: None };
    let (trouble, status) = if !visitor.may_guess(&guess).await? {
        (Trouble::Wait, StatusCode::TOO_MANY_REQUESTS)
    } else if let Some(order) = find(&visitor, front.tenant, &typed).await? {
        return Ok(to_order(&visitor, (front.tenant, guest), order));
    } else {
        visitor.guessed(&guess);
        (Trouble::Unknown, StatusCode::NOT_FOUND)
    };
    let number = typed.number.chars().take(NUMBER_CHARS_MAX).collect();
    let page = page(&visitor, (&front, guest), number, Some(trouble));
    Ok(Answer::page_with(status, &page))
}

/// The order of a number whose secret was typed. One that has no page yet is not found either.
async fn find(
    visitor: &Visitor,
    tenant: Tenant,
    typed: &Typed,
) -> Result<Option<OrderId>, Problem> {
    let range = ids_of_number(&typed.number, visitor.engine().now());
    let (Some((first, last)), Some(given)) = (range, secret::read(&typed.secret)) else {
        return Ok(None);
    };
    let ids = visitor.reader().order_ids(tenant, (Way::Up, first), OF_NUMBER).await?;
    let vault = visitor.engine().vault();
    let of_number = ids.into_iter().filter(|id| id.0 <= last);
    let own = of_number.filter(|id| vault.is_order_secret(tenant, &id.0, &given));
    for id in own {
        let view = visitor.reader().order(tenant, id).await?;
        if view.is_some_and(|view| view.order.link.is_some()) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn page(
    visitor: &Visitor,
    (front, guest): (&Front, Guest),
    number: String,
    problem: Option<Trouble>,
) -> LookupPage {
    let frame = visitor.frame();
    LookupPage {
        action: frame.shop.lookup.clone(),
        token: guest.form_token(&visitor.engine().vault(), front.tenant),
        frame,
        number,
        problem,
    }
}
