//! docs/adding.md tells the truth about a resource: its table lists every file that mentions the example, and they are few.

use super::{Problem, Source, Tree};
use std::collections::BTreeSet;

const GUIDE: &str = "docs/adding.md";
const SECTION: &str = "## A resource";
/// What stands for the example in the places of the table.
const EXAMPLE: [(&str, &str); 3] =
    [("<context>", "resource/sample"), ("<noun>", "note"), ("<kind>", "sample_note")];
/// How files mention the example: its type, its word, its plural and its file's `mod`.
const MENTIONS: [&str; 3] = ["SampleNote", "sample_note", "mod note;"];
/// Lines of the files of its own, and those that mention it elsewhere, at most.
const LINES_MAX: usize = 200;
const FILES_MAX: usize = 4;

/// Compares the table with the files.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let Some(guide) = tree.get(GUIDE) else { return Vec::new() };
    let Some((line, listed)) = listed(guide) else {
        return vec![guide.problem(1, format!("write the section `{SECTION}`"))];
    };
    let found: BTreeSet<&str> = mentioning(tree).map(|file| file.path.as_str()).collect();
    let mut problems = Vec::new();
    for path in found.iter().filter(|path| !listed.contains(**path)) {
        problems.push(guide.problem(line, format!("`{path}` mentions the example: list it")));
    }
    for path in listed.iter().filter(|path| !found.contains(path.as_str())) {
        problems.push(guide.problem(line, format!("`{path}` has nothing of the example")));
    }
    let lines: usize = mentioning(tree).map(lines_of).sum();
    if lines > LINES_MAX || found.len() > FILES_MAX {
        let cost = format!("{lines} lines in {} files", found.len());
        problems.push(guide.problem(line, format!("a resource costs {cost}; make it less")));
    }
    problems
}

/// The files of the table with the example in their places, and the line of the section.
fn listed(guide: &Source) -> Option<(usize, BTreeSet<String>)> {
    let (first, _) = guide.lines().find(|(_, line)| *line == SECTION)?;
    let section = guide.lines().skip(first).take_while(|(_, line)| !line.starts_with("## "));
    let paths = section.filter_map(|(_, line)| line.strip_prefix("| `")?.split('`').next());
    let filled = paths.map(|path| {
        EXAMPLE.iter().fold(path.to_owned(), |path, (word, name)| path.replace(word, name))
    });
    Some((first, filled.collect()))
}

/// Code and samples that mention the example.
fn mentioning(tree: &Tree) -> impl Iterator<Item = &Source> {
    let files = tree
        .files
        .iter()
        .filter(|file| file.path.starts_with("crates/") || file.path.starts_with("e2e/"));
    files.filter(|file| {
        file.path.contains("/sample_note.") || MENTIONS.iter().any(|word| file.text.contains(word))
    })
}

/// All lines of a file of the example's own; of another those that mention it.
fn lines_of(file: &Source) -> usize {
    let own = ["/note.rs", "/sample_note."].iter().any(|name| file.path.contains(name));
    let mentions = |line: &str| MENTIONS.iter().any(|word| line.contains(word));
    file.lines().filter(|(_, line)| own || mentions(line)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "## A resource\n\n| file | what |\n|---|---|\n\
        | `crates/domain/src/<context>/<noun>.rs` | the struct |\n\
        | `crates/domain/samples/<kind>.s1.json` | a sample |\n\n## A table\n\n| `crates/x.rs` | not ours |\n";
    const OWN: (&str, &str) =
        ("crates/domain/src/resource/sample/note.rs", "pub struct SampleNote;\n");
    const SAMPLE: (&str, &str) = ("crates/domain/samples/sample_note.s1.json", "{}\n");

    #[test]
    fn a_table_that_is_true_passes() {
        assert_eq!(check(&Tree::of(&[(GUIDE, TABLE), OWN, SAMPLE])), []);
    }

    #[test]
    fn a_file_more_or_less_and_a_long_one_are_found() {
        let more = ("crates/edge/src/lib.rs", "use domain::SampleNote;\n");
        let long = "SampleNote\n".repeat(LINES_MAX + 1);
        let long = (OWN.0, long.as_str());
        for (files, says) in [
            (vec![(GUIDE, TABLE), OWN, SAMPLE, more], "list it"),
            (vec![(GUIDE, TABLE), OWN], "has nothing"),
            (vec![(GUIDE, TABLE), long, SAMPLE], "make it less"),
            (vec![(GUIDE, "# Adding\n"), OWN], "write the section"),
        ] {
            let found = check(&Tree::of(&files));
            assert!(found.iter().any(|problem| problem.cure.contains(says)), "{says}: {found:?}");
        }
    }
}
