//! Card codes that nobody has seen before: number of 16 digits, password of 12 characters.

use std::fmt::Write;
use std::time::{SystemTime, UNIX_EPOCH};

/// Numbers have 16 digits.
const NUMBERS: u128 = 10_000_000_000_000_000;
/// Has no factor in common with [`NUMBERS`], so that multiplying by it repeats no number.
const STEP: u128 = 6_364_136_223_846_793;
/// Passwords avoid characters that look alike, as real cards do.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Characters of a password.
const PASSWORD_CHARS: u32 = 12;

/// Makes codes that differ within a run and, by the time it starts from, between runs.
pub struct CodeMaker {
    next: u128,
}

impl CodeMaker {
    /// Starts at a place given by the clock in nanoseconds, which passes faster than codes are made.
    pub fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { next: since.as_nanos() }
    }

    /// A CSV file with a header and `count` codes without a date.
    pub fn csv(&mut self, count: u64) -> String {
        self.file("number,password,valid_until\n", count, |csv, number| {
            // Writing into a String cannot fail.
            let _ = write!(csv, "{number:016},");
            push_password(csv, number);
            csv.push_str(",\n");
        })
    }

    /// The same with one field a code.
    pub fn passwords(&mut self, count: u64) -> String {
        self.file("password\n", count, |csv, number| {
            push_password(csv, number);
            csv.push('\n');
        })
    }

    fn file(&mut self, header: &str, count: u64, row: impl Fn(&mut String, u128)) -> String {
        let mut csv = String::with_capacity(32 + 31 * usize::try_from(count).unwrap_or(0));
        csv.push_str(header);
        for _ in 0..count {
            row(&mut csv, self.next % NUMBERS * STEP % NUMBERS);
            self.next += 1;
        }
        csv
    }
}

/// Twelve times five bits of a mixed number (the finalizer of splitmix64).
fn push_password(csv: &mut String, number: u128) {
    let mut bits = number as u64;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    for place in 0..PASSWORD_CHARS {
        csv.push(char::from(ALPHABET[((bits >> (5 * place)) & 31) as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_code_is_new_and_has_the_agreed_shape() {
        let mut codes = CodeMaker::new();
        let csv = format!("{}{}", codes.csv(5000), codes.csv(5000));
        let numbers: HashSet<&str> = csv
            .lines()
            .filter(|line| !line.starts_with("number"))
            .map(|line| {
                let fields: Vec<&str> = line.split(',').collect();
                assert_eq!(fields.iter().map(|field| field.len()).collect::<Vec<_>>(), [16, 12, 0]);
                fields[0]
            })
            .collect();
        assert_eq!(numbers.len(), 10_000);
        let passwords = codes.passwords(10_000);
        let passwords: HashSet<&str> = passwords.lines().filter(|line| line.len() == 12).collect();
        assert_eq!(passwords.len(), 10_000);
    }
}
