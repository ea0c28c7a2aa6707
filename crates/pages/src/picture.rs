//! Pictures: drawn by us, compiled in, served under a name that changes with the content.
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
        /// Every drawing: the logo of any shop, what stands in for a missing picture, a picture for each product of the demo.
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

/// The products of the demo by their names, so that its pages find their pictures.
const OF_PRODUCT: [(&str, &str); 13] = [
    ("星河视频会员", "video"),
    ("回声音乐会员", "music"),
    ("墨页读书卡", "books"),
    ("云阁网盘会员", "cloud-drive"),
    ("灵犀输入法专业版", "keyboard"),
    ("远征大陆游戏点卡", "game"),
    ("知途在线课程", "course"),
    ("青禾咖啡电子券", "coffee"),
    ("麦穗烘焙蛋糕券", "cake"),
    ("光影影城电影票", "cinema"),
    ("碧波洗车卡", "car-wash"),
    ("鲜果日记水果礼品卡", "fruit"),
    ("手机话费充值码", "phone"),
];

/// Where a shop has no logo, and in the tab of a page without a shop.
pub const ICON: Drawing =
    Drawing { name: "logo-shop", svg: include_str!("../pictures/logo-shop.svg") };

impl Drawing {
    /// The drawing of a stable name.
    pub fn named(name: &str) -> Option<&'static Self> {
        DRAWINGS.iter().find(|drawing| drawing.name == name)
    }

    /// The drawing of one of the demo's products.
    pub fn of_product(product: &str) -> Option<&'static Self> {
        let (_, name) = OF_PRODUCT.iter().find(|(known, _)| *known == product)?;
        Self::named(name)
    }

    /// The drawing of a product, or the one that stands in for a missing picture.
    pub fn for_product(product: &str) -> &'static Self {
        Self::of_product(product).or_else(|| Self::named("goods")).unwrap_or(&DRAWINGS[0])
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
    fn every_product_of_the_demo_has_a_picture_of_its_own() {
        let mut used: Vec<_> = OF_PRODUCT.iter().map(|(_, name)| *name).collect();
        used.sort_unstable();
        used.dedup();
        assert_eq!(used.len(), OF_PRODUCT.len());
        let catalogue = include_str!("../../tessera/src/demo/catalogue.json");
        for (product, _) in OF_PRODUCT {
            assert!(catalogue.contains(&format!("\"{product}\"")), "{product} is not in the demo");
            assert!(Drawing::of_product(product).is_some(), "{product}");
        }
        assert_eq!(catalogue.matches("\"description\"").count(), OF_PRODUCT.len());
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
