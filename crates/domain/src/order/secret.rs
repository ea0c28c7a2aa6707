//! The order secret (查单码): 40 bits in eight characters, which open an order's page together with its number.
//!
//! It stands on that page, so it tells nobody more than the link does. It follows from the order, and nothing of it is stored.

use kernel::typed::{ALPHABET, fold};

/// The bits of a secret, as bytes.
pub const BYTES: usize = 5;

const DIGITS: usize = 8;

/// A secret in clear.
pub type Bits = [u8; BYTES];

/// The written form, as `0A1B-2C3D`.
pub fn write(bits: &Bits) -> String {
    let value = bits.iter().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte));
    let digit = |at: usize| char::from(ALPHABET[(value >> (5 * (DIGITS - 1 - at)) & 31) as usize]);
    let (one, other) = (0..DIGITS / 2, DIGITS / 2..DIGITS);
    one.map(digit).chain(['-']).chain(other.map(digit)).collect()
}

/// Reads what was typed; none if it cannot be a secret of ours.
pub fn read(typed: &str) -> Option<Bits> {
    let digits = fold(typed);
    if digits.len() != DIGITS {
        return None;
    }
    let digit = |c: u8| ALPHABET.iter().position(|known| *known == c);
    let value = digits.bytes().try_fold(0_u64, |value, c| Some((value << 5) | digit(c)? as u64))?;
    value.to_be_bytes()[8 - BYTES..].try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_written_and_as_people_type_it() {
        for bits in [[0x00, 0x17, 0xff, 0x80, 0x3c], [0; BYTES], [255; BYTES]] {
            let text = write(&bits);
            assert_eq!((text.len(), read(&text)), (9, Some(bits)), "{text}");
            assert_eq!(read(&text.to_lowercase().replace('-', " ")), Some(bits));
            assert_eq!(read(&text.replace('0', "o").replace('1', "ｌ")), Some(bits));
        }
        for wrong in ["", "0A1B-2C3", "0A1B-2C3D4", "U000-0000", "é000000", "0A1B.2C3D"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
