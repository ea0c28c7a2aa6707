//! A voucher's page: what is left of it, and its code or a token once the holder wants to show it.

use super::opened::Opened;
use crate::form::Here;
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use deliver::voucher::code::texts as voucher_texts;
use domain::catalog::Product;
use domain::resource::{Resource, typed};
use domain::voucher::show::{self, ShowVoucher};
use domain::voucher::{Redemption, Store, Voucher, VoucherState, VoucherTerms, VoucherType};
use edge::problem::{ErrorCode, Problem};
use kernel::{FOREVER, Money, RedemptionId, StoreId, Tenant, Timestamp, VoucherId};
use pages::page::order::TicketRow;
use pages::page::voucher::{
    Left, Shown, StoreLine, Taken, TicketState, Use, VoucherPage, Window, hours_line,
};
use store::read::{Page, RedemptionsOf};

/// Uses that are listed.
const USES: u32 = 50;
/// Stores that are listed.
const STORES: usize = 20;

/// `GET /o/{token}/vouchers/{voucher}`: reads only, so that a preview of the link shows no code.
pub async fn show(mut visitor: Visitor, Here((token, voucher)): Here<(String, String)>) -> Paged {
    let opened = visitor.open(&token).await?;
    let voucher = find(&visitor, &opened, &voucher).await?;
    let shown = match state_of(&voucher, visitor.engine().now()) {
        TicketState::Effective => Shown::Hidden { action: path_of(&opened, voucher.id) },
        _ => Shown::Over,
    };
    Ok(Answer::page(&page(&visitor, &opened, &voucher, shown).await?))
}

/// `POST /o/{token}/vouchers/{voucher}`: the code, or a new token.
pub async fn present(
    mut visitor: Visitor,
    Here((token, voucher)): Here<(String, String)>,
) -> Paged {
    let opened = visitor.open(&token).await?;
    let voucher = find(&visitor, &opened, &voucher).await?;
    let path = path_of(&opened, voucher.id);
    visitor.here.clone_from(&path);
    if state_of(&voucher, visitor.engine().now()) != TicketState::Effective {
        return Ok(Answer::see_other(&path));
    }
    let (poll_path, poll_word) = (format!("{path}/left"), left_word(&voucher));
    let tenant = opened.order.tenant;
    let shown = if voucher.live {
        let wanted = ShowVoucher::of(voucher.id, || visitor.engine().draw());
        match visitor.run(tenant, wanted).await {
            Ok(token) => Shown::Token {
                digits: show::write(token.digits),
                seconds: show::TOKEN_US / 1_000_000,
                action: path.clone(),
                poll_path,
                poll_word,
                next_path: path,
            },
            // It was used up or ended meanwhile.
            Err(problem) if is_state(&problem) => return Ok(Answer::see_other(&path)),
            Err(problem) => return Err(problem),
        }
    } else {
        let one = std::slice::from_ref(&voucher);
        let texts = voucher_texts(visitor.engine(), tenant, one).await?;
        let Some(text) = texts.into_iter().flatten().next() else {
            return Err(Problem::key_missing());
        };
        Shown::Code { text, poll_path, poll_word, next_path: path }
    };
    Ok(Answer::page(&page(&visitor, &opened, &voucher, shown).await?))
}

/// `GET /o/{token}/vouchers/{voucher}/left`: one word that changes when something is taken.
pub async fn left(mut visitor: Visitor, Here((token, voucher)): Here<(String, String)>) -> Paged {
    let opened = visitor.open(&token).await?;
    let voucher = find(&visitor, &opened, &voucher).await?;
    Ok(Answer::text(left_word(&voucher)))
}

/// The vouchers of an order, a row each.
pub async fn rows(visitor: &Visitor, opened: &Opened) -> Result<Vec<TicketRow>, Problem> {
    let now = visitor.engine().now();
    let found = visitor.reader().vouchers_of_lines(opened.order.tenant, &opened.lines).await?;
    let row = |voucher: &Voucher| TicketRow {
        name: opened.bought.name_of(voucher.sku),
        left: left_of(voucher),
        state: state_of(voucher, now),
        path: path_of(opened, voucher.id),
    };
    Ok(found.iter().map(row).collect())
}

/// What is left of a voucher, for pages.
pub fn left_of(voucher: &Voucher) -> Left {
    let money =
        |units| Money::new(units / Money::ledger_per_minor(voucher.currency), voucher.currency);
    let uses = |count| u32::try_from(count).unwrap_or(u32::MAX);
    match voucher.counts {
        VoucherType::Count => {
            Left::Uses { total: uses(voucher.total), left: uses(voucher.remaining) }
        }
        VoucherType::Amount => {
            Left::Amount { total: money(voucher.total), left: money(voucher.remaining) }
        }
    }
}

/// What a redemption took, for pages.
pub fn taken_of(redemption: &Redemption) -> Taken {
    match redemption.counts {
        VoucherType::Count => Taken::Uses(u32::try_from(redemption.taken).unwrap_or(u32::MAX)),
        VoucherType::Amount => {
            let minor = redemption.taken / Money::ledger_per_minor(redemption.currency);
            Taken::Amount(Money::new(minor, redemption.currency))
        }
    }
}

/// Where a voucher stands, for pages.
pub fn state_of(voucher: &Voucher, now: Timestamp) -> TicketState {
    match voucher.state {
        VoucherState::Used => TicketState::Used,
        VoucherState::Expired => TicketState::Expired,
        VoucherState::Voided => TicketState::Voided,
        VoucherState::Effective if now >= voucher.valid_until => TicketState::Expired,
        VoucherState::Effective if now < voucher.valid_from => TicketState::NotYet,
        VoucherState::Effective => TicketState::Effective,
    }
}

/// The name of a store; empty of one that is gone.
pub async fn store_of(
    visitor: &Visitor,
    tenant: Tenant,
    store: StoreId,
) -> Result<Option<Store>, Problem> {
    let row = visitor.reader().resource(&(tenant, Store::KIND.number, store.0)).await?;
    Ok(row.as_ref().and_then(typed::<Store>))
}

fn is_state(problem: &Problem) -> bool {
    [ErrorCode::VoucherState, ErrorCode::VoucherUsedUp, ErrorCode::VoucherExpired]
        .contains(&problem.code())
}

fn left_word(voucher: &Voucher) -> String {
    format!("{}-{}", voucher.state as i64, voucher.remaining)
}

fn path_of(opened: &Opened, voucher: VoucherId) -> String {
    format!("{}/vouchers/{voucher}", opened.path)
}

/// A voucher that this order delivered.
async fn find(visitor: &Visitor, opened: &Opened, voucher: &str) -> Result<Voucher, Problem> {
    let missing = || Problem::not_found("page");
    let id = VoucherId::parse(voucher).map_err(|_| missing())?;
    let found = visitor.reader().voucher(opened.order.tenant, id).await?;
    // What was given back is no part of its line any more, and still the holder's to look at.
    let own = |voucher: &Voucher| voucher.source.is_some_and(|(order, _)| order == opened.order.id);
    found.filter(own).ok_or_else(missing)
}

/// The page; stores, hours and the least bill are those of the template as it is now.
async fn page(
    visitor: &Visitor,
    opened: &Opened,
    voucher: &Voucher,
    shown: Shown,
) -> Result<VoucherPage, Problem> {
    let (tenant, now) = (opened.order.tenant, visitor.engine().now());
    let product = visitor.reader().product_of_sku(tenant, voucher.sku).await?;
    let terms = product.as_ref().and_then(|product| terms_of(product, voucher));
    let mut stores = Vec::new();
    for id in terms.map_or(&[][..], |terms| &terms.stores).iter().take(STORES) {
        let Some(store) = store_of(visitor, tenant, *id).await? else { continue };
        let about = [store.address.map(|line| line.0), store.phone.map(|line| line.0)];
        let about: Vec<String> = about.into_iter().flatten().collect();
        stores.push(StoreLine { name: store.name.0, about: about.join(" · ") });
    }
    let lang = visitor.lang();
    let hours = terms.map_or(&[][..], |terms| &terms.hours).iter();
    let hours = hours.map(|h| hours_line(lang, &h.days, &h.from.to_string(), &h.until.to_string()));
    Ok(VoucherPage {
        frame: visitor.frame(),
        name: opened.bought.name_of(voucher.sku),
        sku_name: String::new(),
        left: left_of(voucher),
        state: state_of(voucher, now),
        window: Window {
            from: Some(voucher.valid_from).filter(|from| *from > now),
            until: Some(voucher.valid_until).filter(|until| *until < FOREVER),
            days_after_first_use: Some(voucher.use_days).filter(|days| *days > 0),
        },
        stores,
        hours: hours.collect(),
        min_spend: terms.and_then(|terms| terms.min_spend),
        guide: opened.bought.guide(),
        uses: uses(visitor, tenant, voucher.id).await?,
        shown,
        order_path: opened.path.clone(),
    })
}

fn terms_of<'p>(product: &'p Product, voucher: &Voucher) -> Option<&'p VoucherTerms> {
    let sku = product.skus.iter().find(|sku| sku.id == voucher.sku)?;
    sku.terms.voucher.as_deref()
}

async fn uses(visitor: &Visitor, tenant: Tenant, id: VoucherId) -> Result<Vec<Use>, Problem> {
    let page = Page::<RedemptionId> { after: None, limit: USES };
    let found = visitor
        .reader()
        .redemptions(tenant, RedemptionsOf::Voucher(id), Timestamp(0)..FOREVER, page)
        .await?;
    let mut uses = Vec::with_capacity(found.len());
    for one in &found {
        let store = match one.store {
            Some(store) => store_of(visitor, tenant, store).await?.map(|store| store.name.0),
            None => None,
        };
        uses.push(Use {
            at: one.at,
            store: store.unwrap_or_default(),
            taken: taken_of(one),
            reversed: one.reversed_at.is_some(),
        });
    }
    Ok(uses)
}
