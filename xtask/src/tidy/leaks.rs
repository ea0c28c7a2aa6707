//! The repository names no package registry's host and no folder of the machine it was written on.
//!
//! Both work on one machine and not on the next. The lock file is Cargo's own and is left alone.

use super::{Problem, Source, Tree};

/// In two halves, so that this file passes its own check.
const HOSTS: [&str; 6] = [
    concat!("crates", ".io"),
    concat!("registry.npmjs", ".org"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("deb.debian", ".org"),
    concat!("proxy.golang", ".org"),
];

const FOLDERS: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// Looks at every text file.
pub fn check(tree: &Tree) -> Vec<Problem> {
    tree.files.iter().filter(|file| !file.path.ends_with("Cargo.lock")).flat_map(in_file).collect()
}

fn in_file(file: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, line) in file.lines() {
        for host in HOSTS.iter().filter(|host| line.contains(*host)) {
            problems.push(file.problem(number, format!("`{host}`: say \"the package registry\"")));
        }
        for folder in FOLDERS.iter().filter(|folder| names_folder(line, folder)) {
            problems.push(file.problem(number, format!("`{folder}`: write a relative path")));
        }
    }
    problems
}

/// Whether the folder stands at the beginning of a path, not in the middle of a longer one.
fn names_folder(line: &str, folder: &str) -> bool {
    let within_path = |c: char| c.is_alphanumeric() || "_-.~})*".contains(c);
    line.match_indices(folder).any(|(at, _)| !line[..at].ends_with(within_path))
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines_found;
    use super::*;

    #[test]
    fn hosts_and_folders_are_found() {
        for leak in HOSTS.iter().chain(&FOLDERS) {
            let text = format!("fine\nsee `{leak}x`\n");
            assert_eq!(lines_found(check, "docs/a.md", &text), [2], "{leak}");
            assert!(lines_found(check, "Cargo.lock", &text).is_empty());
        }
    }

    #[test]
    fn a_folder_inside_a_path_is_not_a_leak() {
        let text = format!("see crates/engine/src{}claim.rs\n", FOLDERS[0]);
        assert!(lines_found(check, "docs/a.md", &text).is_empty());
    }
}
