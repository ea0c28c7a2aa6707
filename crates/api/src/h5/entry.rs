//! How a shop is entered: its public id is read, its merchant looked up, its style found.
//!
//! The public id is the 26 characters of the merchant's id; the shop in test mode has `-test` behind them,
//! so that a live and a test shop can never be taken for each other.

use super::visitor::Visitor;
use crate::problem::Problem;
use domain::identity::operator;
use domain::shop::{Bilingual, Logo, ShopStyle};
use kernel::{MerchantId, Mode, Tenant, id};
use pages::brand::{Brand, Colour};
use pages::page::Picture;
use pages::picture::{Drawing, ICON, PRODUCT_SIZE};
use pages::{Lang, Shop};

const TEST: &str = "-test";
/// The colours of shops that chose none, one for each merchant for ever.
const COLOURS: [Colour; 6] = [
    Colour(0x4b, 0x4f, 0xe2),
    Colour(0x1f, 0x7a, 0x53),
    Colour(0xb4, 0x53, 0x09),
    Colour(0x0e, 0x74, 0x90),
    Colour(0x9d, 0x17, 0x4d),
    Colour(0x33, 0x41, 0x55),
];

/// A shop that was entered.
#[derive(Debug, Clone)]
pub struct Front {
    /// The merchant in the mode of the shop.
    pub tenant: Tenant,
    /// The merchant's name.
    pub name: String,
    /// How it looks and speaks.
    pub style: ShopStyle,
    /// IANA zone in which its times are written.
    pub zone: String,
    /// The version of everything that the merchant set.
    pub version: i64,
}

impl Visitor {
    /// Enters a shop by its public id.
    pub async fn enter(&self, shop: &str) -> Result<Front, Problem> {
        let tenant = tenant_of(shop).ok_or_else(|| Problem::not_found("shop"))?;
        self.enter_tenant(tenant).await
    }

    /// Enters the shop that an order was placed in.
    pub async fn enter_tenant(&self, tenant: Tenant) -> Result<Front, Problem> {
        let row = self.reader().tenant(tenant).await?;
        let row = row.ok_or_else(|| Problem::not_found("shop"))?;
        let style = self.reader().shop(tenant).await?;
        let front = Front { tenant, name: row.name, style, zone: row.zone, version: row.version };
        self.enters(&front);
        Ok(front)
    }
}

impl Front {
    /// The path of its first page.
    pub fn home(&self) -> String {
        home(self.tenant)
    }

    /// How pages show it; without a shop, the platform stands in.
    pub fn shop(front: Option<&Self>, lang: Lang) -> Shop {
        let Some(front) = front else { return platform() };
        let style = &front.style;
        let said = |text: &Bilingual| in_language(text, lang).unwrap_or_default().to_owned();
        let own = style.colour.as_deref().and_then(Colour::parse);
        let logo = style.logo.as_ref().map(|logo| logo_path(front.tenant, logo));
        Shop {
            name: in_language(&style.name, lang).unwrap_or(&front.name).to_owned(),
            tagline: said(&style.greeting),
            brand: Brand::of(own.unwrap_or(COLOURS[number(front.tenant) % COLOURS.len()])),
            logo: logo.unwrap_or_else(|| path_of(&ICON)),
            home: front.home(),
            orders: format!("{}/orders", front.home()),
            contact: said(&style.contact),
        }
    }
}

/// What stands in where no shop is known.
fn platform() -> Shop {
    Shop {
        name: "万券 Tessera".to_owned(),
        tagline: String::new(),
        brand: Brand::of(COLOURS[5]),
        logo: path_of(&ICON),
        home: String::new(),
        orders: String::new(),
        contact: String::new(),
    }
}

/// The text of a language, or the other one where it is missing.
fn in_language(text: &Bilingual, lang: Lang) -> Option<&str> {
    let (own, other) = match lang {
        Lang::Zh => (&text.zh, &text.en),
        Lang::En => (&text.en, &text.zh),
    };
    own.as_deref().or(other.as_deref())
}

/// The path of a shop's logo.
pub fn logo_path(tenant: Tenant, logo: &Logo) -> String {
    format!("{}/logo/{}", home(tenant), logo.file_name())
}

/// The path of a shop's first page.
pub fn home(tenant: Tenant) -> String {
    let mode = if tenant.mode() == Mode::Test { TEST } else { "" };
    format!("/s/{}{mode}", id::encode(&tenant.merchant().0))
}

/// What a product looks like, by the name of its picture.
pub fn picture_of(picture: Option<&str>) -> Picture {
    let (width, height) = PRODUCT_SIZE;
    Picture { path: path_of(Drawing::for_product(picture)), width, height }
}

fn path_of(drawing: &Drawing) -> String {
    format!("/pictures/{}", drawing.file_name())
}

/// The operator has no shop.
fn tenant_of(shop: &str) -> Option<Tenant> {
    let (merchant, mode) = match shop.strip_suffix(TEST) {
        Some(merchant) => (merchant, Mode::Test),
        None => (shop, Mode::Live),
    };
    let merchant = MerchantId(id::decode(merchant)?);
    let tenant = Tenant::new(merchant, mode);
    // A merchant's last bit is zero; another spelling of the same merchant is no shop.
    let known = tenant.merchant() == merchant && merchant != operator().merchant();
    known.then_some(tenant)
}

fn number(tenant: Tenant) -> usize {
    tenant.bytes()[6..15].iter().map(|byte| usize::from(*byte)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_is_found_by_its_path_and_nothing_else() {
        for mode in [Mode::Live, Mode::Test] {
            let tenant = Tenant::new(MerchantId([4; 16]), mode);
            let path = home(tenant);
            assert_eq!(path.strip_prefix("/s/").and_then(tenant_of), Some(tenant));
        }
        let odd = id::encode(&[5; 16]);
        for wrong in ["", "-test", "x", &odd, &id::encode(&[0; 16]), &"0".repeat(26)] {
            assert_eq!(tenant_of(wrong), None, "{wrong}");
        }
    }
}
