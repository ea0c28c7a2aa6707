//! Shows the codes. That they were looked at is recorded first, with time, address and device.

use super::opened::Opened;
use super::show::page_of_goods;
use crate::cookies::Guest;
use crate::form::{Form, Here};
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use deliver::inventory::record::{self, Field, Language};
use deliver::voucher::code as voucher_code;
use domain::order::reveal::RevealCodes;
use edge::content::{Held, Shared, held};
use edge::order::open_code;
use edge::problem::Problem;
use kernel::{FOREVER, Timestamp};
use pages::Lang;
use pages::page::order::{Goods, Opened as OpenedCodes, SharedFile};
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
    /// The codes that open.
    pub codes: Vec<Code>,
    /// Files that are shared.
    pub files: Vec<SharedFile>,
    /// Codes beside them that are damaged.
    pub damaged: usize,
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
    let Some(Revealed { codes, files, damaged, guest }) = look(&visitor, &opened).await? else {
        return Ok(Answer::see_other(&opened.path));
    };
    let first = visitor.reader().first_look(opened.order.tenant, opened.order.id).await?;
    let goods = Goods::Open(OpenedCodes {
        codes,
        files,
        damaged,
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
    let guest = record_look(visitor, opened).await?;
    let sealed = visitor.reader().codes_of_order(tenant, order).await?;
    let values = sealed.iter().map(|(_, code)| &code.sealed[..]);
    let vault = visitor.engine().vault_for(values).await;
    let mut codes = Vec::with_capacity(sealed.len());
    for (_, code) in &sealed {
        if let Some(fields) = open_code(&vault, code)? {
            codes.push(shown(fields, code.valid_until, visitor.lang()));
        }
    }
    let mut damaged = sealed.len() - codes.len();
    let vouchers = visitor.reader().vouchers_of_lines(tenant, &opened.lines).await?;
    let texts = voucher_code::texts(visitor.engine(), tenant, &vouchers).await?;
    for (voucher, text) in vouchers.iter().zip(texts).filter(|(voucher, _)| !voucher.live) {
        let Some(text) = text else {
            damaged += 1;
            continue;
        };
        let label = visitor.lang().voucher_code().to_owned();
        codes.push(Code {
            values: vec![Value { label, text, secret: true }],
            valid_until: (voucher.valid_until < FOREVER).then_some(voucher.valid_until),
        });
    }
    let mut files = Vec::new();
    for held in held_still(visitor, opened).await? {
        match held.shared {
            Some(Shared::Text(text)) => codes.push(Code {
                values: vec![Value {
                    label: visitor.lang().content_text().to_owned(),
                    text,
                    secret: true,
                }],
                valid_until: None,
            }),
            Some(Shared::File(file)) => files.push(SharedFile {
                name: file.name().to_owned(),
                bytes: file.bytes(),
                action: format!("{}/content-files/{}", opened.path, held.line),
            }),
            None => damaged += 1,
        }
    }
    Ok(Some(Revealed { codes, files, damaged, guest }))
}

/// Records that the goods are looked at, by whom.
pub async fn record_look(visitor: &Visitor, opened: &Opened) -> Result<Guest, Problem> {
    let (tenant, order) = (opened.order.tenant, opened.order.id);
    let guest = visitor.guest.unwrap_or_else(|| Guest(visitor.engine().draw()));
    let visit = Some(visitor.visit(tenant, guest));
    visitor.run(tenant, RevealCodes { order, visit, reason: None }).await?;
    Ok(guest)
}

/// What its lines hold of shared contents. What was bought may have been taken back since the order was read.
pub async fn held_still(visitor: &Visitor, opened: &Opened) -> Result<Vec<Held>, Problem> {
    let (tenant, order) = (opened.order.tenant, opened.order.id);
    let lines = visitor.reader().order(tenant, order).await?.map_or(Vec::new(), |view| view.lines);
    held(visitor.engine(), tenant, &lines).await
}

fn shown(fields: Vec<Field>, valid_until: Timestamp, lang: Lang) -> Code {
    let language = match lang {
        Lang::Zh => Language::Chinese,
        Lang::En => Language::English,
    };
    let label = |field| record::label(&fields, field, language).to_owned();
    let labels: Vec<String> = fields.iter().map(label).collect();
    let value = |(mut field, label): (Field, String)| Value {
        label,
        text: std::mem::take(&mut *field.value),
        secret: field.secret,
    };
    let valid_until = (valid_until < FOREVER).then_some(valid_until);
    Code { values: fields.into_iter().zip(labels).map(value).collect(), valid_until }
}
