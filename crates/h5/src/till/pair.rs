//! Pair a browser with a device.

use super::Till;
use crate::cookies;
use crate::form::{Form, Here};
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use axum::http::StatusCode;
use domain::till::pair::PairDevice;
use domain::voucher::code;
use edge::problem::{ErrorCode, Problem};
use pages::page::till::Trouble;
use serde::Deserialize;

/// The form.
#[derive(Debug, Deserialize)]
pub struct Typed {
    code: String,
}

/// `POST /s/{shop}/staff/pair`: one answer for every code that opens nothing.
pub async fn pair(visitor: Visitor, Here(shop): Here<String>, Form(typed): Form<Typed>) -> Paged {
    let till = Till::enter(visitor, &shop).await?;
    let (guess, visitor) = (till.guess(), &till.visitor);
    if !visitor.may_guess(&guess).await? {
        let page = till.page(till.next(typed.code), Some(Trouble::Wait)).await?;
        return Ok(Answer::page_with(StatusCode::TOO_MANY_REQUESTS, &page));
    }
    let (tenant, vault) = (till.front.tenant, visitor.engine().vault());
    let tag = code::read(&typed.code).map(|bits| vault.voucher_tag(tenant, &bits));
    let found = match tag {
        Some(tag) => visitor.reader().device_by_tag(tenant, &tag).await?.map(|one| (one.id, tag)),
        None => None,
    };
    let paired = match found {
        Some((device, tag)) => visitor.run(tenant, PairDevice { device, tag }).await,
        None => {
            visitor.guessed(&guess);
            Err(Problem::not_found("device"))
        }
    };
    match paired {
        Ok(device) => {
            let cookie = cookies::till(&vault, &device, visitor.is_secure());
            Ok(Answer::see_other(&till.home).with_cookie(&cookie))
        }
        Err(problem) if [ErrorCode::NotFound, ErrorCode::DeviceState].contains(&problem.code()) => {
            let page = till.page(till.next(typed.code), Some(Trouble::PairingCode)).await?;
            Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(problem) => Err(problem),
    }
}
