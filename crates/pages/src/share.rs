//! The pictures that chat apps show beside a link: they take no SVG, so each drawing has a JPEG of the usual
//! size, made by `e2e/cards.mjs` and compiled in.

use sha2::{Digest, Sha256};

/// Width and height, as `og:image` wants them.
pub const SIZE: (u32, u32) = (1200, 630);

/// A picture that stands in for a drawing.
struct Card {
    /// The drawing's name.
    name: &'static str,
    jpeg: &'static [u8],
}

macro_rules! cards {
    ($($name:literal)*) => {
        const CARDS: &[Card] = &[$(Card {
            name: $name,
            jpeg: include_bytes!(concat!("../pictures/cards/", $name, ".jpg")),
        },)*];
    };
}

cards! {
    "logo-shop" "goods"
    "video" "music" "books" "cloud-drive" "keyboard" "game" "course"
    "coffee" "cake" "cinema" "car-wash" "fruit" "phone"
}

impl Card {
    /// `coffee.1f2e3d4c.jpg`: the name changes with the content.
    fn file_name(&self) -> String {
        let digest = Sha256::digest(self.jpeg);
        let hash: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}.{hash}.jpg", self.name)
    }
}

/// The card's path beside that of a drawing; none for a picture that is no drawing of ours.
pub fn beside(drawing_path: &str) -> Option<String> {
    let (folder, file) = drawing_path.rsplit_once('/')?;
    let name = file.strip_suffix(".svg")?.split('.').next()?;
    let card = CARDS.iter().find(|card| card.name == name)?;
    Some(format!("{folder}/{}", card.file_name()))
}

/// The JPEG of a file's name; another hash is another file.
pub fn served_as(file_name: &str) -> Option<&'static [u8]> {
    let (name, _) = file_name.split_once('.')?;
    let card = CARDS.iter().find(|card| card.name == name)?;
    (card.file_name() == file_name).then_some(card.jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::DRAWINGS;

    /// Height and width of a JPEG stand in its frame header.
    fn size(jpeg: &[u8]) -> Option<(u32, u32)> {
        let at = jpeg.windows(2).position(|w| matches!(w, [0xff, 0xc0 | 0xc2]))?;
        let number =
            |at: usize| Some(u32::from(u16::from_be_bytes([*jpeg.get(at)?, *jpeg.get(at + 1)?])));
        Some((number(at + 7)?, number(at + 5)?))
    }

    #[test]
    fn every_drawing_has_a_small_card_of_the_right_size() {
        assert_eq!(CARDS.len(), DRAWINGS.len());
        for drawing in DRAWINGS {
            let path = beside(&format!("/pictures/{}", drawing.file_name())).expect(drawing.name);
            let file = path.strip_prefix("/pictures/").expect("the same folder");
            let jpeg = served_as(file).expect("it is served");
            assert_eq!(size(jpeg), Some(SIZE), "{file}");
            assert!(jpeg.len() < 60_000, "{file} has {} bytes", jpeg.len());
        }
        assert!(beside("/s/x/logo/1f2e.png").is_none());
        assert!(served_as("coffee.00000000.jpg").is_none());
    }
}
