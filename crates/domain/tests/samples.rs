//! Facts are kept for ever, so what was once written must be readable for ever: a stored sample of each
//! kind and version is read and written again, with nothing lost and nothing added.

use domain::Fact;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// Every kind that [`Fact`] can be read from: the reader itself lists them when it knows none.
fn kinds() -> BTreeSet<String> {
    let refused = serde_json::from_str::<Fact>(r#"{"kind":"no such kind"}"#);
    let says = refused.expect_err("there is no such kind").to_string();
    let listed = says.split("expected one of ").nth(1).expect("the kinds are listed");
    listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_kind_of_fact_has_a_sample() {
    let kinds = kinds();
    assert!(kinds.contains("order.bought") && kinds.len() >= 28, "{kinds:?}");
    let files = fs::read_dir(folder()).expect("the samples").map(|entry| {
        let name = entry.expect("a file").file_name().into_string().expect("a name");
        name.strip_suffix(".v1.json").unwrap_or_else(|| panic!("what is {name}?")).to_owned()
    });
    assert_eq!(files.collect::<BTreeSet<_>>(), kinds, "samples and kinds differ");
}

#[test]
fn every_sample_is_read_and_written_with_nothing_lost() {
    for kind in kinds() {
        let path = folder().join(format!("{kind}.v1.json"));
        let stored = fs::read_to_string(&path).unwrap_or_else(|e| panic!("no {path:?}: {e}"));
        let fact: Fact = serde_json::from_str(&stored).unwrap_or_else(|e| panic!("{kind}: {e}"));
        assert_eq!(fact.kind(), kind);
        let written = serde_json::to_string_pretty(&fact).expect("a fact is written");
        assert_eq!(format!("{written}\n"), stored, "{kind} is written in another way");
        let again: Fact = serde_json::from_str(&written).expect("what was written is read");
        assert_eq!(again, fact, "{kind} changes when it is written and read");
    }
}
