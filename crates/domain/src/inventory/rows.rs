//! What an import lists of its rows beside errors: those that were there before, and those that may be twins.

use super::identity::Doubt;
use kernel::CodeId;

/// What became of a listed row. The number is what the store writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    /// It was imported before.
    Duplicate = 1,
    /// It may be the twin of another.
    Doubt = 2,
}

/// A listed row. Never holds what stood in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportRow {
    /// Line of the file on which the row begins, from 1.
    pub line: i64,
    /// What became of it.
    pub kind: RowKind,
    /// Why it is doubted.
    pub doubt: Option<Doubt>,
    /// The code that was there first.
    pub first: CodeId,
    /// The row's own code, unless it was dropped at once.
    pub code: Option<CodeId>,
}

impl ImportRow {
    /// A row that was imported before.
    pub fn duplicate(line: i64, first: CodeId) -> Self {
        Self { line, kind: RowKind::Duplicate, doubt: None, first, code: None }
    }

    /// A row that may be the twin of another.
    pub fn doubt(line: i64, doubt: Doubt, first: CodeId, code: Option<CodeId>) -> Self {
        Self { line, kind: RowKind::Doubt, doubt: Some(doubt), first, code }
    }
}
