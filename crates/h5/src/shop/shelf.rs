//! What lies on a shop's shelves, as pages show it.

use super::prices::{Cheapest, cheapest};
use crate::front::{Front, PictureSize, picture_of};
use crate::told::told;
use crate::visitor::Visitor;
use domain::catalog::{Product, RefundRule, Sku, SkuKind};
use edge::problem::Problem;
use kernel::limits::ORDER_QUANTITY_MAX;
use kernel::{ProductId, SkuId, Tenant, Timestamp};
use pages::Lang;
use pages::page::Card;
use pages::page::product::{Delivery, Offer, Promises, Returns, SkuChoice, Validity};
use pages::page::shop::Category;
use std::collections::HashMap;
use std::sync::Arc;

/// Fewer pieces than this are told to the buyer.
const FEW: i64 = 10;
/// Products that are looked at to find a few others that can be bought.
const OTHERS_LOOKED_AT: usize = 24;

/// Products with their free pieces, as of one moment.
pub struct Shelf {
    products: Vec<Arc<Product>>,
    stock: HashMap<SkuId, i64>,
    now: Timestamp,
    tenant: Tenant,
    home: String,
    lang: Lang,
}

impl Shelf {
    /// These products, as far as they are on the shelf.
    pub async fn of(
        visitor: &Visitor,
        front: &Front,
        mut products: Vec<Arc<Product>>,
    ) -> Result<Self, Problem> {
        let now = visitor.engine().now();
        products.retain(|product| is_shown(product, now));
        let skus: Vec<SkuId> =
            products.iter().flat_map(|product| shown(product, now).map(|sku| sku.id)).collect();
        let stock = visitor.reader().stock(front.tenant, &skus).await?.into_iter().collect();
        let (tenant, home, lang) = (front.tenant, front.home(), visitor.lang());
        Ok(Self { products, stock, now, tenant, home, lang })
    }

    /// A product by itself, whatever its age.
    pub async fn of_product(
        visitor: &Visitor,
        front: &Front,
        id: ProductId,
    ) -> Result<Self, Problem> {
        let product = visitor.reader().product(front.tenant, id).await?;
        Self::of(visitor, front, product.into_iter().map(Arc::new).collect()).await
    }

    /// The product of a SKU by itself.
    pub async fn of_sku(visitor: &Visitor, front: &Front, id: SkuId) -> Result<Self, Problem> {
        let product = visitor.reader().product_of_sku(front.tenant, id).await?;
        Self::of(visitor, front, product.into_iter().map(Arc::new).collect()).await
    }

    /// What else can be bought now, beside a product: first what lies on the same shelf, then what was listed next.
    pub async fn others(
        visitor: &Visitor,
        front: &Front,
        than: Option<ProductId>,
    ) -> Result<Vec<Card>, Problem> {
        let listed = visitor.listed(front).await?;
        let shelf_of = |product: &Product| product.presentation.category.clone();
        let shelf = listed.products().find(|product| Some(product.id) == than);
        let shelf = shelf.and_then(|product| shelf_of(product));
        let same = |product: &Arc<Product>| shelf.is_some() && shelf_of(product) == shelf;
        let other = |product: &&Arc<Product>| Some(product.id) != than;
        let near = listed.products().filter(other).filter(|product| same(product));
        let far = listed.products().filter(other).filter(|product| !same(product));
        let products = near.chain(far).take(OTHERS_LOOKED_AT).cloned().collect();
        let shelf = Self::of(visitor, front, products).await?;
        let cards = shelf.products.iter().filter_map(|product| shelf.card(product));
        Ok(cards.filter(|card| !card.sold_out).take(4).collect())
    }

    /// One product of it.
    pub fn product(&self, id: ProductId) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id).map(|product| &**product)
    }

    /// A SKU of it, with its product.
    pub fn sku(&self, id: SkuId) -> Option<(&Product, &Sku)> {
        let mut skus = self
            .products
            .iter()
            .flat_map(|product| shown(product, self.now).map(move |sku| (&**product, sku)));
        skus.find(|(_, sku)| sku.id == id)
    }

    /// Its products as cards, under the names of their shelves as long as these do not change.
    pub fn categories(&self) -> Vec<Category> {
        let mut shelves: Vec<(Option<&str>, Category)> = Vec::new();
        for product in &self.products {
            let Some(card) = self.card(product) else { continue };
            let key = product.presentation.category.as_deref();
            match shelves.last_mut() {
                Some((known, shelf)) if *known == key => shelf.cards.push(card),
                _ => {
                    let name = key.map_or(String::new(), |_| told(product, self.lang).category());
                    shelves.push((key, Category { name, cards: vec![card] }));
                }
            }
        }
        shelves.into_iter().map(|(_, shelf)| shelf).collect()
    }

    /// All of it as cards, without shelves.
    pub fn cards(&self) -> Vec<Card> {
        self.products.iter().filter_map(|product| self.card(product)).collect()
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
                let limit = sku.terms.per_order().unwrap_or(ORDER_QUANTITY_MAX);
                free.min(limit).min(ORDER_QUANTITY_MAX)
            }
        }
    }

    fn free(&self, sku: &Sku) -> i64 {
        match sku.terms.kind {
            _ if sku.terms.is_stocked() => self.stock.get(&sku.id).copied().unwrap_or(0),
            // There is nothing to share yet.
            SkuKind::Content if sku.content == 0 => 0,
            // The others are made when they are delivered.
            _ => i64::from(ORDER_QUANTITY_MAX),
        }
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
        let prices = shown(product, self.now).map(|sku| (sku.terms.price, sku.terms.list_price));
        let Cheapest { price, list_price, is_from } = cheapest(prices)?;
        Some(Card {
            name: told(product, self.lang).name(),
            picture: picture_of(
                self.tenant,
                product.presentation.picture.as_deref(),
                PictureSize::Medium,
            ),
            path: format!("{}/p/{}", self.home, product.id),
            price,
            is_from,
            list_price,
            sold_out: shown(product, self.now).all(|sku| self.quantity_max(sku) == 0),
        })
    }
}

/// What is said before paying.
pub fn promises(sku: &Sku) -> Promises {
    let returns = match sku.terms.refund {
        RefundRule::None => Returns::None,
        RefundRule::BeforeReveal => Returns::Unrevealed,
        RefundRule::BeforeRedeem => Returns::Unredeemed,
        RefundRule::Days(days) => Returns::Days(u32::from(days)),
    };
    Promises { delivery: Delivery::AtOnce, validity: Validity::OnCode, returns }
}

/// Whether a product has something to show.
pub fn is_shown(product: &Product, now: Timestamp) -> bool {
    product.on_shelf && shown(product, now).next().is_some()
}

/// SKUs on the shelf whose sale has not ended.
fn shown(product: &Product, now: Timestamp) -> impl Iterator<Item = &Sku> + Clone {
    let open = move |sku: &&Sku| {
        sku.terms.on_shelf && sku.terms.sale_until.is_none_or(|until| now < until)
    };
    product.skus.iter().filter(open)
}
