//! ARCHITECTURE.md and the folders agree: every crate is on the map, every place on the map exists.

use super::{Problem, Source, Tree};

const MAP: &str = "ARCHITECTURE.md";

/// Compares the paths that the map names with the files.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let Some(map) = tree.get(MAP) else {
        let cure = "write the map: a paragraph for each crate".to_owned();
        return vec![Problem { path: MAP.into(), line: 1, cure }];
    };
    let mut problems = missing_places(tree, map);
    for (name, _) in tree.crates() {
        let place = format!("crates/{name}");
        if !places(map).any(|(_, named)| named == place) {
            problems.push(map.problem(1, format!("say in a paragraph what `{place}` is for")));
        }
    }
    problems
}

fn missing_places(tree: &Tree, map: &Source) -> Vec<Problem> {
    let exists = |place: &str| {
        let within =
            |path: &str| path.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'));
        tree.files.iter().any(|file| file.path == place || within(&file.path))
    };
    places(map)
        .filter(|(_, place)| !exists(place))
        .map(|(line, place)| {
            map.problem(line, format!("`{place}` does not exist: correct the map"))
        })
        .collect()
}

/// The paths under `crates/` that the map names, with their lines.
fn places(map: &Source) -> impl Iterator<Item = (usize, &str)> {
    let in_path = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    map.lines().flat_map(move |(number, line)| {
        line.split(move |c| !in_path(c))
            .map(|word| word.trim_end_matches(['/', '.']))
            .filter(|word| word.starts_with("crates/"))
            .map(move |word| (number, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(map: &str) -> Vec<(usize, bool)> {
        let tree = Tree::of(&[
            (MAP, map),
            ("crates/kernel/Cargo.toml", ""),
            ("crates/kernel/src/id.rs", ""),
        ]);
        check(&tree).iter().map(|p| (p.line, p.cure.contains("does not exist"))).collect()
    }

    #[test]
    fn what_is_missing_on_either_side_is_found() {
        assert!(found("`crates/kernel/` holds [ids](crates/kernel/src/id.rs).\n").is_empty());
        assert_eq!(found("Nothing.\n"), [(1, false)]);
        assert_eq!(found("`crates/kernel`\n`crates/gone`\n"), [(2, true)]);
        assert_eq!(found("`crates/kernel`, crates/kernel/src/gone.rs\n"), [(1, true)]);
        assert_eq!(check(&Tree::of(&[])).len(), 1);
    }
}
