//! Shows the codes. That they were looked at is recorded first, with time, address and device.

use super::show::page_of_goods;
use crate::h5::around::{Answer, Paged};
use crate::h5::cookies::Guest;
use crate::h5::form::Here;
use crate::h5::visitor::Visitor;
use crate::order::open_code;
use crate::problem::Problem;
use deliver::inventory::record::{self, Field, Language};
use domain::order::reveal::RevealCodes;
use domain::{Command, Outcome};
use kernel::{FOREVER, Timestamp};
use pages::Lang;
use pages::page::order::{Code, Goods};
use pages::page::value::LabelledValue;

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
        if let Some(fields) = open_code(&vault, code)? {
            codes.push(shown(fields, code.valid_until, visitor.lang));
        }
    }
    let damaged = sealed.len() - codes.len();
    let first = visitor.reader().first_look(tenant, order).await?;
    let revealed_at = first.unwrap_or_else(|| visitor.engine().now());
    let page =
        page_of_goods(&visitor, &opened, Goods::Open { codes, damaged, revealed_at }).await?;
    Ok(Answer::page(&page).with_cookie(&guest.cookie(&vault, visitor.is_secure())))
}

fn shown(fields: Vec<Field>, valid_until: Timestamp, lang: Lang) -> Code {
    let language = match lang {
        Lang::Zh => Language::Chinese,
        Lang::En => Language::English,
    };
    let label = |field| record::label(&fields, field, language).to_owned();
    let labels: Vec<String> = fields.iter().map(label).collect();
    let value = |(mut field, label): (Field, String)| LabelledValue {
        label,
        value: std::mem::take(&mut *field.value),
        secret: field.secret,
    };
    let valid_until = (valid_until < FOREVER).then_some(valid_until);
    Code { values: fields.into_iter().zip(labels).map(value).collect(), valid_until }
}
