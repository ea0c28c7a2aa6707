//! The rules of the repository that no compiler and no linter checks.
//!
//! Each check is a function from the [`Tree`] to problems, in a file of its own. A problem names the
//! file and the line and says what to do. `tests/tidy.rs` runs them over the repository, and each
//! file plants what its check must find.

mod adding;
mod code;
mod header;
mod layers;
mod leaks;
mod literals;
mod map;
mod resource_guide;
mod size;
mod sql;
mod tree;
mod white_space;

use std::fmt;
use std::path::Path;

pub use tree::{Source, Tree};

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path from the root of the repository.
    pub path: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, and the cure.
    pub cure: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.cure)
    }
}

/// What a run looked at and what it found.
#[derive(Debug)]
pub struct Report {
    /// How many files were read.
    pub files: usize,
    /// Sorted by file and line.
    pub problems: Vec<Problem>,
}

const CHECKS: [fn(&Tree) -> Vec<Problem>; 10] = [
    header::check,
    code::check,
    white_space::check,
    size::check,
    sql::check,
    layers::check,
    map::check,
    adding::check,
    resource_guide::check,
    leaks::check,
];

/// Runs every check over the repository at `root`.
pub fn run(root: &Path) -> anyhow::Result<Report> {
    let tree = Tree::read(root)?;
    let mut problems: Vec<Problem> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    problems.sort();
    Ok(Report { files: tree.files.len(), problems })
}
