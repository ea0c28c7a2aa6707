//! Layers are crates: which may use which stands here, and nowhere else.
//!
//! Cargo keeps the direction only in that it refuses circles; this table also refuses short cuts.
//! Dependencies of tests are free, so that a test may look at a layer from above.

use super::{Problem, Source, Tree};

/// What the program puts together, and so do the tests of all of it.
const PROGRAM: [&str; 16] = [
    "open",
    "h5",
    "console_site",
    "admin",
    "edge",
    "deliver",
    "insight",
    "engine",
    "files",
    "connect",
    "store",
    "domain",
    "kernel",
    "vault",
    "pgtemp",
    "sandbox",
];

/// A crate and the crates of ours that it may use. `testkit` and `pgtemp` are for tests and the bench.
const LAYERS: [(&str, &[&str]); 21] = [
    ("kernel", &[]),
    ("vault", &["kernel"]),
    ("pages", &["kernel"]),
    ("files", &["kernel"]),
    ("codefile", &["kernel", "vault"]),
    ("connect", &["kernel"]),
    ("domain", &["kernel"]),
    ("store", &["domain", "kernel"]),
    ("engine", &["store", "domain", "kernel", "vault"]),
    ("insight", &["engine", "store", "domain", "kernel", "vault"]),
    (
        "deliver",
        &[
            "insight", "engine", "codefile", "connect", "files", "store", "domain", "kernel",
            "vault",
        ],
    ),
    ("edge", &["deliver", "engine", "files", "connect", "store", "domain", "kernel", "vault"]),
    (
        "open",
        &[
            "edge", "deliver", "insight", "engine", "files", "codefile", "connect", "store",
            "domain", "kernel", "vault", "pages",
        ],
    ),
    ("console_site", &["edge", "vault"]),
    ("h5", &["edge", "deliver", "engine", "store", "domain", "kernel", "vault", "pages"]),
    ("admin", &["edge", "deliver", "engine", "store", "domain", "kernel", "vault"]),
    ("tessera", &PROGRAM),
    ("pgtemp", &[]),
    ("sandbox", &[]),
    ("testkit", &PROGRAM),
    ("xtask", &[]),
];

/// Looks at the manifest of every crate.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let tools = tree.get("xtask/Cargo.toml").map(|manifest| ("xtask", manifest));
    tree.crates().chain(tools).flat_map(|(name, manifest)| in_manifest(name, manifest)).collect()
}

fn in_manifest(name: &str, manifest: &Source) -> Vec<Problem> {
    let Some(allowed) = allowed(name) else {
        return vec![manifest.problem(1, "give the crate a line in xtask/src/tidy/layers.rs")];
    };
    let table = match manifest.text.parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => return vec![manifest.problem(1, format!("not TOML: {}", error.message()))],
    };
    let forbidden =
        |dependency: &&str| self::allowed(dependency).is_some() && !allowed.contains(dependency);
    let refuse = |dependency: &str| {
        let cure = format!("`{name}` must not use `{dependency}`: move the code to a lower layer");
        manifest.problem(line_of(manifest, dependency), cure)
    };
    dependencies(&table).into_iter().filter(forbidden).map(refuse).collect()
}

fn allowed(name: &str) -> Option<&'static [&'static str]> {
    LAYERS.iter().find(|(layer, _)| *layer == name).map(|(_, allowed)| *allowed)
}

/// What the crate itself is built from, on any platform; not what only its tests use.
fn dependencies(manifest: &toml::Table) -> Vec<&str> {
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let platforms = targets.into_iter().flat_map(|t| t.values().filter_map(toml::Value::as_table));
    std::iter::once(manifest)
        .chain(platforms)
        .flat_map(|table| ["dependencies", "build-dependencies"].map(|kind| table.get(kind)))
        .filter_map(|kind| kind?.as_table())
        .flat_map(|kind| kind.keys().map(String::as_str))
        .collect()
}

fn line_of(manifest: &Source, dependency: &str) -> usize {
    let names = |line: &str| line.split(['.', '=', ' ']).next() == Some(dependency);
    manifest.lines().find(|(_, line)| names(line)).map_or(1, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::super::tree::lines_found;
    use super::*;

    #[test]
    fn a_short_cut_is_found() {
        let upward = "[dependencies]\nserde = \"1\"\nstore.workspace = true\n";
        assert_eq!(lines_found(check, "crates/domain/Cargo.toml", upward), [3]);
        assert!(lines_found(check, "crates/engine/Cargo.toml", upward).is_empty());
        let helper = "[dependencies]\ntestkit = { path = \"../testkit\" }\n";
        assert_eq!(lines_found(check, "crates/tessera/Cargo.toml", helper), [2]);
        let platform = "[target.'cfg(unix)'.dependencies]\nopen.workspace = true\n";
        assert_eq!(lines_found(check, "crates/engine/Cargo.toml", platform), [2]);
        let neighbour = "[dependencies]\nedge.workspace = true\nh5.workspace = true\n";
        assert_eq!(lines_found(check, "crates/open/Cargo.toml", neighbour), [3]);
    }

    #[test]
    fn tests_may_look_from_above() {
        let manifest = "[dev-dependencies]\ntestkit.workspace = true\n";
        assert!(lines_found(check, "crates/store/Cargo.toml", manifest).is_empty());
    }

    #[test]
    fn a_crate_without_a_layer_and_a_broken_manifest_are_found() {
        assert_eq!(lines_found(check, "crates/unheard_of/Cargo.toml", ""), [1]);
        assert_eq!(lines_found(check, "crates/kernel/Cargo.toml", "[dependencies"), [1]);
    }
}
