//! The pictures that products can have, and logos: drawn by us, compiled in, served under a name that changes with
//! the content.
//!
//! The name carries a piece of the file's hash, so that browsers may keep a picture for ever.

use sha2::{Digest, Sha256};

/// Width and height of every product's picture.
pub const PRODUCT_SIZE: (u32, u32) = (640, 480);

/// A picture that is compiled in.
#[derive(Debug, Clone, Copy)]
pub struct Drawing {
    /// Its stable name, without path and ending.
    pub name: &'static str,
    /// The SVG document.
    pub svg: &'static str,
}

macro_rules! drawings {
    ($($name:literal)*) => {
        /// Every drawing: the logo of any shop, what stands in for a missing picture, pictures of goods.
        pub const DRAWINGS: &[Drawing] = &[$(Drawing {
            name: $name,
            svg: include_str!(concat!("../pictures/", $name, ".svg")),
        },)*];
    };
}

drawings! {
    "logo-shop" "goods"
    "video" "music" "books" "cloud-drive" "keyboard" "game" "course"
    "coffee" "cake" "cinema" "car-wash" "fruit" "phone"
}

/// Where a shop has no logo, and in the tab of a page without a shop.
pub const ICON: Drawing =
    Drawing { name: "logo-shop", svg: include_str!("../pictures/logo-shop.svg") };

impl Drawing {
    /// The drawing of a stable name.
    pub fn named(name: &str) -> Option<&'static Self> {
        DRAWINGS.iter().find(|drawing| drawing.name == name)
    }

    /// The pictures that a product can have.
    pub fn goods() -> impl Iterator<Item = &'static Self> {
        DRAWINGS.iter().filter(|drawing| !drawing.name.starts_with("logo-"))
    }

    /// One of [`Drawing::goods`] by its name.
    pub fn of_goods(name: &str) -> Option<&'static Self> {
        Self::goods().find(|drawing| drawing.name == name)
    }

    /// The drawing of a product, or the one that stands in for a missing picture.
    pub fn for_product(picture: Option<&str>) -> &'static Self {
        let found = picture.and_then(Self::of_goods).or_else(|| Self::named("goods"));
        found.unwrap_or(&DRAWINGS[0])
    }

    /// The last part of its path: `coffee.1f2e3d4c.svg`.
    pub fn file_name(&self) -> String {
        let digest = Sha256::digest(self.svg);
        let hash: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}.{hash}.svg", self.name)
    }

    /// Finds a drawing by [`Drawing::file_name`]; another hash is another file.
    pub fn served_as(file_name: &str) -> Option<&'static Self> {
        let (name, _) = file_name.split_once('.')?;
        Self::named(name).filter(|drawing| drawing.file_name() == file_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_has_the_picture_that_it_names_and_no_logo() {
        assert_eq!(Drawing::for_product(Some("video")).name, "video");
        for missing in [None, Some("logo-shop"), Some("../video"), Some("")] {
            assert_eq!(Drawing::for_product(missing).name, "goods");
        }
        assert_eq!(Drawing::goods().count(), DRAWINGS.len() - 1);
    }

    #[test]
    fn a_picture_is_small_safe_and_found_by_its_name() {
        for drawing in DRAWINGS {
            assert!(drawing.svg.len() < 6_000, "{}", drawing.name);
            for word in ["<script", "href=\"http", "<image", "<foreignObject", " on"] {
                assert!(!drawing.svg.contains(word), "{} has {word}", drawing.name);
            }
            let found = Drawing::served_as(&drawing.file_name()).map(|d| d.name);
            assert_eq!(found, Some(drawing.name));
            assert!(Drawing::served_as(&format!("{}.00000000.svg", drawing.name)).is_none());
        }
    }
}
