//! docs/adding.md and the code agree: every file that a reader is sent to is there, and so is every list, test and type
//! that it names.

use super::{Problem, Tree};

const GUIDE: &str = "docs/adding.md";

/// Looks for what the guide names in backquotes: paths, in which `<context>` and the like stand for anything, and names.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let Some(guide) = tree.get(GUIDE) else { return Vec::new() };
    let paths: Vec<&str> = tree.files.iter().map(|file| file.path.as_str()).collect();
    let mut problems = Vec::new();
    for (number, line) in guide.lines() {
        let mut folder = "";
        for named in line.split('`').skip(1).step_by(2) {
            let is_path = !named.contains(' ') && (named.contains('/') || named.contains('.'));
            let missing = if is_path {
                let exists = |place: &str| paths.iter().any(|path| fits(place, path));
                let missing = ways(named)
                    .into_iter()
                    .find(|way| !exists(way) && !exists(&format!("{folder}{way}")));
                folder = named.rfind('/').map_or(folder, |at| &named[..=at]);
                missing
            } else {
                let is_name = |c: char| c.is_ascii_alphanumeric() || "_:!".contains(c);
                let name = named.rsplit("::").next().unwrap_or(named).trim_end_matches('!');
                let of_code = named.chars().all(is_name) && !name.is_empty();
                (of_code && !is_known(tree, name)).then(|| named.to_owned())
            };
            if let Some(what) = missing {
                problems.push(guide.problem(number, format!("`{what}` is not there: correct it")));
            }
        }
    }
    problems
}

/// `a/{b,c}.rs` is `a/b.rs` and `a/c.rs`.
fn ways(named: &str) -> Vec<String> {
    let parts = named.split_once('{').and_then(|(before, rest)| {
        let (inside, after) = rest.split_once('}')?;
        Some(inside.split(',').map(|one| format!("{before}{one}{after}")).collect())
    });
    parts.unwrap_or_else(|| vec![named.to_owned()])
}

/// Whether a path is the place, or lies in it. `<…>`, `…` and `NNNN` stand for anything but a slash.
fn fits(place: &str, path: &str) -> bool {
    let place = place.trim_end_matches('/');
    let (wanted, found): (Vec<_>, Vec<_>) = (place.split('/').collect(), path.split('/').collect());
    found.len() >= wanted.len()
        && wanted.iter().zip(found).all(|(part, name)| part_fits(part, name))
}

fn part_fits(part: &str, name: &str) -> bool {
    let part = part.replace("NNNN", "…");
    let open = part.find(['<', '…']);
    let close = part.rfind(['>', '…']);
    let (Some(open), Some(close)) = (open, close) else { return part == name };
    let after = part[close..].trim_start_matches(['>', '…']);
    name.starts_with(&part[..open]) && name.ends_with(after)
}

/// Whether some file outside the documents has this word.
fn is_known(tree: &Tree, name: &str) -> bool {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut code = tree.files.iter().filter(|file| !file.path.ends_with(".md"));
    code.any(|file| file.text.split(|c| !in_word(c)).any(|word| word == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(guide: &str) -> Vec<usize> {
        let tree = Tree::of(&[
            (GUIDE, guide),
            ("crates/domain/src/order/close.rs", "pub struct CancelOrder; verbs! {}"),
            ("crates/domain/src/order/mod.rs", ""),
            ("crates/store/sql/order/load_orders.sql", ""),
            ("crates/store/sql/migrations/0001_core.sql", ""),
        ]);
        check(&tree).iter().map(|problem| problem.line).collect()
    }

    #[test]
    fn what_is_there_is_found() {
        let guide = "`crates/domain/src/<context>/<verb>.rs`, `mod.rs` beside it, `CancelOrder`, a line in `verbs!`\n\
            `crates/domain/src/<context>/{close,mod}.rs` and `crates/store/sql/migrations/NNNN_<what>.sql`\n\
            `crates/store/sql/<context>/load_….sql`, `crates/domain/`, `cargo run --something else`\n";
        assert_eq!(found(guide), Vec::<usize>::new());
    }

    #[test]
    fn what_is_gone_is_told() {
        assert_eq!(found("`crates/domain/src/order/gone.rs`\n"), [1]);
        assert_eq!(found("fine\n`crates/domain/src/<context>/{close,gone}.rs`\n"), [2]);
        assert_eq!(found("`GONE`\n`a::verbs`\n`verbs::every_gone`\n"), [1, 3]);
        assert_eq!(found("`crates/store/sql/<context>/save_….sql`\n"), [1]);
    }
}
