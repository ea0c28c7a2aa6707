//! What lies on a shop's shelves, as pages show it.

use crate::h5::entry::{Front, picture_of};
use crate::h5::told::told;
use crate::h5::visitor::Visitor;
use crate::problem::Problem;
use domain::catalog::{Product, RefundRule, Sku};
use kernel::limits::{ORDER_QUANTITY_MAX, SHOP_PRODUCTS_MAX};
use kernel::{ProductId, SkuId, Timestamp};
use pages::Lang;
use pages::page::Card;
use pages::page::product::{Delivery, Offer, Promises, Returns, SkuChoice, Validity};
use pages::page::shop::Category;
use std::collections::HashMap;
use store::read::Page;

/// Fewer pieces than this are told to the buyer.
const FEW: i64 = 10;

/// Products with their free pieces, as of one moment.
pub struct Shelf {
    products: Vec<Product>,
    stock: HashMap<SkuId, i64>,
    now: Timestamp,
    home: String,
    lang: Lang,
}

impl Shelf {
    /// Everything of a shop that is on the shelf, in the order in which it was listed.
    pub async fn of(visitor: &Visitor, front: &Front) -> Result<Self, Problem> {
        let page = Page { limit: SHOP_PRODUCTS_MAX, after: None::<ProductId> };
        let mut products = visitor.reader().products(front.tenant, page).await?;
        products.reverse();
        let now = visitor.engine().now();
        products.retain(|product| product.on_shelf && shown(product, now).next().is_some());
        let skus: Vec<SkuId> =
            products.iter().flat_map(|product| shown(product, now).map(|sku| sku.id)).collect();
        let stock = visitor.reader().stock(front.tenant, &skus).await?.into_iter().collect();
        Ok(Self { products, stock, now, home: front.home(), lang: visitor.lang })
    }

    /// One product of it.
    pub fn product(&self, id: ProductId) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    /// A SKU of it, with its product.
    pub fn sku(&self, id: SkuId) -> Option<(&Product, &Sku)> {
        let skus = self
            .products
            .iter()
            .flat_map(|product| shown(product, self.now).map(move |sku| (product, sku)));
        skus.into_iter().find(|(_, sku)| sku.id == id)
    }

    /// Every product as a card, shelf by shelf in the order of their first products; what lies on none comes last.
    pub fn categories(&self) -> Vec<Category> {
        let mut shelves: Vec<(&str, Category)> = Vec::new();
        let mut rest = Category { name: String::new(), cards: Vec::new() };
        for product in &self.products {
            let Some(card) = self.card(product) else { continue };
            let Some(key) = product.presentation.category.as_deref() else {
                rest.cards.push(card);
                continue;
            };
            match shelves.iter_mut().find(|(known, _)| *known == key) {
                Some((_, shelf)) => shelf.cards.push(card),
                None => {
                    let name = told(product, self.lang).category();
                    shelves.push((key, Category { name, cards: vec![card] }));
                }
            }
        }
        let shelves = shelves.into_iter().map(|(_, shelf)| shelf);
        shelves.chain(Some(rest).filter(|rest| !rest.cards.is_empty())).collect()
    }

    /// What else can be bought now, beside a product.
    pub fn others(&self, than: Option<ProductId>) -> Vec<Card> {
        let others = self.products.iter().filter(|product| Some(product.id) != than);
        let cards = others.filter_map(|product| self.card(product));
        cards.filter(|card| !card.sold_out).take(4).collect()
    }

    /// The SKUs of a product as choices.
    pub fn choices(&self, product: &Product) -> Vec<SkuChoice> {
        let choice = |sku: &Sku| SkuChoice {
            id: sku.id.to_string(),
            name: told(product, self.lang).sku(sku),
            price: sku.terms.price,
            list_price: sku.terms.list_price,
            offer: self.offer(sku),
        };
        shown(product, self.now).map(choice).collect()
    }

    /// Pieces of a SKU that one order may have now; none when it cannot be bought.
    pub fn quantity_max(&self, sku: &Sku) -> u32 {
        match self.offer(sku) {
            Offer::SoldOut | Offer::Opens(_) => 0,
            Offer::OnSale | Offer::Few(_) => {
                let free = u32::try_from(self.free(sku)).unwrap_or(ORDER_QUANTITY_MAX);
                let limit = sku.terms.limits.per_order.unwrap_or(ORDER_QUANTITY_MAX);
                free.min(limit).min(ORDER_QUANTITY_MAX)
            }
        }
    }

    fn free(&self, sku: &Sku) -> i64 {
        self.stock.get(&sku.id).copied().unwrap_or(0)
    }

    fn offer(&self, sku: &Sku) -> Offer {
        if let Some(from) = sku.terms.sale_from.filter(|from| *from > self.now) {
            return Offer::Opens(from);
        }
        match self.free(sku) {
            ..=0 => Offer::SoldOut,
            free if free < FEW => Offer::Few(u32::try_from(free).unwrap_or(1)),
            _ => Offer::OnSale,
        }
    }

    fn card(&self, product: &Product) -> Option<Card> {
        let cheapest = shown(product, self.now).min_by_key(|sku| sku.terms.price.amount)?;
        let price = cheapest.terms.price;
        Some(Card {
            name: told(product, self.lang).name(),
            picture: picture_of(product.presentation.picture.as_deref()),
            path: format!("{}/p/{}", self.home, product.id),
            price,
            is_from: shown(product, self.now).any(|sku| sku.terms.price != price),
            list_price: cheapest.terms.list_price,
            sold_out: shown(product, self.now).all(|sku| self.quantity_max(sku) == 0),
        })
    }
}

/// What is said before paying.
pub fn promises(sku: &Sku) -> Promises {
    let returns = match sku.terms.refund {
        RefundRule::None => Returns::None,
        RefundRule::BeforeReveal => Returns::Unrevealed,
        RefundRule::Days(days) => Returns::Days(u32::from(days)),
    };
    Promises { delivery: Delivery::AtOnce, validity: Validity::OnCode, returns }
}

/// SKUs on the shelf whose sale has not ended.
fn shown(product: &Product, now: Timestamp) -> impl Iterator<Item = &Sku> {
    let open = move |sku: &&Sku| {
        sku.terms.on_shelf && sku.terms.sale_until.is_none_or(|until| now < until)
    };
    product.skus.iter().filter(open)
}
