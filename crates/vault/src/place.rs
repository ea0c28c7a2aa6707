//! Where a sealed value lives. The place is bound into the seal, so a value copied to another
//! row, column or tenant does not open there.

use kernel::Tenant;

/// The cell of a table that a sealed value belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Whose row it is.
    pub tenant: Tenant,
    /// The table's name; part of the stored format, so a table with sealed columns keeps its name.
    pub table: &'static str,
    /// The bytes that identify the row, usually its id.
    pub row: &'a [u8],
    /// The column's name.
    pub column: &'a str,
}

impl Place<'_> {
    /// Header and place as associated data. Each part of free length carries its length before
    /// it, so no two places are written alike.
    pub(crate) fn associated_data(&self, header: &[u8]) -> Vec<u8> {
        let parts = [header, self.table.as_bytes(), self.row, self.column.as_bytes()];
        let length = 16 + parts.iter().map(|part| part.len() + 8).sum::<usize>();
        let mut data = Vec::with_capacity(length);
        data.extend_from_slice(self.tenant.bytes());
        for part in parts {
            data.extend_from_slice(&(part.len() as u64).to_be_bytes());
            data.extend_from_slice(part);
        }
        data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_slide_into_each_other() {
        let tenant = Tenant::from_bytes([0; 16]);
        let place = |table, row, column| Place { tenant, table, row, column }.associated_data(b"h");
        let all = [
            place("ab", b"c".as_slice(), "d"),
            place("a", b"bc", "d"),
            place("a", b"b", "cd"),
            place("abc", b"", "d"),
            place("abc", b"d", ""),
            place("", b"abcd", ""),
        ];
        for (i, left) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|right| left != right), "{i}");
        }
    }
}
