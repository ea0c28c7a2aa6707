//! A voucher's code as people read and type it: 16 characters of 80 bits and two that check them, in three groups.
//!
//! The alphabet is Crockford's, which has no I, L, O and U; what looks like 1 or 0 is read as that. The check is the value
//! modulo the prime 1021: any one wrong character and any two neighbours that changed places are found.

use kernel::typed::{ALPHABET, fold};

/// The bits of a code, as bytes.
pub const BYTES: usize = 10;

const DIGITS: usize = 16;
const GROUP: usize = 6;
const CHECK: u128 = 1021;

/// A code in clear; it leaves the process only to whoever holds the voucher.
pub type Bits = [u8; BYTES];

/// The written form, as `0A1B2C-3D4E5F-6G7H8J`.
pub fn write(bits: &Bits) -> String {
    let value = value(bits);
    let whole = (value << 10) | (value % CHECK);
    let digit = |at: usize| ALPHABET[(whole >> (5 * (DIGITS + 1 - at)) & 31) as usize];
    let mut text = String::with_capacity(DIGITS + 4);
    for at in 0..DIGITS + 2 {
        if at > 0 && at % GROUP == 0 {
            text.push('-');
        }
        text.push(char::from(digit(at)));
    }
    text
}

/// Reads what was typed ([`kernel::typed`]); none if it cannot be a code of ours.
pub fn read(typed: &str) -> Option<Bits> {
    let mut whole = 0_u128;
    let mut digits = 0;
    for c in fold(typed).chars() {
        let digit = ALPHABET.iter().position(|known| char::from(*known) == c)?;
        digits += 1;
        if digits > DIGITS + 2 {
            return None;
        }
        whole = (whole << 5) | digit as u128;
    }
    let value = whole >> 10;
    if digits != DIGITS + 2 || value % CHECK != whole & 1023 {
        return None;
    }
    let bytes = value.to_be_bytes();
    bytes[bytes.len() - BYTES..].try_into().ok()
}

fn value(bits: &Bits) -> u128 {
    bits.iter().fold(0, |value, byte| (value << 8) | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BITS: Bits = [0x00, 0x17, 0xff, 0x80, 0x3c, 0xa5, 0x5a, 0x01, 0xfe, 0x42];

    #[test]
    fn a_code_is_read_as_it_was_written_and_as_people_type_it() {
        for bits in [BITS, [0; BYTES], [255; BYTES]] {
            let text = write(&bits);
            assert_eq!((text.len(), read(&text)), (20, Some(bits)), "{text}");
            assert_eq!(read(&text.to_lowercase().replace('-', " ")), Some(bits));
            assert_eq!(read(&text.replace('0', "o").replace('1', "l")), Some(bits));
        }
        for wrong in ["", "0", "0A1B2C-3D4E5F-6G7H8J-9", "U00000-000000-000000", "é"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn one_wrong_character_and_two_that_changed_places_are_found() {
        let text: Vec<char> = write(&BITS).replace('-', "").chars().collect();
        for at in 0..text.len() {
            for other in ALPHABET.iter().map(|c| char::from(*c)).filter(|c| *c != text[at]) {
                let mut wrong = text.clone();
                wrong[at] = other;
                assert_eq!(read(&wrong.iter().collect::<String>()), None, "{at} {other}");
            }
            if at > 0 && text[at] != text[at - 1] {
                let mut wrong = text.clone();
                wrong.swap(at, at - 1);
                assert_eq!(read(&wrong.iter().collect::<String>()), None, "{at}");
            }
        }
    }
}
