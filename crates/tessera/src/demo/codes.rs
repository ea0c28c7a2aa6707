//! The codes of the demo, as the files that a merchant would bring.

use sha2::{Digest, Sha256};

/// Codes in the pool of each SKU.
const CODES: usize = 1_000;

/// Codes that look real and are the same for the same SKU, so that a repeat brings duplicates only. Without fields each
/// is a number and a password.
pub fn of(sku: &str, fields: &[&str]) -> String {
    let fields = if fields.is_empty() { &["number", "password"] } else { fields };
    let mut csv = format!("{},valid_until\n", fields.join(","));
    for n in 0..CODES {
        let digest = Sha256::digest(format!("{sku} {n}"));
        for field in fields {
            csv.push_str(&value(field, &digest));
            csv.push(',');
        }
        csv.push_str(if n % 4 == 0 { "2031-12-31\n" } else { "\n" });
    }
    csv
}

fn value(field: &str, digest: &[u8]) -> String {
    let number = digest[..8].iter().fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    match field {
        "number" => format!("{:016}", number % 10_000_000_000_000_000),
        "account" => format!("user{:08}", number % 100_000_000),
        "email" => format!("user{:08}@mail.example", number % 100_000_000),
        _ => {
            let letter = |byte: &u8| b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[usize::from(byte & 31)];
            digest[8..20].iter().map(|byte| char::from(letter(byte))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_file_says_what_its_sku_wants() {
        let plain = of("sku_1", &[]);
        assert!(plain.starts_with("number,password,valid_until\n"));
        assert_eq!((plain.lines().count(), plain.as_str()), (1_001, of("sku_1", &[]).as_str()));
        let account = of("sku_2", &["account", "password", "email"]);
        let first = account.lines().nth(1).expect("a row");
        let parts: Vec<&str> = first.split(',').collect();
        assert_eq!((parts.len(), parts[3]), (4, "2031-12-31"), "{first}");
        assert_eq!(parts[2], format!("{}@mail.example", parts[0]));
        assert_eq!(parts[1].len(), 12);
    }
}
