//! Words that must not stand in code: they break at run time, or hide that something is missing.

use super::{Problem, Source, Tree};

/// Refused everywhere, also in tests.
const NEVER: [(&str, &str); 4] = [
    ("#[ignore", "mend the test or remove it; an ignored test shows nothing"),
    ("todo!(", "write it, or leave it out"),
    ("unimplemented!(", "write it, or make the case impossible by its type"),
    ("dbg!(", "remove it; use `tracing` for what is worth logging"),
];

/// Refused where it could stop the program.
const NOT_OUTSIDE_TESTS: [(&str, &str); 1] =
    [(".unwrap()", "return the error with `?`, or `expect` with the reason why it cannot happen")];

/// Looks at every Rust file but the checks themselves, which spell out what they refuse.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.rust().filter(|file| !file.path.starts_with("xtask/src/tidy/")).flat_map(in_file).collect()
}

fn in_file(file: &Source) -> Vec<Problem> {
    let tests_from = file.tests_from();
    let mut problems = Vec::new();
    for (number, line) in file.code() {
        let outside = NOT_OUTSIDE_TESTS.iter().filter(|_| number < tests_from);
        for (word, cure) in NEVER.iter().chain(outside) {
            if line.contains(word) {
                problems.push(file.problem(number, format!("`{word}`: {cure}")));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines_found;
    use super::*;

    #[test]
    fn each_word_is_found_and_comments_are_not() {
        let text =
            "#[ignore]\ntodo!()\nunimplemented!()\ndbg!(x)\n// todo!()\nlet a = b.unwrap();\n";
        assert_eq!(lines_found(check, "crates/store/src/a.rs", text), [1, 2, 3, 4, 6]);
        assert_eq!(lines_found(check, "crates/store/tests/a.rs", text), [1, 2, 3, 4]);
    }

    #[test]
    fn unwrap_is_allowed_from_the_test_module_on() {
        let inline = "a.unwrap()\n#[cfg(test)]\nmod tests {\n    b.unwrap()\n}\n";
        assert_eq!(lines_found(check, "crates/store/src/a.rs", inline), [1]);
        let apart = "#[cfg(test)]\nmod tests;\nb.unwrap()\n";
        assert_eq!(lines_found(check, "crates/store/src/a.rs", apart), [3]);
        assert!(lines_found(check, "crates/store/src/a/tests.rs", "b.unwrap()\n").is_empty());
    }
}
