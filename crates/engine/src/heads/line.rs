//! A line of a file of heads: which book of which database, the number of its newest fact, a digest of that.

use super::{Database, Head};
use kernel::Tenant;
use sha2::{Digest as _, Sha256};

/// What a line begins with.
const FORMAT: &str = "tessera-head-2";
/// What it began with while all books shared one journal; such a line names no book.
const FORMAT_BEFORE: &str = "tessera-head-1";

/// Bytes of a line, the same for every book.
pub(super) const BYTES: usize = FORMAT.len() + 1 + 64 + 1 + 32 + 1 + 20 + 1 + 64 + 1 + 8 + 1;

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// The newest fact of a book.
    Of(Tenant, Head),
    /// The newest fact of all, while all books shared one journal.
    Before(Head),
}

/// The line of a book.
pub(super) fn write(database: &Database, tenant: Tenant, head: &Head) -> String {
    let (name, book) = (hex(database), hex(tenant.bytes()));
    let told = format!("{FORMAT} {name} {book} {:020} {}", head.seq, hex(&head.digest));
    format!("{told} {}\n", sum(&told))
}

/// What a line says of a database; nothing when it is damaged.
pub(super) fn read(text: &str, database: &Database) -> Option<Line> {
    let (told, checked) = text.trim_end().rsplit_once(' ')?;
    if checked != sum(told) {
        return None;
    }
    let words: Vec<&str> = told.split(' ').collect();
    let (name, book, seq, digest) = match words[..] {
        [FORMAT, name, book, seq, digest] => (name, Some(book), seq, digest),
        [FORMAT_BEFORE, name, seq, digest] => (name, None, seq, digest),
        _ => return None,
    };
    if name != hex(database) {
        return None;
    }
    let head = Head { seq: seq.parse().ok()?, digest: unhex(digest)? };
    match book {
        None => Some(Line::Before(head)),
        Some(book) => Some(Line::Of(Tenant::from_bytes(unhex(book)?), head)),
    }
}

fn sum(told: &str) -> String {
    hex(&Sha256::digest(told)[..4])
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::Digest;
    use super::*;

    const BOOK: Tenant = Tenant::from_bytes([3; 16]);

    #[test]
    fn a_line_is_read_back_and_a_damaged_one_is_not() {
        let (database, head): (Database, _) = ([7; 32], Head { seq: 42, digest: [9; 32] });
        let text = write(&database, BOOK, &head);
        assert_eq!(text.len(), BYTES);
        assert_eq!(read(&text, &database), Some(Line::Of(BOOK, head)));
        assert_eq!(write(&database, BOOK, &Head { seq: i64::MAX, ..head }).len(), BYTES);
        assert_eq!(read(&text, &[8; 32]), None, "of another database");
        assert_eq!(read(&text.replace("42", "43"), &database), None);
        for end in 0..text.len() - 1 {
            assert_eq!(read(&text[..end], &database), None, "{end}");
        }
    }

    #[test]
    fn a_line_of_before_is_read() {
        let digest: Digest = [9; 32];
        let told = format!("{FORMAT_BEFORE} {} {:020} {}", hex(&[7; 32]), 42, hex(&digest));
        let text = format!("{told} {}\n", sum(&told));
        assert_eq!(read(&text, &[7; 32]), Some(Line::Before(Head { seq: 42, digest })));
    }
}
