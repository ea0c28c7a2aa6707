//! Look a voucher up, redeem some of it, and take that back.

use super::Till;
use super::basket::Basket;
use crate::form::{Form, Here};
use crate::middleware::{Answer, Paged};
use crate::order::voucher::{left_of, state_of, taken_of};
use crate::visitor::Visitor;
use axum::http::{Method, StatusCode, Uri};
use domain::Reply;
use domain::catalog::Product;
use domain::idempotency::IdempotencyKey;
use domain::voucher::redeem::{Shown, Take};
use domain::voucher::redeem_together::{RedeemTogether, Together};
use domain::voucher::reverse::ReverseRedemption;
use domain::voucher::{Redemption, Voucher, VoucherType};
use edge::idempotency::Once;
use edge::problem::{ErrorCode, Problem};
use kernel::{Currency, DeviceId, Money, RedemptionId, SkuId, StoreId, Tenant, id};
use pages::page::till::{Done, Found, TillPage, Trouble, View};
use pages::page::voucher::TicketState;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The form with a code.
#[derive(Deserialize)]
pub struct Typed {
    code: String,
    #[serde(default)]
    with: String,
}

/// The form with how much.
#[derive(Deserialize)]
pub struct Wanted {
    code: String,
    key: String,
    taken: String,
    #[serde(default)]
    spend: String,
    #[serde(default)]
    with: String,
}

/// `POST /s/{shop}/staff/look`
pub async fn look(visitor: Visitor, Here(shop): Here<String>, Form(typed): Form<Typed>) -> Paged {
    let mut till = Till::enter(visitor, &shop).await?;
    if till.open().is_none() {
        return Ok(Answer::see_other(&till.home));
    }
    till.basket = Basket::read(&typed.with);
    let code = typed.code.trim().to_owned();
    let voucher = match tried(&till, &code).await? {
        Ok(voucher) => voucher,
        Err(page) => return Ok(page),
    };
    let now = till.visitor.engine().now();
    let trouble = match state_of(&voucher, now) {
        TicketState::Effective if till.basket.has(&till, voucher.id).await? => Some(Trouble::Twice),
        TicketState::Effective => None,
        TicketState::Used => Some(Trouble::UsedUp),
        TicketState::Expired => Some(Trouble::Expired),
        TicketState::NotYet | TicketState::Voided => Some(Trouble::State),
    };
    if let Some(trouble) = trouble {
        return refused(&till, code, trouble, StatusCode::CONFLICT).await;
    }
    let key = id::encode(&till.visitor.engine().draw());
    let page = found(&till, &voucher, (code, key, String::new()), None).await?;
    Ok(Answer::page(&page))
}

/// `POST /s/{shop}/staff/more`: chooses a voucher and asks for another one; nothing is redeemed yet.
pub async fn more(visitor: Visitor, Here(shop): Here<String>, Form(wanted): Form<Wanted>) -> Paged {
    let mut till = Till::enter(visitor, &shop).await?;
    if till.open().is_none() {
        return Ok(Answer::see_other(&till.home));
    }
    till.basket = Basket::read(&wanted.with);
    let code = wanted.code.trim().to_owned();
    let voucher = match tried(&till, &code).await? {
        Ok(voucher) => voucher,
        Err(page) => return Ok(page),
    };
    let trouble = match take_of(Some(&voucher), &wanted.taken) {
        None => Some(Trouble::Amount),
        Some(_) if !till.basket.has_place() => Some(Trouble::Many),
        Some(_) => None,
    };
    if trouble.is_some() {
        let page = found(&till, &voucher, (code, wanted.key, wanted.taken), trouble).await?;
        return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    till.basket.add(&code, &wanted.taken);
    Ok(Answer::page(&till.page(till.next(String::new()), None).await?))
}

/// `POST /s/{shop}/staff/redeem`: all that was chosen, or nothing. The same key is the same act, however often the form is sent.
pub async fn redeem(
    visitor: Visitor,
    Here(shop): Here<String>,
    Form(wanted): Form<Wanted>,
) -> Paged {
    let mut till = Till::enter(visitor, &shop).await?;
    let Some((tenant, device)) = till.open() else { return Ok(Answer::see_other(&till.home)) };
    let Some(store) = till.device.as_ref().map(|device| device.store) else {
        return Ok(Answer::see_other(&till.home));
    };
    till.basket = Basket::read(&wanted.with);
    let key = key_of(&till, (tenant, device), &wanted);
    let guess = till.guess();
    if !till.visitor.may_guess(&guess).await? {
        let code = wanted.code.trim().to_owned();
        return refused(&till, code, Trouble::Wait, StatusCode::TOO_MANY_REQUESTS).await;
    }
    let mut all = till.basket.0.clone();
    all.push((wanted.code.trim().to_owned(), wanted.taken.clone()));
    let (mut vouchers, mut currency) = (Vec::with_capacity(all.len()), None);
    for (i, (code, taken)) in all.iter().enumerate() {
        let Some(shown) = shown_of(&till, code) else {
            till.visitor.guessed(&guess);
            return not_done(till, wanted, (i, Trouble::Unknown)).await;
        };
        // A repeat finds its token used; the record of its key answers before that is looked at.
        let known = find(&till, code).await?;
        currency = currency.or(known.as_ref().map(|one| one.currency));
        let Some(take) = take_of(known.as_ref(), taken) else {
            return not_done(till, wanted, (i, Trouble::Amount)).await;
        };
        vouchers.push((shown, take));
    }
    let last = all.len() - 1;
    let spend = money(&wanted.spend, currency.unwrap_or(Currency::Cny));
    if !wanted.spend.is_empty() && spend.is_none() {
        return not_done(till, wanted, (last, Trouble::Amount)).await;
    }
    let verb = RedeemTogether { vouchers, spend, store: Some(store) };
    let redemptions = match till.visitor.submit_at((tenant, device), key, verb).await {
        Ok(Reply::New(Together(done))) => done,
        Ok(Reply::Replayed(before)) => {
            // An act of before there were several of them is told without their number.
            let (first, count) = (u128::from_be_bytes(before.subject), before.version.max(1));
            let mut done = Vec::new();
            for i in 0..count as u128 {
                let id = RedemptionId(first.wrapping_add(i).to_be_bytes());
                done.push(stored(&till, id, store).await?);
            }
            done
        }
        Err(problem) => {
            let trouble = match problem.code() {
                ErrorCode::VoucherUsedUp => Trouble::UsedUp,
                ErrorCode::VoucherExpired => Trouble::Expired,
                ErrorCode::VoucherNotHere => Trouble::NotHere,
                ErrorCode::VoucherState => Trouble::State,
                ErrorCode::Invalid => Trouble::Amount,
                ErrorCode::NotFound => {
                    till.visitor.guessed(&guess);
                    Trouble::Unknown
                }
                _ => return Err(problem),
            };
            return not_done(till, wanted, (place_of(&problem).unwrap_or(last), trouble)).await;
        }
    };
    till.basket = Basket::default();
    Ok(Answer::page(&done(&till, &redemptions).await?))
}

/// The voucher of a code that is tried, or the page that says why there is none.
async fn tried(till: &Till, code: &str) -> Result<Result<Voucher, Answer>, Problem> {
    let guess = till.guess();
    let (trouble, status) = if !till.visitor.may_guess(&guess).await? {
        (Trouble::Wait, StatusCode::TOO_MANY_REQUESTS)
    } else if let Some(voucher) = find(till, code).await? {
        return Ok(Ok(voucher));
    } else {
        till.visitor.guessed(&guess);
        (Trouble::Unknown, StatusCode::NOT_FOUND)
    };
    refused(till, code.to_owned(), trouble, status).await.map(Err)
}

/// Which of the vouchers a refusal is about.
fn place_of(problem: &Problem) -> Option<usize> {
    let field = &problem.errors.first()?.field;
    field.strip_prefix("vouchers[")?.split_once(']')?.0.parse().ok()
}

/// Nothing was redeemed. A voucher that was chosen before leaves the list; the one on the page stays on it.
async fn not_done(mut till: Till, wanted: Wanted, (at, trouble): (usize, Trouble)) -> Paged {
    let status = match trouble {
        Trouble::Amount => StatusCode::UNPROCESSABLE_ENTITY,
        Trouble::Unknown => StatusCode::NOT_FOUND,
        _ => StatusCode::CONFLICT,
    };
    let mut dropped = String::new();
    if at < till.basket.0.len() {
        let (code, _) = till.basket.0.remove(at);
        dropped = match find(&till, &code).await? {
            Some(voucher) => name_of(&till, voucher.sku).await?,
            None => code,
        };
    }
    let code = wanted.code.trim().to_owned();
    let Some(voucher) = find(&till, &code).await? else {
        return refused(&till, code, trouble, status).await;
    };
    let asked = (code, wanted.key, wanted.taken);
    let mut page = found(&till, &voucher, asked, Some(trouble)).await?;
    page.dropped = dropped;
    Ok(Answer::page_with(status, &page))
}

/// How much is taken, as it was typed: uses or money, as the voucher counts; none where it can be neither.
pub fn take_of(voucher: Option<&Voucher>, typed: &str) -> Option<Take> {
    match voucher.map(|one| (one.counts, one.currency)) {
        Some((VoucherType::Amount, currency)) => money(typed, currency).map(Take::Amount),
        Some((VoucherType::Count, _)) => typed.trim().parse().ok().map(Take::Uses),
        None => money(typed, Currency::Cny).map(Take::Amount),
    }
}

/// `POST /s/{shop}/staff/reverse/{redemption}`: of the own store alone.
pub async fn reverse(visitor: Visitor, Here((shop, redemption)): Here<(String, String)>) -> Paged {
    let till = Till::enter(visitor, &shop).await?;
    let Some(at) = till.open() else { return Ok(Answer::see_other(&till.home)) };
    let Some(store) = till.device.as_ref().map(|device| device.store) else {
        return Ok(Answer::see_other(&till.home));
    };
    let id = RedemptionId::parse(&redemption).map_err(|_| Problem::not_found("page"))?;
    let before = stored(&till, id, store).await?;
    let verb = ReverseRedemption { redemption: before.id, reason: None };
    let redemption = match till.visitor.run_at(at, verb).await {
        Ok(redemption) => redemption,
        Err(problem) if problem.code() == ErrorCode::VoucherState => {
            stored(&till, id, store).await?
        }
        Err(problem) => return Err(problem),
    };
    Ok(Answer::page(&done(&till, &[redemption]).await?))
}

/// Product and SKU, in the language of the page where that is known.
pub async fn name_of(till: &Till, sku: SkuId) -> Result<String, Problem> {
    let product = till.visitor.reader().product_of_sku(till.front.tenant, sku).await?;
    let named = |product: Product| {
        let told = crate::told::told(&product, till.visitor.lang());
        let own = product.skus.iter().find(|one| one.id == sku).map(|one| told.sku(one));
        format!("{} {}", told.name(), own.unwrap_or_default()).trim().to_owned()
    };
    Ok(product.map(named).unwrap_or_default())
}

async fn stored(till: &Till, id: RedemptionId, store: StoreId) -> Result<Redemption, Problem> {
    let found = till.visitor.reader().redemption(till.front.tenant, id).await?;
    let own = found.filter(|redemption| redemption.store == Some(store));
    own.ok_or_else(|| Problem::not_found("page"))
}

fn shown_of(till: &Till, code: &str) -> Option<Shown> {
    let (tenant, vault) = (till.front.tenant, till.visitor.engine().vault());
    deliver::voucher::code::shown(&vault, tenant, code)
}

/// The voucher that is shown. What is shown by tokens is not found by its code.
pub async fn find(till: &Till, code: &str) -> Result<Option<Voucher>, Problem> {
    let (tenant, reader) = (till.front.tenant, till.visitor.reader());
    let Some(shown) = shown_of(till, code) else { return Ok(None) };
    let now = till.visitor.engine().now();
    let found = deliver::voucher::code::find(reader, tenant, &shown, now).await?;
    let may = |(voucher, by_token): &(Voucher, bool)| *by_token || !voucher.live;
    Ok(found.filter(may).map(|(voucher, _)| voucher))
}

async fn refused(till: &Till, code: String, trouble: Trouble, status: StatusCode) -> Paged {
    Ok(Answer::page_with(status, &till.page(till.next(code), Some(trouble)).await?))
}

async fn found(
    till: &Till,
    voucher: &Voucher,
    (code, key, taken): (String, String, String),
    trouble: Option<Trouble>,
) -> Result<TillPage, Problem> {
    let product = till.visitor.reader().product_of_sku(till.front.tenant, voucher.sku).await?;
    let terms = product.as_ref().and_then(|product| {
        let sku = product.skus.iter().find(|one| one.id == voucher.sku)?;
        sku.terms.voucher.as_ref()
    });
    let asks_bill = terms.is_some_and(|terms| terms.min_spend.is_some());
    let view = View::Found(Found {
        action: format!("{}/redeem", till.home),
        more: format!("{}/more", till.home),
        code,
        key,
        name: name_of(till, voucher.sku).await?,
        left: left_of(voucher),
        state: state_of(voucher, till.visitor.engine().now()),
        asks_bill,
        taken,
    });
    till.page(view, trouble).await
}

async fn done(till: &Till, redemptions: &[Redemption]) -> Result<TillPage, Problem> {
    let tenant = till.front.tenant;
    let mut all = Vec::with_capacity(redemptions.len());
    for redemption in redemptions {
        let voucher = till.visitor.reader().voucher(tenant, redemption.voucher).await?;
        let voucher = voucher.ok_or_else(|| Problem::internal("a voucher is gone"))?;
        let reverse = format!("{}/reverse/{}", till.home, redemption.id);
        all.push(Done {
            name: name_of(till, redemption.sku).await?,
            taken: taken_of(redemption),
            left: left_of(&Voucher { remaining: redemption.remaining, ..voucher }),
            at: redemption.at,
            reverse: redemption.reversed_at.is_none().then_some(reverse),
        });
    }
    till.page(View::Done(all), None).await
}

/// What makes a form that is sent twice one act.
fn key_of(till: &Till, (tenant, device): (Tenant, DeviceId), wanted: &Wanted) -> IdempotencyKey {
    let mut digest = Sha256::new();
    for text in [&wanted.code, &wanted.taken, &wanted.spend, &wanted.with] {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text.as_bytes());
    }
    let uri = Uri::from_static("/staff/redeem");
    let key = format!("till {device} {}", wanted.key);
    let once = Once::new(key, &Method::POST, &uri, &digest.finalize());
    once.of(tenant, &till.visitor.engine().vault())
}

/// Reads an amount as it is typed, in major units; none where it is not positive or has too many digits.
fn money(typed: &str, currency: Currency) -> Option<Money> {
    let typed = typed.trim().replace(',', "");
    let (whole, fraction) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = currency.exponent() as usize;
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) || fraction.len() > digits {
        return None;
    }
    let minor = format!("{whole}{fraction:0<digits$}").parse::<i64>().ok()?;
    (minor > 0).then_some(Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_to_the_cent() {
        for (typed, minor) in [("12", 1_200), ("12.5", 1_250), (" 0.01 ", 1), ("1,000.00", 100_000)]
        {
            assert_eq!(
                money(typed, Currency::Cny),
                Some(Money::new(minor, Currency::Cny)),
                "{typed}"
            );
        }
        assert_eq!(money("12", Currency::Jpy), Some(Money::new(12, Currency::Jpy)));
        for wrong in ["", "0", "0.00", "-1", "1.234", "1e3", "１２", ".5", "99999999999999999999"]
        {
            assert_eq!(money(wrong, Currency::Cny), None, "{wrong}");
        }
    }
}
