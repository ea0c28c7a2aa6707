//! Shows the codes. That they were looked at is recorded first, with time, address and device.

use super::opened::Opened;
use super::show::page_of_goods;
use crate::h5::around::{Answer, Paged};
use crate::h5::cookies::Guest;
use crate::h5::form::{Form, Here};
use crate::h5::visitor::Visitor;
use crate::order::DeliveredCode;
use crate::problem::Problem;
use domain::order::reveal::RevealCodes;
use domain::{Command, Outcome};
use pages::Lang;
use pages::page::order::{Goods, Opened as OpenedCodes};
use pages::page::value::{Code, Value};
use serde::Deserialize;

/// What is asked of an order that was opened.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    /// The code, from 1, whose QR code is wanted; of a large order each is drawn when it is asked for.
    #[serde(default)]
    q: String,
}

/// Codes that were opened for a guest, and that it was recorded.
pub struct Revealed {
    /// The codes.
    pub codes: Vec<Code>,
    /// Who saw them.
    pub guest: Guest,
}

/// `POST /o/{token}/reveal`
pub async fn reveal(
    mut visitor: Visitor,
    Here(token): Here<String>,
    Form(wish): Form<Wish>,
) -> Paged {
    let opened = visitor.open(&token).await?;
    let Some(Revealed { codes, guest }) = look(&visitor, &opened).await? else {
        return Ok(Answer::see_other(&opened.path));
    };
    let first = visitor.reader().first_look(opened.order.tenant, opened.order.id).await?;
    let goods = Goods::Open(OpenedCodes {
        codes,
        revealed_at: first.unwrap_or_else(|| visitor.engine().now()),
        reveal_action: format!("{}/reveal", opened.path),
        file_action: format!("{}/file", opened.path),
        asked: wish.q.parse().ok(),
    });
    let page = page_of_goods(&visitor, &opened, goods).await?;
    let vault = visitor.engine().vault();
    Ok(Answer::page(&page).with_cookie(&guest.cookie(&vault, visitor.is_secure())))
}

/// Records that the codes are looked at, then opens them; none where nothing was delivered.
pub async fn look(visitor: &Visitor, opened: &Opened) -> Result<Option<Revealed>, Problem> {
    let (tenant, order) = (opened.order.tenant, opened.order.id);
    if opened.lines.iter().all(|line| line.delivered == 0) {
        return Ok(None);
    }
    let guest = visitor.guest.unwrap_or_else(|| Guest(visitor.engine().draw()));
    let visit = Some(visitor.visit(tenant, guest));
    let command = Command::RevealCodes(RevealCodes { order, visit });
    let Outcome::Order(_) = visitor.submit(tenant, None, command).await? else {
        return Err(Problem::unexpected());
    };
    let sealed = visitor.reader().codes_of_order(tenant, order).await?;
    let values = sealed.iter().map(|(_, code)| &code.sealed[..]);
    let vault = visitor.engine().vault_for(values).await;
    let open = |(_, code): &(u32, _)| Ok(shown(visitor.lang, DeliveredCode::open(&vault, code)?));
    let codes = sealed.iter().map(open).collect::<Result<_, Problem>>()?;
    Ok(Some(Revealed { codes, guest }))
}

/// A code of one part has no number: what there is, is the code.
fn shown(lang: Lang, code: DeliveredCode) -> Code {
    let values = match (code.number.is_empty(), code.password.is_empty()) {
        (false, false) => {
            vec![Value::number(lang, code.number), Value::password(lang, code.password)]
        }
        (_, true) => vec![Value::code(lang, code.number)],
        (true, false) => vec![Value::code(lang, code.password)],
    };
    Code { values, valid_until: code.valid_until.map(|at| at.0) }
}
