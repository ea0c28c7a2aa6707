//! The checkout: shown for a SKU, and shown again with what is wrong.

use super::shelf::{Shelf, promises};
use crate::h5::around::{Answer, Paged};
use crate::h5::cookies::Guest;
use crate::h5::entry::{Front, picture_of};
use crate::h5::form::{Asked, Here};
use crate::h5::visitor::Visitor;
use crate::problem::Problem;
use kernel::{SkuId, id};
use pages::page::checkout::{CheckoutPage, Consent, Item, Trouble};
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

/// What is wrong with what was sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wrong {
    /// Why the order was refused.
    pub trouble: Option<Trouble>,
    /// The consent is missing.
    pub consent: bool,
}

/// `GET /s/{shop}/checkout?sku=…&quantity=…`
pub async fn checkout(
    visitor: Visitor,
    Here(shop): Here<String>,
    Asked(chosen): Asked<Chosen>,
) -> Paged {
    let front = visitor.enter(&shop).await?;
    let shelf = Shelf::of(&visitor, &front).await?;
    let (product, sku) = shelf.sku(chosen.sku).ok_or_else(|| Problem::not_found("sku"))?;
    if shelf.quantity_max(sku) == 0 {
        return Ok(Answer::page(&sold_out(&visitor, &front, &shelf, Some(product.id))));
    }
    let page = form(&visitor, &front, &shelf, &chosen, Wrong::default())?;
    let guest = visitor.guest.unwrap_or_else(|| Guest(visitor.engine().draw()));
    let cookie = guest.cookie(&visitor.engine().vault(), visitor.is_secure());
    Ok(Answer::page(&page).with_cookie(&cookie))
}

/// The form, with a fresh key under which its order is placed once.
pub fn form(
    visitor: &Visitor,
    front: &Front,
    shelf: &Shelf,
    chosen: &Chosen,
    wrong: Wrong,
) -> Result<CheckoutPage, Problem> {
    let (product, sku) = shelf.sku(chosen.sku).ok_or_else(|| Problem::not_found("sku"))?;
    let quantity_max = shelf.quantity_max(sku).max(1);
    let action = format!("{}/checkout", front.home());
    let mut frame = visitor.frame();
    let quantity = chosen.quantity.unwrap_or(1).clamp(1, quantity_max);
    frame.here = format!("{action}?sku={}&quantity={quantity}", sku.id);
    Ok(CheckoutPage {
        item: Item {
            name: product.name.clone(),
            sku_name: sku.terms.name.clone(),
            picture: picture_of(&product.name),
            price: sku.terms.price,
        },
        action,
        hidden: vec![
            ("sku".to_owned(), sku.id.to_string()),
            ("once".to_owned(), id::encode(&visitor.engine().draw())),
        ],
        quantity,
        quantity_max,
        fields: Vec::new(),
        consent: Some(Consent::to_no_return(frame.lang, wrong.consent)),
        promises: promises(sku),
        problem: wrong.trouble.map(|trouble| trouble.text(frame.lang)),
        frame,
    })
}

/// Somebody else took the last one.
pub fn sold_out(
    visitor: &Visitor,
    front: &Front,
    shelf: &Shelf,
    product: Option<kernel::ProductId>,
) -> EndedPage {
    let mut frame = visitor.frame();
    frame.here = front.home();
    EndedPage {
        frame,
        end: End::SoldOut,
        money: MoneyFate::NothingTaken,
        order_number: None,
        next_path: front.home(),
        alternatives: shelf.others(product),
    }
}
