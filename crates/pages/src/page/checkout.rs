//! Checkout for a guest: how many, what the product asks, consent where it must be given, one button.
//!
//! After a refusal the same page comes back with what was typed and an error beside each field.

use super::Picture;
use super::product::Promises;
use crate::{Frame, Lang, Page, price::Price};
use askama::Template;
use kernel::Money;
use kernel::limits::INPUT_CHARS_MAX;

/// The most quantities that are offered in the list.
const CHOICES_MAX: u32 = 20;

/// The most characters that a field lets be typed: what the rule takes, and what people put between digits.
pub(crate) const VALUE_CHARS_MAX: usize = 2 * INPUT_CHARS_MAX;

/// What is being bought.
#[derive(Debug, Clone)]
pub struct Item {
    /// Product.
    pub name: String,
    /// SKU.
    pub sku_name: String,
    /// What it looks like.
    pub picture: Picture,
    /// For one.
    pub price: Money,
}

/// Which values a field takes, and so which keyboard fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Anything.
    Text,
    /// A phone number.
    Phone,
    /// A mail address.
    Mail,
    /// A QQ number.
    Qq,
    /// Digits only.
    Digits,
}

impl FieldKind {
    /// `type` and `inputmode` of the input.
    fn keyboard(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("text", "text"),
            Self::Phone => ("tel", "tel"),
            Self::Mail => ("email", "email"),
            Self::Qq | Self::Digits => ("text", "numeric"),
        }
    }

    /// What to say of a value that it does not take.
    pub fn wants(self, lang: Lang) -> String {
        let w = lang.words();
        let text = match self {
            Self::Text => w.input_text,
            Self::Phone => w.input_phone,
            Self::Mail => w.input_mail,
            Self::Qq => w.input_qq,
            Self::Digits => w.input_digits,
        };
        text.to_owned()
    }

    /// What to say of a value that is not there.
    pub fn missing(lang: Lang) -> String {
        lang.words().input_missing.to_owned()
    }
}

/// A field of the product's input template.
#[derive(Debug, Clone)]
pub struct Field {
    /// What the form calls it.
    pub code: String,
    /// What the buyer calls it.
    pub label: String,
    /// An example or a rule.
    pub hint: String,
    /// What was typed before.
    pub value: String,
    /// Which values it takes.
    pub kind: FieldKind,
    /// Whether it may stay empty.
    pub required: bool,
    /// What is wrong with the value.
    pub error: Option<String>,
}

/// The no-return consent.
#[derive(Debug, Clone)]
pub struct Consent {
    /// The sentence that is agreed to.
    pub text: String,
    /// Its version, stored with the order.
    pub version: String,
    /// Whether it was ticked before.
    pub given: bool,
    /// That it is missing.
    pub error: Option<String>,
}

/// Version of the sentence that [`Consent::to_no_return`] asks for; a new sentence is a new version.
pub const CONSENT_VERSION: &str = "2026-11";

impl Consent {
    /// Asks for the consent that a code which was viewed is not taken back; `given` before, or `missing`, or asked
    /// for the first time.
    pub fn to_no_return(lang: Lang, given: bool, missing: bool) -> Self {
        let w = lang.words();
        Self {
            text: w.consent_text.to_owned(),
            version: CONSENT_VERSION.to_owned(),
            given,
            error: missing.then(|| w.consent_missing.to_owned()),
        }
    }
}

/// Why an order, or a way to pay it, was refused; names no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// More than one buyer may take.
    Limit,
    /// Off the shelf, or outside its window.
    NotOnSale,
    /// The shop sells nothing for now.
    Closed,
    /// Too many orders wait already.
    Unpaid,
    /// The balance is too low.
    Funds,
    /// Too many attempts to pay the order.
    Attempts,
    /// The codes that it kept are gone.
    Gone,
    /// The price is another one now.
    Price,
    /// The payment channel does not answer.
    ChannelSilent,
    /// The payment channel refused to take the payment on.
    ChannelRefused,
}

impl Trouble {
    /// What happened to the money, then what to do.
    pub fn text(self, lang: Lang) -> String {
        let w = lang.words();
        let text = match self {
            Self::Limit => w.trouble_limit,
            Self::NotOnSale => w.trouble_not_on_sale,
            Self::Closed => w.trouble_closed,
            Self::Unpaid => w.trouble_unpaid,
            Self::Funds => w.trouble_funds,
            Self::Attempts => w.trouble_attempts,
            Self::Gone => w.trouble_gone,
            Self::Price => w.trouble_price,
            Self::ChannelSilent => w.trouble_channel_silent,
            Self::ChannelRefused => w.trouble_channel_refused,
        };
        text.to_owned()
    }
}

/// The checkout.
#[derive(Debug, Clone, Template)]
#[template(path = "checkout.html")]
pub struct CheckoutPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What is being bought.
    pub item: Item,
    /// Where the form is posted.
    pub action: String,
    /// Names and values that only the server reads: SKU, idempotency key.
    pub hidden: Vec<(String, String)>,
    /// Chosen so far, from 1.
    pub quantity: u32,
    /// The most that may be ordered.
    pub quantity_max: u32,
    /// What the product asks.
    pub fields: Vec<Field>,
    /// Where the product demands it.
    pub consent: Option<Consent>,
    /// The same promises as on the product's page.
    pub promises: Promises,
    /// Why the whole order was refused; names no field.
    pub problem: Option<String>,
}

impl CheckoutPage {
    fn has_errors(&self) -> bool {
        let consent = self.consent.as_ref().is_some_and(|c| c.error.is_some());
        consent || self.fields.iter().any(|f| f.error.is_some())
    }

    /// Quantity and what so many cost. An amount beyond 64 bits is not offered.
    fn quantities(&self) -> Vec<(u32, Price)> {
        (1..=self.quantity_max.clamp(1, CHOICES_MAX))
            .map_while(|n| Some((n, Price::of(&self.item.price.times(n).ok()?))))
            .collect()
    }

    fn total(&self) -> Price {
        Price::of(&self.item.price.times(self.quantity).unwrap_or(self.item.price))
    }
}

impl Page for CheckoutPage {
    fn frame(&self) -> &Frame {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.w().checkout.to_owned()
    }
}
