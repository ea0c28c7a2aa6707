//! How a shop looks: its style, and what stands in for what it did not choose.

use domain::resource::Uploaded;
use domain::shop::{Bilingual, Language, Message, ShopLanguages, ShopMessages, ShopStyle};
use edge::link::{SHARED_SIZE, file_path, logo_path, shop_path};
use kernel::{FileId, Tenant};
use pages::brand::{Brand, Colour};
use pages::page::Picture;
use pages::picture::{Drawing, ICON, PRODUCT_SIZE};
use pages::{Lang, Messages, Shop};

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
    /// Which languages it speaks.
    pub languages: ShopLanguages,
    /// What it tells its buyers.
    pub messages: ShopMessages,
    /// IANA zone in which its times are written.
    pub zone: String,
    /// The version of everything that the merchant set.
    pub version: i64,
}

impl Front {
    /// The path of its first page.
    pub fn home(&self) -> String {
        shop_path(self.tenant)
    }

    /// How pages show it; without a shop, the platform stands in.
    pub fn shop(front: Option<&Self>, lang: Lang) -> Shop {
        let Some(front) = front else { return platform() };
        let style = &front.style;
        let said = |text: &Bilingual| in_language(text, lang).unwrap_or_default().to_owned();
        let own = style.colour.map(|colour| colour.0);
        let logo = style.logo.as_ref().map(|logo| logo_path(front.tenant, logo));
        let logo = logo.unwrap_or_else(|| path_of(&ICON));
        let share = style.share.map(|Uploaded(file)| file_path(front.tenant, file, SHARED_SIZE));
        Shop {
            name: in_language(&style.name, lang).unwrap_or(&front.name).to_owned(),
            tagline: said(&style.greeting),
            brand: Brand::of(own.unwrap_or(COLOURS[number(front.tenant) % COLOURS.len()])),
            share: share.unwrap_or_else(|| logo.clone()),
            logo,
            speaks_both: front.languages.offered.len() > 1,
            messages: messages(&front.messages, lang),
            home: front.home(),
            orders: format!("{}/orders", front.home()),
            lookup: format!("{}/lookup", front.home()),
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
        share: path_of(&ICON),
        speaks_both: true,
        messages: Messages::default(),
        home: String::new(),
        orders: String::new(),
        lookup: String::new(),
        contact: String::new(),
    }
}

fn messages(said: &ShopMessages, lang: Lang) -> Messages {
    let text = |message: &Message| {
        let (own, other) = match lang {
            Lang::Zh => (&message.zh, &message.en),
            Lang::En => (&message.en, &message.zh),
        };
        own.as_ref().or(other.as_ref()).map_or(String::new(), |text| text.0.clone())
    };
    Messages {
        greeting: text(&said.greeting),
        before_payment: text(&said.before_payment),
        after_delivery: text(&said.after_delivery),
        sold_out: text(&said.sold_out),
        service: text(&said.service),
    }
}

/// What the pages of a shop speak to somebody who would like these languages, the dearest first.
pub fn spoken(front: Option<&Front>, wanted: &[Lang]) -> Lang {
    let Some(front) = front else { return wanted.first().copied().unwrap_or_default() };
    let wanted = wanted.iter().map(|lang| match lang {
        Lang::Zh => Language::Zh,
        Lang::En => Language::En,
    });
    match front.languages.spoken(wanted) {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
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

/// Of how many pixels a side a picture is asked for: in a row, in a card, alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureSize {
    /// Beside words.
    Small = 320,
    /// One of several.
    Medium = 640,
    /// The page's own.
    Large = 1280,
}

/// What a product looks like: a picture that was uploaded, or a drawing of ours by its name. Pages show all of them in
/// one shape.
pub fn picture_of(tenant: Tenant, picture: Option<&str>, size: PictureSize) -> Picture {
    let (width, height) = PRODUCT_SIZE;
    let uploaded = picture.and_then(|picture| FileId::parse(picture).ok());
    let path = match uploaded {
        Some(file) => file_path(tenant, file, size as u32),
        None => path_of(Drawing::for_product(picture)),
    };
    Picture { path, width, height }
}

fn path_of(drawing: &Drawing) -> String {
    format!("/pictures/{}", drawing.file_name())
}

fn number(tenant: Tenant) -> usize {
    tenant.bytes()[6..15].iter().map(|byte| usize::from(*byte)).sum()
}
