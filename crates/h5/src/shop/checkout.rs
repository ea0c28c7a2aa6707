//! The checkout: shown for a SKU, and shown again with what was typed and what is wrong.

use super::shelf::{Shelf, promises};
use crate::cookies::Guest;
use crate::form::{Asked, Here};
use crate::front::{Front, PictureSize, picture_of};
use crate::middleware::{Answer, Paged};
use crate::told::{ProductText, told};
use crate::visitor::Visitor;
use domain::catalog::input::{InputField, InputKind};
use edge::order::Values;
use edge::problem::Problem;
use kernel::{SkuId, id};
use pages::Lang;
use pages::page::checkout::{CheckoutPage, Consent, Field, FieldKind, Item, Trouble};
use pages::page::ended::{End, EndedPage, MoneyFate};
use serde::Deserialize;

/// What the buyer chose on the product's page.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    /// Which SKU.
    pub sku: SkuId,
    /// How many; 1 when absent.
    pub quantity: Option<u32>,
}

/// What the form calls a product's field, so that none is taken for one of its own.
pub const FIELD_PREFIX: &str = "input-";

/// What was sent, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Sent<'a> {
    /// What was typed into the product's fields, by their codes.
    pub typed: &'a Values,
    /// Why the order was refused.
    pub trouble: Option<Trouble>,
    /// Whether the consent was given.
    pub consent: bool,
}

/// Who fills a checkout in, and where.
#[derive(Clone, Copy)]
pub struct Counter<'a> {
    /// His browser.
    pub visitor: &'a Visitor,
    /// The shop.
    pub front: &'a Front,
    /// Whose form it is.
    pub guest: Guest,
}

/// `GET /s/{shop}/checkout?sku=…&quantity=…`
pub async fn checkout(
    visitor: Visitor,
    Here(shop): Here<String>,
    Asked(chosen): Asked<Chosen>,
) -> Paged {
    let front = visitor.enter(&shop).await?;
    let shelf = Shelf::of_sku(&visitor, &front, chosen.sku).await?;
    let (product, sku) = shelf.sku(chosen.sku).ok_or_else(|| Problem::not_found("sku"))?;
    if shelf.quantity_max(sku) == 0 {
        return Ok(Answer::page(&sold_out(&visitor, &front, Some(product.id)).await?));
    }
    let guest = visitor.guest.unwrap_or_else(|| Guest(visitor.engine().draw()));
    let counter = Counter { visitor: &visitor, front: &front, guest };
    let page = form(counter, &shelf, &chosen, None)?;
    let cookie = guest.cookie(&visitor.engine().vault(), visitor.is_secure());
    Ok(Answer::page(&page).with_cookie(&cookie))
}

/// The form, with a fresh key under which its order is placed once, the price that it shows, and the token that says
/// that it is ours.
pub fn form(
    Counter { visitor, front, guest }: Counter<'_>,
    shelf: &Shelf,
    chosen: &Chosen,
    sent: Option<Sent<'_>>,
) -> Result<CheckoutPage, Problem> {
    let (product, sku) = shelf.sku(chosen.sku).ok_or_else(|| Problem::not_found("sku"))?;
    let quantity_max = shelf.quantity_max(sku).max(1);
    let action = format!("{}/checkout", front.home());
    let words = told(product, visitor.lang());
    let mut frame = visitor.frame();
    let quantity = chosen.quantity.unwrap_or(1).clamp(1, quantity_max);
    frame.here = format!("{action}?sku={}&quantity={quantity}", sku.id);
    Ok(CheckoutPage {
        item: Item {
            name: words.name(),
            sku_name: words.sku(sku),
            picture: picture_of(
                front.tenant,
                product.presentation.picture.as_deref(),
                PictureSize::Small,
            ),
            price: sku.terms.price,
        },
        action,
        hidden: vec![
            ("sku".to_owned(), sku.id.to_string()),
            ("once".to_owned(), id::encode(&visitor.engine().draw())),
            ("price".to_owned(), sku.terms.price.amount.to_string()),
            ("token".to_owned(), guest.form_token(&visitor.engine().vault(), front.tenant)),
        ],
        quantity,
        quantity_max,
        fields: fields(words, &product.presentation.input, frame.lang, sent.map(|sent| sent.typed)),
        consent: Some(Consent::to_no_return(
            frame.lang,
            sent.is_some_and(|sent| sent.consent),
            sent.is_some_and(|sent| !sent.consent),
        )),
        promises: promises(sku),
        problem: sent.and_then(|sent| sent.trouble).map(|trouble| trouble.text(frame.lang)),
        frame,
    })
}

/// What the product asks, with what was typed and what is wrong with it.
fn fields(
    words: ProductText<'_>,
    input: &[InputField],
    lang: Lang,
    typed: Option<&Values>,
) -> Vec<Field> {
    let field = |field: &InputField| {
        let (label, hint) = words.field(field);
        let kind = kind_of(field.kind);
        let value = typed.and_then(|typed| typed.get(&field.code)).cloned().unwrap_or_default();
        let error = match value.trim() {
            _ if typed.is_none() => None,
            "" => field.required.then(|| FieldKind::missing(lang)),
            value => field.kind.read(value).is_none().then(|| kind.wants(lang)),
        };
        let code = format!("{FIELD_PREFIX}{}", field.code);
        Field { code, label, hint, value, kind, required: field.required, error }
    };
    input.iter().map(field).collect()
}

fn kind_of(kind: InputKind) -> FieldKind {
    match kind {
        InputKind::Text => FieldKind::Text,
        InputKind::Phone => FieldKind::Phone,
        InputKind::Email => FieldKind::Mail,
        InputKind::Qq => FieldKind::Qq,
        InputKind::Digits => FieldKind::Digits,
    }
}

/// Somebody else took the last one.
pub async fn sold_out(
    visitor: &Visitor,
    front: &Front,
    product: Option<kernel::ProductId>,
) -> Result<EndedPage, Problem> {
    let mut frame = visitor.frame();
    frame.here = front.home();
    Ok(EndedPage {
        frame,
        end: End::SoldOut,
        money: MoneyFate::NothingTaken,
        money_moves: Vec::new(),
        order_number: None,
        next_path: front.home(),
        alternatives: Shelf::others(visitor, front, product).await?,
    })
}
