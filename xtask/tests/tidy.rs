//! The repository keeps its own rules.

#[test]
fn the_repository_is_tidy() {
    let report = xtask::tidy::run(&xtask::root()).expect("the repository can be read");
    assert!(report.files > 20, "only {} files were looked at", report.files);
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
