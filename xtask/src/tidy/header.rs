//! Every module opens with a `//!` that tells a reader what it is for.

use super::{Problem, Tree};

/// Looks at the first line of every Rust file under a `src` folder.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.rust()
        .filter(|file| file.path.starts_with("xtask/src/") || file.path.contains("/src/"))
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| file.problem(1, "begin the file with `//!` lines that say what it is for"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines_found;
    use super::*;

    #[test]
    fn a_module_without_a_header_is_found() {
        let path = "crates/kernel/src/id.rs";
        assert_eq!(lines_found(check, path, "use std::fmt;\n"), [1]);
        assert_eq!(lines_found(check, path, ""), [1]);
        assert!(lines_found(check, path, "//! Ids.\n").is_empty());
        assert!(lines_found(check, "crates/kernel/tests/id.rs", "use std::fmt;\n").is_empty());
    }
}
