//! The files that the checks look at: what git tracks, or would track once it is added.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::Problem;

/// Every text file of the repository.
#[derive(Debug)]
pub struct Tree {
    /// In git's order.
    pub files: Vec<Source>,
}

/// One text file.
#[derive(Debug)]
pub struct Source {
    /// Path from the root of the repository, with slashes.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Tree {
    /// Reads the repository at `root`. Files that are not text (pictures, databases) are left out.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let listing = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git is needed to list the files of the repository")?;
        anyhow::ensure!(
            listing.status.success(),
            "git ls-files: {}",
            String::from_utf8_lossy(&listing.stderr)
        );
        let listing = String::from_utf8(listing.stdout)?;
        let mut files = Vec::new();
        for path in listing.split_terminator('\0') {
            // A file that is tracked but deleted, or being written, has nothing to check.
            let Ok(bytes) = std::fs::read(root.join(path)) else { continue };
            let Ok(text) = String::from_utf8(bytes) else { continue };
            files.push(Source { path: path.to_owned(), text });
        }
        Ok(Self { files })
    }

    /// A tree that is made up, for the tests of the checks.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let source =
            |(path, text): &(&str, &str)| Source { path: (*path).into(), text: (*text).into() };
        Self { files: files.iter().map(source).collect() }
    }

    /// The Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(|f| f.path.ends_with(".rs"))
    }

    /// The file at `path`, when there is one.
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.files.iter().find(|f| f.path == path)
    }

    /// The crates under `crates/`: folder and manifest.
    pub fn crates(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.files.iter().filter_map(|f| {
            let name = f.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
            (!name.contains('/')).then_some((name, f))
        })
    }
}

impl Source {
    /// The lines with their numbers, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(i, line)| (i + 1, line))
    }

    /// The lines of Rust that are not comments.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The first line of test code: 1 in a test file, the module at the end of another, or never.
    pub fn tests_from(&self) -> usize {
        let dirs = ["/tests/", "/benches/", "crates/testkit/"];
        if self.path.ends_with("tests.rs") || dirs.iter().any(|dir| self.path.contains(dir)) {
            return 1;
        }
        let lines: Vec<&str> = self.text.lines().collect();
        let opens = |pair: &[&str]| {
            pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
        };
        lines.windows(2).position(opens).map_or(usize::MAX, |i| i + 1)
    }

    /// A problem in this file.
    pub fn problem(&self, line: usize, cure: impl Into<String>) -> Problem {
        Problem { path: self.path.clone(), line, cure: cure.into() }
    }
}

/// Runs a check over one made-up file and gives the lines that it found.
#[cfg(test)]
pub fn lines_found(check: fn(&Tree) -> Vec<Problem>, path: &str, text: &str) -> Vec<usize> {
    check(&Tree::of(&[(path, text)])).iter().map(|p| p.line).collect()
}
