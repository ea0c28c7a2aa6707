//! Only `crates/store` says SQL. Tests, what serves them, and the bench may, to look from outside.

use super::literals::literals;
use super::{Problem, Source, Tree};

/// A literal is SQL when it begins with the first word and contains the second.
const STATEMENTS: [(&str, &str); 14] = [
    ("select ", " from "),
    ("with ", " select "),
    ("insert into ", ""),
    ("update ", " set "),
    ("delete from ", ""),
    ("truncate table ", ""),
    ("create table ", ""),
    ("create index ", ""),
    ("create unique index ", ""),
    ("create database ", ""),
    ("alter table ", ""),
    ("drop table ", ""),
    ("explain ", " from "),
    ("pragma ", ""),
];

/// Looks at the string literals of every Rust file, and for `.sql` files.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.files.iter().filter(|file| !may_say_sql(&file.path)).flat_map(in_file).collect()
}

fn may_say_sql(path: &str) -> bool {
    let places = [
        "crates/store/",
        "crates/testkit/",
        "crates/pgtemp/",
        "crates/tessera/src/bench",
        "xtask/src/tidy/",
    ];
    places.iter().any(|place| path.starts_with(place)) || path.contains("/tests/")
}

fn in_file(file: &Source) -> Vec<Problem> {
    const CURE: &str = "move the SQL to a function of `crates/store` and call that";
    if file.path.ends_with(".sql") {
        return vec![file.problem(1, CURE)];
    }
    if !file.path.ends_with(".rs") {
        return Vec::new();
    }
    let tests_from = file.tests_from();
    literals(&file.text)
        .into_iter()
        .filter(|(line, text)| *line < tests_from && is_sql(text))
        .map(|(line, _)| file.problem(line, CURE))
        .collect()
}

fn is_sql(text: &str) -> bool {
    // Written-out line breaks of a literal count as the spaces that SQL takes them for.
    let words = text.replace("\\n", " ").replace('\\', " ").to_lowercase();
    let one_line = words.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
    STATEMENTS.iter().any(|(first, then)| one_line.starts_with(first) && one_line.contains(then))
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines_found;
    use super::*;

    #[test]
    fn sql_is_found_outside_the_store_and_prose_is_not() {
        let text = "//! Select one from many.\n\
            f(\"SELECT id\\n FROM orders\");\n\
            f(\"update orders set x = 1\");\n\
            f(\"insert into orders values (1)\");\n\
            f(\"update the catalogue\");\n\
            f(\"select a SKU\");\n\
            f(r#\"CREATE TABLE orders(id)\"#);\n\
            f(\"PRAGMA synchronous\");\n";
        assert_eq!(lines_found(check, "crates/engine/src/a.rs", text), [2, 3, 4, 7, 8]);
        for path in
            ["crates/store/src/a.rs", "crates/engine/tests/a.rs", "crates/tessera/src/bench/raw.rs"]
        {
            assert!(lines_found(check, path, text).is_empty(), "{path}");
        }
    }

    #[test]
    fn sql_files_outside_the_store_are_found() {
        assert_eq!(lines_found(check, "crates/open/sql/a.sql", "SELECT 1"), [1]);
        assert!(lines_found(check, "crates/store/sql/a.sql", "SELECT 1").is_empty());
    }
}
