//! Numbers and codes as people type them: full-width or small letters, with spaces and dashes, an O for a 0 and an I or L
//! for a 1.

/// The alphabet of numbers and codes that people read and type: Crockford's, which has no I, L, O and U.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters that are read; whatever is longer is none of ours.
const CHARS_MAX: usize = 64;

/// What was meant: capital letters and digits, of [`ALPHABET`] where it is one of ours, nothing between them.
pub fn fold(typed: &str) -> String {
    let plain = typed.chars().filter(|c| !is_between(*c)).take(CHARS_MAX);
    plain
        .map(|c| match half_width(c).to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

/// Spaces, dashes, and what a copy brings along unseen.
fn is_between(c: char) -> bool {
    let dash =
        matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '\u{ff3f}');
    let unseen = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    dash || unseen || c.is_whitespace()
}

/// Chinese keyboards write the characters of ASCII as wide as their own.
fn half_width(c: char) -> char {
    let ascii = u32::from(c).checked_sub(0xfee0).filter(|ascii| (0x21..0x7f).contains(ascii));
    ascii.and_then(char::from_u32).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_read_as_it_was_meant() {
        for typed in [
            "0A1B-2C3D",
            " 0a1b 2c3d\n",
            "oaib—2c3d",
            "０Ａ１Ｂ－２Ｃ３Ｄ",
            "0A1B\u{3000}2C3D\u{200b}",
            "Oalb_2c3d",
        ] {
            assert_eq!(fold(typed), "0A1B2C3D", "{typed:?}");
        }
        assert_eq!(fold("u.é"), "U.é", "nothing else is guessed");
        assert_eq!(fold(&"7".repeat(10_000)).len(), CHARS_MAX);
        assert_eq!(fold(""), "");
    }
}
