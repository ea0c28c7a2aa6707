//! Colours, and whether text on them can be read (WCAG 2).

use std::fmt;

/// The ratio that WCAG 2 AA asks of text.
pub const READABLE: f64 = 4.5;

/// An opaque sRGB colour, written `#0a7f5a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// White.
    pub const WHITE: Self = Self(255, 255, 255);
    /// Nearly black, as text is.
    pub const INK: Self = Self(0x14, 0x16, 0x1b);

    /// Reads `#0a7f5a`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let rgb = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self(rgb[1], rgb[2], rgb[3]))
    }

    /// `percent` of the way to another colour.
    #[must_use]
    pub fn towards(self, other: Self, percent: u32) -> Self {
        let mix = |a: u8, b: u8| {
            let sum = u32::from(a) * (100 - percent) + u32::from(b) * percent;
            (sum / 100).min(255) as u8
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// The first step towards `goal` that can be read on every ground given.
    #[must_use]
    pub fn until_readable(self, goal: Self, grounds: &[Self]) -> Self {
        let reads = |c: &Self| grounds.iter().all(|ground| contrast(*c, *ground) >= READABLE);
        (0..=100).map(|percent| self.towards(goal, percent)).find(reads).unwrap_or(goal)
    }

    /// Whether white text on it can be read.
    pub fn carries_white(self) -> bool {
        contrast(self, Self::WHITE) >= READABLE
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The contrast ratio of WCAG 2, from 1 to 21.
#[expect(clippy::float_arithmetic, reason = "light is not money")]
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance as WCAG 2 defines it.
#[expect(clippy::float_arithmetic, reason = "light is not money")]
fn luminance(colour: Colour) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        // The grey and the red are the worked examples that every checker of WCAG agrees on.
        for (a, b, hundredths) in [
            ("#000000", "#ffffff", 2100),
            ("#767676", "#ffffff", 454),
            ("#ff0000", "#ffffff", 399),
            ("#123456", "#123456", 100),
        ] {
            let (a, b) = (Colour::parse(a), Colour::parse(b));
            let ratio = a.zip(b).map(|(a, b)| (contrast(a, b) * 100.0) as i32);
            assert_eq!(ratio, Some(hundredths));
        }
    }

    #[test]
    fn colours_read_and_write() {
        assert_eq!(Colour::parse("#0A7f5a").map(|c| c.to_string()).as_deref(), Some("#0a7f5a"));
        for text in ["", "0a7f5a", "#0a7f5", "#0a7f5g", "#+a7f5a", "#é7f5a", "red"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }
}
