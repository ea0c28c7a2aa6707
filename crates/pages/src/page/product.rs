//! A product: what it is, how fast it comes, until when it is valid, whether it can go back; then one button.

use super::{Card, Picture};
use crate::{Frame, Page, price::Price};
use askama::Template;
use kernel::{Money, Timestamp};

/// Whether a SKU can be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It can.
    OnSale,
    /// It can, and only so many are left.
    Few(u32),
    /// Nothing is left.
    SoldOut,
    /// Its window opens then.
    Opens(Timestamp),
}

/// One priced choice.
#[derive(Debug, Clone)]
pub struct SkuChoice {
    /// What the form sends.
    pub id: String,
    /// As the merchant calls it.
    pub name: String,
    /// What it costs now.
    pub price: Money,
    /// What it is compared with.
    pub list_price: Option<Money>,
    /// Whether it can be bought.
    pub offer: Offer,
}

/// How the goods come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// The code shows after payment.
    AtOnce,
    /// A supplier credits an account.
    Minutes,
}

/// How long the goods are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// No end.
    ForEver,
    /// A fixed last day.
    Until(Timestamp),
    /// Days from the purchase.
    Days(u32),
    /// Each code has its own; it is shown with the code.
    OnCode,
}

/// Whether the goods can go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returns {
    /// Never.
    None,
    /// Until the code is viewed.
    Unrevealed,
    /// Of a voucher, what is not used.
    Unredeemed,
    /// For so many days, until the code is viewed.
    Days(u32),
}

/// What worries a buyer before he pays.
#[derive(Debug, Clone, Copy)]
pub struct Promises {
    /// How fast.
    pub delivery: Delivery,
    /// How long.
    pub validity: Validity,
    /// And back.
    pub returns: Returns,
}

impl Promises {
    /// What to say of each, in the order of the page: icon and words.
    pub(crate) fn lines(&self, frame: &Frame) -> [(&'static str, String); 3] {
        let w = frame.w();
        let delivery = match self.delivery {
            Delivery::AtOnce => w.delivery_at_once,
            Delivery::Minutes => w.delivery_minutes,
        };
        let validity = match self.validity {
            Validity::ForEver => w.valid_for_ever.to_owned(),
            Validity::Until(at) => (w.valid_until)(&frame.day(&at)),
            Validity::Days(days) => (w.valid_days)(&days.to_string()),
            Validity::OnCode => w.valid_on_code.to_owned(),
        };
        let returns = match self.returns {
            Returns::None => w.returns_none.to_owned(),
            Returns::Unrevealed => w.returns_unrevealed.to_owned(),
            Returns::Unredeemed => w.returns_unredeemed.to_owned(),
            Returns::Days(days) => (w.returns_days)(&days.to_string()),
        };
        [("bolt", delivery.to_owned()), ("clock", validity), ("back", returns)]
    }
}

/// The page of one product.
#[derive(Debug, Clone, Template)]
#[template(path = "product.html")]
pub struct ProductPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Name of the product.
    pub name: String,
    /// What you get.
    pub description: String,
    /// What it looks like.
    pub picture: Picture,
    /// A raster picture for share cards.
    pub share_picture: String,
    /// At least one.
    pub skus: Vec<SkuChoice>,
    /// Before paying.
    pub promises: Promises,
    /// Where the form leads, with GET and `sku`.
    pub checkout_path: String,
    /// Other goods; alternatives when this one is sold out.
    pub others: Vec<Card>,
}

impl ProductPage {
    fn buyable(&self, sku: &SkuChoice) -> bool {
        matches!(sku.offer, Offer::OnSale | Offer::Few(_))
    }

    /// The choice that is made for the buyer.
    fn first(&self) -> Option<&SkuChoice> {
        self.skus.iter().find(|sku| self.buyable(sku))
    }

    fn is_first(&self, sku: &SkuChoice) -> bool {
        self.first().is_some_and(|first| first.id == sku.id)
    }

    fn note(&self, sku: &SkuChoice) -> String {
        let w = self.frame.w();
        match sku.offer {
            Offer::OnSale => saving(&self.frame, sku),
            Offer::Few(left) => (w.sku_left)(&left.to_string()),
            Offer::SoldOut => w.sold_out.to_owned(),
            Offer::Opens(at) => (w.on_sale_from)(&self.frame.moment(&at)),
        }
    }
}

fn saving(frame: &Frame, sku: &SkuChoice) -> String {
    let list = sku.list_price.filter(|list| list.currency == sku.price.currency);
    let saved = list.and_then(|list| list.amount.checked_sub(sku.price.amount));
    match saved.filter(|saved| *saved > 0) {
        Some(saved) => {
            (frame.w().save)(&Price::of(&Money::new(saved, sku.price.currency)).to_string())
        }
        None => String::new(),
    }
}

impl Page for ProductPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn description(&self) -> String {
        self.description.clone()
    }

    fn share_picture(&self) -> &str {
        &self.share_picture
    }

    fn is_public(&self) -> bool {
        true
    }
}
