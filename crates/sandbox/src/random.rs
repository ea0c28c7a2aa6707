//! Numbers and words that nobody can guess, in the alphabets that the channels use.

use rand::RngExt;

const DIGITS: &[u8] = b"0123456789";
const HEX: &[u8] = b"0123456789ABCDEF";
const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// `length` decimal digits.
pub fn digits(length: usize) -> String {
    from(DIGITS, length)
}

/// `length` hexadecimal digits, upper case.
pub fn hex(length: usize) -> String {
    from(HEX, length)
}

/// `length` letters and digits.
pub fn word(length: usize) -> String {
    from(ALPHANUMERIC, length)
}

fn from(alphabet: &[u8], length: usize) -> String {
    let mut rng = rand::rng();
    (0..length).map(|_| char::from(alphabet[rng.random_range(0..alphabet.len())])).collect()
}
