//! No white space at the end of a line, no tabs in Rust, a line break at the end of every file.

use super::{Problem, Source, Tree};

const TEXT: [&str; 7] = [".rs", ".toml", ".sql", ".sh", ".md", ".yml", "Makefile"];

/// Looks at what people write; snapshots and data files are as their maker left them.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let text = |file: &&Source| TEXT.iter().any(|end| file.path.ends_with(end));
    tree.files.iter().filter(text).flat_map(in_file).collect()
}

fn in_file(file: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, line) in file.lines() {
        if line.ends_with([' ', '\t']) {
            problems.push(file.problem(number, "remove the white space at the end of the line"));
        }
        if file.path.ends_with(".rs") && line.contains('\t') {
            problems.push(file.problem(number, "write spaces, or `\\t` in a string, for the tab"));
        }
    }
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        let last = file.text.lines().count();
        problems.push(file.problem(last, "end the file with a line break"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines_found;
    use super::*;

    #[test]
    fn white_space_is_found() {
        let text = "a \nb\tc\nd";
        assert_eq!(lines_found(check, "crates/store/src/a.rs", text), [1, 2, 3]);
        assert_eq!(lines_found(check, "Makefile", "run: \n\tcargo run\n"), [1]);
        assert!(lines_found(check, "crates/store/tests/rows.csv", text).is_empty());
    }
}
