//! What surrounds every page: the shop, the language, the head that browsers and share cards read.

use crate::Lang;
use crate::brand::Brand;
use crate::words::Words;
use crate::{share, when};
use kernel::Timestamp;

/// The merchant's front as his buyers know it.
#[derive(Debug, Clone)]
pub struct Shop {
    /// In the language of the page.
    pub name: String,
    /// One line under the name.
    pub tagline: String,
    /// The merchant's colour, made readable.
    pub brand: Brand,
    /// Path of the logo, a square.
    pub logo: String,
    /// Path of the picture beside links to pages that have none of their own.
    pub share: String,
    /// Whether the pages also speak the other language.
    pub speaks_both: bool,
    /// What the merchant tells his buyers.
    pub messages: Messages,
    /// Path of the shop's first page; empty where no shop is known.
    pub home: String,
    /// Path of "my orders"; empty where no shop is known.
    pub orders: String,
    /// Path of the page that finds an order again; empty where no shop is known.
    pub lookup: String,
    /// How to reach a person, as the merchant wrote it; empty shows nothing.
    pub contact: String,
}

/// What a merchant tells his buyers, in the language of the page. What is empty is not shown.
#[derive(Debug, Clone, Default)]
pub struct Messages {
    /// Above the goods.
    pub greeting: String,
    /// What to know before paying.
    pub before_payment: String,
    /// What to do after delivery.
    pub after_delivery: String,
    /// Where nothing is left.
    pub sold_out: String,
    /// How to reach service.
    pub service: String,
}

/// What the edge knows about a request and every page needs.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language to speak.
    pub lang: Lang,
    /// Whose page it is.
    pub shop: Shop,
    /// Scheme and host, `https://shop.example`: share cards want whole addresses.
    pub origin: String,
    /// Path and query of this page without `lang`: where the language switch leads.
    pub here: String,
    /// Drawn afresh for each answer; the same value goes into the policy header.
    pub nonce: String,
    /// IANA zone in which times are written.
    pub zone: String,
}

impl Frame {
    pub(crate) fn w(&self) -> &'static Words {
        self.lang.words()
    }

    /// This page in the other language.
    pub(crate) fn switch_path(&self) -> String {
        let mark = if self.here.contains('?') { '&' } else { '?' };
        format!("{}{mark}lang={}", self.here, self.lang.other().tag())
    }

    /// A point in time as a person reads it in the frame's zone.
    pub(crate) fn moment(&self, at: &Timestamp) -> String {
        when::moment(*at, &self.zone, self.lang)
    }

    /// A day, for dates until which something is valid.
    pub(crate) fn day(&self, at: &Timestamp) -> String {
        when::day(*at, &self.zone, self.lang)
    }

    /// The whole address of the picture beside a link, and its size where it is a card of ours.
    pub(crate) fn share(&self, picture: &str) -> (String, Option<(u32, u32)>) {
        match share::beside(picture) {
            Some(card) => (self.whole(&card), Some(share::SIZE)),
            None => (self.whole(picture), None),
        }
    }

    /// Whether the picture beside a link is more than a logo.
    pub(crate) fn shares_large(&self, picture: &str) -> bool {
        picture != self.shop.logo || share::beside(picture).is_some()
    }

    pub(crate) fn whole(&self, path: &str) -> String {
        let inside = path.starts_with('/') && !path.starts_with("//");
        if inside { format!("{}{path}", self.origin) } else { path.to_owned() }
    }
}

/// A page that can be answered.
pub trait Page: askama::Template {
    /// What surrounds it.
    fn frame(&self) -> &Frame;

    /// The tab's and the share card's title, without the shop's name.
    fn title(&self) -> String;

    /// One sentence for share cards and search.
    fn description(&self) -> String {
        self.frame().shop.tagline.clone()
    }

    /// Path of the picture whose card stands beside a link to the page.
    fn share_picture(&self) -> &str {
        &self.frame().shop.share
    }

    /// Whether search engines may keep it. Pages of one buyer's order are nobody else's business.
    fn is_public(&self) -> bool {
        false
    }

    /// The whole document.
    fn html(&self) -> String {
        self.render().expect("writing to a string does not fail")
    }
}

/// The `Content-Security-Policy` under which every page works: what is inline must carry the nonce.
pub fn content_security_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
}
