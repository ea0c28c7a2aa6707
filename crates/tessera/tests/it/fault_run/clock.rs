//! A clock of the machine that a test sets, for a process that does not know of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is put before the system's own clock, see there.
const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fault_run/clock.c");

/// A clock that runs with the machine's, so many seconds before or behind it.
pub struct Clock {
    library: PathBuf,
    file: PathBuf,
}

impl Clock {
    /// A clock that tells the machine's time; its files lie in `folder`.
    pub fn new(folder: &Path) -> Self {
        let clock = Self { library: folder.join("clock.so"), file: folder.join("clock") };
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O2", "-o"]).arg(&clock.library).arg(SOURCE);
        let made = compiler.arg("-ldl").status().expect("a C compiler");
        assert!(made.success(), "the clock is not made");
        clock.set(0);
        clock
    }

    /// Sets it to so many seconds behind the machine's (negative) or before it.
    pub fn set(&self, seconds: i64) {
        if !self.file.exists() {
            fs::write(&self.file, seconds.to_ne_bytes()).expect("the clock is set");
            return;
        }
        // It is mapped by the process: written in place.
        let file = fs::File::options().write(true).open(&self.file).expect("the clock");
        std::os::unix::fs::FileExt::write_all_at(&file, &seconds.to_ne_bytes(), 0)
            .expect("the clock is set");
    }

    /// Makes a process that starts go by it.
    pub fn lead(&self, command: &mut Command) {
        command.env("LD_PRELOAD", &self.library).env("CLOCK_FILE", &self.file);
    }
}
