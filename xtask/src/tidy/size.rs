//! Files of at most 600 lines and functions of at most 100.
//!
//! These are the walls, not the aim: most files should have 90 to 140 lines and most functions fewer
//! than 70. The end of a function is the first `}` at its own indent, which rustfmt guarantees.

use super::{Problem, Source, Tree};

const FILE_LINES_MAX: usize = 600;
const FUNCTION_LINES_MAX: usize = 100;

/// Looks at Rust and SQL files, and at the functions of the former.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let sized = |f: &&Source| f.path.ends_with(".rs") || f.path.ends_with(".sql");
    let files = tree.files.iter().filter(sized).filter_map(file_size);
    files.chain(tree.rust().flat_map(function_sizes)).collect()
}

fn file_size(file: &Source) -> Option<Problem> {
    let lines = file.text.lines().count();
    (lines > FILE_LINES_MAX).then(|| {
        file.problem(lines, format!("{lines} lines, at most {FILE_LINES_MAX}: split by verb"))
    })
}

fn function_sizes(file: &Source) -> Vec<Problem> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut problems = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let length = function_length(&lines[start..]);
        if length > FUNCTION_LINES_MAX {
            let cure = format!(
                "`{name}` has {length} lines, at most {FUNCTION_LINES_MAX}: take parts out of it"
            );
            problems.push(file.problem(start + 1, cure));
        }
    }
    problems
}

/// The name of the function that a line begins to declare.
fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let modifier = |word: &str| {
        word.starts_with("pub") || ["const", "async", "extern", "\"C\"", "in"].contains(&word)
    };
    if !before.split_whitespace().all(modifier) {
        return None;
    }
    after.split(['(', '<']).next().filter(|name| !name.is_empty())
}

/// Lines from the declaration to the closing brace; 1 for a declaration without a body.
fn function_length(lines: &[&str]) -> usize {
    let first = lines[0];
    if first.ends_with(';') || first.ends_with('}') {
        return 1;
    }
    let indent = indent(first);
    for (i, line) in lines.iter().enumerate().skip(1) {
        let at_indent = !line.is_empty() && self::indent(line) == indent;
        if at_indent && line.trim_start().starts_with('}') {
            return i + 1;
        }
        if at_indent && line.trim_start().starts_with(')') && line.ends_with(';') {
            return 1;
        }
    }
    lines.len()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines_found;
    use super::*;

    const PATH: &str = "crates/store/src/a.rs";

    #[test]
    fn a_long_file_is_found() {
        assert!(lines_found(check, PATH, &"a\n".repeat(600)).is_empty());
        assert_eq!(lines_found(check, PATH, &"a\n".repeat(601)), [601]);
        assert_eq!(lines_found(check, "crates/store/sql/a.sql", &"a\n".repeat(601)), [601]);
    }

    #[test]
    fn a_long_function_is_found_and_its_neighbours_are_not() {
        let body = |lines: usize| "        x;\n".repeat(lines);
        let of = |lines: usize| {
            format!(
                "impl A {{\n    pub(crate) async fn f(\n        &self,\n    ) {{\n{}    }}\n}}\n",
                body(lines)
            )
        };
        assert!(lines_found(check, PATH, &of(96)).is_empty());
        assert_eq!(lines_found(check, PATH, &of(97)), [2]);
        let declared = format!("    fn f(\n        a: u8,\n    ) -> u8;\n{}", body(120));
        assert!(lines_found(check, PATH, &declared).is_empty());
        let comment = format!("// The fn below is short.\n{}", body(120));
        assert!(lines_found(check, PATH, &comment).is_empty());
    }
}
