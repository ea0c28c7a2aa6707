//! Open every sealed value of a database, a page at a time, and tell what does not open.

use super::cell::{at_its_place, name};
use domain::seal::SealedCell;
use store::Reader;
use store::read::SEALED_TABLES;
use vault::{Vault, VaultError};

/// Values that are held at once. Staged pieces are large, so few of them.
const PAGE_CELLS: u32 = 512;
const PAGE_CHUNKS: u32 = 8;
/// Values that are named of each table.
const NAMED_MAX: usize = 5;

/// What became of the values of one table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// Which check it is.
    pub name: &'static str,
    /// Values that were tried.
    pub count: u64,
    /// Those whose key is there and whose seal fails.
    pub damaged: u64,
    /// Those whose key is not there.
    pub keyless: u64,
    /// Codes that were set aside because they do not open; they are in nobody's way.
    pub set_aside: u64,
    /// The first few of those that do not open and were not set aside.
    pub named: Vec<String>,
}

impl Opened {
    /// Whether everything opens that somebody may want.
    pub fn is_ok(&self) -> bool {
        self.damaged + self.keyless == 0
    }

    /// In words what does not open; empty when everything does.
    pub fn detail(&self) -> String {
        let mut parts = Vec::new();
        for (count, says) in [
            (self.damaged, "do not open"),
            (self.keyless, "lie under a key that is missing"),
            (self.set_aside, "were set aside as damaged"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {says}"));
            }
        }
        if !self.named.is_empty() {
            parts.push(format!("first: {}", self.named.join(", ")));
        }
        parts.join("; ")
    }
}

/// Opens every value of every table; tells `progress` after each page how many were tried in all.
pub async fn open_all(
    reader: &Reader,
    vault: &Vault,
    mut progress: impl FnMut(u64),
) -> Result<Vec<Opened>, store::Error> {
    let mut tables = Vec::with_capacity(SEALED_TABLES.len());
    let mut before = 0;
    for first in SEALED_TABLES {
        let table = open_table(reader, vault, first, |count| progress(before + count)).await?;
        before += table.count;
        tables.push(table);
    }
    Ok(tables)
}

async fn open_table(
    reader: &Reader,
    vault: &Vault,
    first: SealedCell,
    mut progress: impl FnMut(u64),
) -> Result<Opened, store::Error> {
    let (name_of_table, page) = match first {
        SealedCell::Code(..) => ("codes_open", PAGE_CELLS),
        SealedCell::Buyer(..) => ("buyers_open", PAGE_CELLS),
        SealedCell::Chunk(..) => ("staged_pieces_open", PAGE_CHUNKS),
        SealedCell::Input(..) => ("inputs_open", PAGE_CELLS),
        SealedCell::Person(..) => ("people_open", PAGE_CELLS),
        SealedCell::Approval(..) => ("approval_parts_open", PAGE_CHUNKS),
        SealedCell::Content(..) => ("contents_open", PAGE_CELLS),
        SealedCell::Secret(..) => ("secrets_open", PAGE_CELLS),
    };
    let mut table = Opened { name: name_of_table, ..Opened::default() };
    let mut last = first;
    loop {
        let rows = reader.sealed_after(&last, page).await?;
        let Some(end) = rows.last() else { return Ok(table) };
        last = end.cell.clone();
        for row in &rows {
            table.count += 1;
            let Err(error) = at_its_place(row, |place| vault.unseal(place, &row.sealed)) else {
                continue;
            };
            match error {
                _ if row.set_aside => table.set_aside += 1,
                VaultError::UnknownKey(_) => table.keyless += 1,
                _ => table.damaged += 1,
            }
            if !row.set_aside && table.named.len() < NAMED_MAX {
                table.named.push(name(&row.cell));
            }
        }
        progress(table.count);
    }
}
