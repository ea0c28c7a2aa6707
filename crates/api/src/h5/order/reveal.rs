//! Shows the codes. That they were looked at is recorded first, with time, address and device.

use super::show::page_of_goods;
use crate::h5::around::{Answer, Paged};
use crate::h5::cookies::Guest;
use crate::h5::form::Here;
use crate::h5::visitor::Visitor;
use crate::order::DeliveredCode;
use crate::problem::Problem;
use domain::order::reveal::RevealCodes;
use domain::{Command, Outcome};
use pages::page::order::{Code, Goods};

/// `POST /o/{token}/reveal`
pub async fn reveal(mut visitor: Visitor, Here(token): Here<String>) -> Paged {
    let opened = visitor.open(&token).await?;
    let (tenant, order) = (opened.order.tenant, opened.order.id);
    if opened.lines.iter().all(|line| line.delivered == 0) {
        return Ok(Answer::see_other(&opened.path));
    }
    let known = visitor.guest;
    let guest = known.unwrap_or_else(|| Guest(visitor.engine().draw()));
    let visit = Some(visitor.visit(tenant, guest));
    let command = Command::RevealCodes(RevealCodes { order, visit });
    let Outcome::Order(_) = visitor.submit(tenant, None, command).await? else {
        return Err(Problem::unexpected());
    };
    let sealed = visitor.reader().codes_of_order(tenant, order).await?;
    let values = sealed.iter().map(|(_, code)| &code.sealed[..]);
    let vault = visitor.engine().vault_for(values).await;
    let mut codes = Vec::with_capacity(sealed.len());
    for (_, code) in &sealed {
        codes.push(DeliveredCode::open(&vault, code)?);
    }
    let (damaged, codes): (Vec<_>, Vec<_>) = codes.into_iter().partition(|code| code.damaged);
    let (damaged, codes) = (damaged.len(), codes.into_iter().map(shown).collect());
    let first = visitor.reader().first_look(tenant, order).await?;
    let revealed_at = first.unwrap_or_else(|| visitor.engine().now());
    let page =
        page_of_goods(&visitor, &opened, Goods::Open { codes, damaged, revealed_at }).await?;
    Ok(Answer::page(&page).with_cookie(&guest.cookie(&vault, visitor.is_secure())))
}

/// A code of one part has no number: what there is, is the secret.
fn shown(code: DeliveredCode) -> Code {
    let valid_until = code.valid_until.map(|at| at.0);
    let (number, secret) = match code.password.is_empty() {
        true => (None, code.number),
        false => (Some(code.number).filter(|number| !number.is_empty()), code.password),
    };
    Code { number, secret, valid_until }
}
