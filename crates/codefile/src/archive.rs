//! Looks through an archive before anything of it is kept: every entry is where a workbook has it, was unpacked once and
//! thrown away while it was counted, and is as large as the archive says. Only then does anybody read it.
//!
//! The format is that of APPNOTE.TXT 6.3.10 without its extensions: an archive that could be read in two ways is refused, so that
//! what was counted is what is read.

use crate::limits::{ENTRIES_MAX, STRINGS_MAX, UNPACKED_BYTES_MAX};
use flate2::read::DeflateDecoder;
use std::collections::HashSet;
use std::io::Read;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const FILE: &[u8] = b"PK\x03\x04";
/// Bytes of the end of an archive, of an entry of its list, and of what stands before an entry.
const SIZES: [usize; 3] = [22, 46, 30];
/// Where the parts of a workbook lie.
const PLACES: [&str; 6] =
    ["[Content_Types].xml", "_rels/", "docProps/", "xl/", "customXml/", "[trash]/"];
const STRINGS: &str = "xl/sharedStrings.xml";
/// Bytes that are unpacked at a time.
const PIECE: usize = 64 * 1024;

/// Why an archive is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It is none, or none that is whole.
    Broken,
    /// It is locked, or packed in a way that workbooks are not.
    Packed,
    /// It holds something else.
    Other,
    /// It unpacks to more than is read.
    Large,
}

struct Entry<'a> {
    name: &'a str,
    method: u16,
    packed: &'a [u8],
    size: u64,
}

/// Counts everything in an archive; it is a workbook's, as far as that can be told from outside.
pub(crate) fn check(file: &[u8]) -> Result<(), Flaw> {
    let entries = entries(file)?;
    let mut names = HashSet::new();
    let mut left = UNPACKED_BYTES_MAX;
    for entry in &entries {
        if !is_at_home(entry.name) || !names.insert(entry.name.to_ascii_lowercase()) {
            return Err(Flaw::Other);
        }
        left = left.checked_sub(entry.size).ok_or(Flaw::Large)?;
        count(entry)?;
    }
    let has = |name: &str| entries.iter().any(|entry| entry.name == name);
    if has("[Content_Types].xml") && has("xl/workbook.xml") { Ok(()) } else { Err(Flaw::Other) }
}

fn is_at_home(name: &str) -> bool {
    let plain = !name.contains(['\\', '\0', ':']) && name.split('/').all(|part| part != "..");
    plain && PLACES.iter().any(|place| name.starts_with(place))
}

/// The entries, from the list at the end, which must reach from their end to its own.
fn entries(file: &[u8]) -> Result<Vec<Entry<'_>>, Flaw> {
    let end = file.len().checked_sub(SIZES[0]).ok_or(Flaw::Broken)?;
    let tail = &file[end..];
    // No comment, one volume.
    if !tail.starts_with(END) || number(tail, 20) != 0 || number(tail, 4) != 0 {
        return Err(Flaw::Broken);
    }
    let (count, at) = (number(tail, 10), long(tail, 16));
    if count > ENTRIES_MAX {
        return Err(Flaw::Large);
    }
    let list = file.get(at..end).ok_or(Flaw::Broken)?;
    let mut entries = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let (entry, length) = entry(file, at, rest)?;
        entries.push(entry);
        rest = &rest[length..];
    }
    if entries.len() != count { Err(Flaw::Broken) } else { Ok(entries) }
}

/// An entry of the list, and how long that is.
fn entry<'a>(file: &'a [u8], list: usize, head: &'a [u8]) -> Result<(Entry<'a>, usize), Flaw> {
    if head.len() < SIZES[1] || !head.starts_with(ENTRY) {
        return Err(Flaw::Broken);
    }
    let length = SIZES[1] + number(head, 28) + number(head, 30) + number(head, 32);
    let name = head.get(SIZES[1]..SIZES[1] + number(head, 28)).ok_or(Flaw::Broken)?;
    let name = std::str::from_utf8(name).map_err(|_| Flaw::Other)?;
    if head.len() < length {
        return Err(Flaw::Broken);
    }
    let (method, packed, size) = (number(head, 10), long(head, 20), long(head, 24));
    if number(head, 8) & 1 != 0 || !matches!(method, 0 | 8) {
        return Err(Flaw::Packed);
    }
    let at = long(head, 42);
    let own = file.get(at..list).filter(|own| own.len() >= SIZES[2] && own.starts_with(FILE));
    let own = own.ok_or(Flaw::Broken)?;
    // The entry's own head says the same, unless its sizes stand behind it.
    let same_name = own.get(SIZES[2]..SIZES[2] + number(own, 26)) == Some(name.as_bytes());
    let begins = SIZES[2] + number(own, 26) + number(own, 28);
    let packed = own.get(begins..).and_then(|data| data.get(..packed)).ok_or(Flaw::Broken)?;
    if !same_name || number(own, 8) != method {
        return Err(Flaw::Broken);
    }
    Ok((Entry { name, method: method as u16, packed, size: size as u64 }, length))
}

/// Unpacks an entry into nothing; it must have the size that it says.
fn count(entry: &Entry<'_>) -> Result<(), Flaw> {
    let mut stored;
    let mut deflated;
    let read: &mut dyn Read = if entry.method == 0 {
        stored = entry.packed;
        &mut stored
    } else {
        deflated = DeflateDecoder::new(entry.packed);
        &mut deflated
    };
    let mut piece = vec![0; PIECE];
    let (mut bytes, mut strings, mut last) = (0_u64, 0, [0_u8; 2]);
    loop {
        let n = read.read(&mut piece).map_err(|_| Flaw::Broken)?;
        if n == 0 {
            break;
        }
        bytes += n as u64;
        if bytes > entry.size {
            return Err(Flaw::Large);
        }
        if entry.name.eq_ignore_ascii_case(STRINGS) {
            // Each has its memory, however short it is.
            let seam = [last[0], last[1], piece[0], piece.get(1).copied().unwrap_or(0)];
            strings += memchr::memmem::find_iter(&piece[..n], b"<si").count();
            strings += memchr::memmem::find_iter(&seam[..2 + n.min(2)], b"<si").count();
            last = if n > 1 { [piece[n - 2], piece[n - 1]] } else { [last[1], piece[0]] };
            if strings > STRINGS_MAX {
                return Err(Flaw::Large);
            }
        }
    }
    if bytes == entry.size { Ok(()) } else { Err(Flaw::Broken) }
}

fn number(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..at + 2).map_or(0, |two| usize::from(u16::from_le_bytes([two[0], two[1]])))
}

fn long(bytes: &[u8], at: usize) -> usize {
    number(bytes, at) | number(bytes, at + 2) << 16
}
