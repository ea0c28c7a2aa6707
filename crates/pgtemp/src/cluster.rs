//! The files of one throw-away server: its directory, made by `initdb`, its log, its state.

use crate::programs::Programs;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A new cluster in a temporary directory, removed on drop.
#[derive(Debug)]
pub struct Cluster {
    directory: TempDir,
    programs: Programs,
}

impl Cluster {
    /// Makes the directory and fills it. A durable cluster is on the disk when this returns, so that the system does not
    /// write it in the middle of what is measured; any other is a copy of one that this machine keeps.
    pub fn create(durable: bool) -> Result<Self> {
        let cluster = Self::empty(Programs::find()?)?;
        let first = if durable { None } else { first(&cluster)? };
        match first {
            Some(first) => cluster.copy(&first)?,
            None => cluster.initdb(durable)?,
        }
        Ok(cluster)
    }

    fn empty(programs: Programs) -> Result<Self> {
        let directory = tempfile::Builder::new()
            .prefix("tessera-pg-")
            .tempdir()
            .context("cannot make a temporary directory for PostgreSQL")?;
        if let Some(user) = programs.user() {
            chown(directory.path(), Some(user.uid), Some(user.gid))
                .context("cannot give PostgreSQL's directory to the user `postgres`")?;
        }
        Ok(Self { directory, programs })
    }

    fn copy(&self, first: &Path) -> Result<()> {
        let mut cp = self.system_command("cp");
        let status = cp.arg("-r").arg(first).arg(self.data()).status().context("cannot run cp")?;
        ensure!(status.success(), "{} cannot be copied", first.display());
        Ok(())
    }

    /// UTF-8, locale C.UTF-8, trust on all doors.
    fn initdb(&self, durable: bool) -> Result<()> {
        let output = self
            .command("initdb")
            .arg("-D")
            .arg(self.data())
            .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"])
            .args((!durable).then_some("--no-sync"))
            .output()
            .context("cannot run initdb")?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "initdb failed: {complaint}");
        Ok(())
    }

    /// Who owns its files, by number.
    fn owner(&self) -> Result<u32> {
        let directory = fs::metadata(self.directory()).context("the directory is gone")?;
        Ok(directory.uid())
    }

    /// The directory that holds everything of this cluster.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The data directory, which also holds the unix socket.
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// What the server has written to its log so far, or nothing when there is none.
    pub fn log(&self) -> String {
        fs::read_to_string(self.directory().join("log")).unwrap_or_default()
    }

    /// A command for one of PostgreSQL's programs, run as the server's user.
    pub fn command(&self, program: &str) -> Command {
        self.programs.command(&self.programs.path(program), self.directory())
    }

    /// A command for a program of the system, run as the server's user.
    pub fn system_command(&self, program: &str) -> Command {
        self.programs.command(Path::new(program), self.directory())
    }

    /// The full name of the server's program.
    pub fn server(&self) -> PathBuf {
        self.programs.path("postgres")
    }

    /// The postmaster's process id as soon as the server takes connections.
    ///
    /// `postmaster.pid` holds the process id in its first line and its state in the eighth
    /// (PostgreSQL's `pidfile.h`).
    pub fn ready_postmaster(&self) -> Option<u32> {
        let text = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        (lines.nth(6)?.trim() == "ready").then_some(pid)
    }

    /// Runs one statement with `psql` and answers its bare output.
    pub fn psql(&self, url: &str, statement: &str) -> Result<String> {
        let output = self
            .command("psql")
            .args(["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement])
            .output()
            .context("cannot run psql")?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "`{statement}` failed: {complaint}");
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
    }
}

/// A cluster that nobody has served, kept in the system's temporary directory, because `initdb` takes longer than most
/// tests. None if somebody else's files lie at its place.
fn first(cluster: &Cluster) -> Result<Option<PathBuf>> {
    let version = cluster.command("initdb").arg("--version").output();
    let version = version.context("cannot run initdb")?.stdout;
    let version: String =
        String::from_utf8_lossy(&version).chars().filter(char::is_ascii_alphanumeric).collect();
    let owner = cluster.owner()?;
    let place = std::env::temp_dir().join(format!("tessera-{version}-{owner}"));
    if !place.exists() {
        let made = Cluster::empty(Programs::find()?)?;
        made.initdb(false)?;
        // It appears whole. Whoever comes second keeps what the first one made.
        let renamed = fs::rename(made.data(), &place);
        ensure!(place.exists(), "{} cannot be made: {renamed:?}", place.display());
    }
    let found = fs::symlink_metadata(&place).context("the kept cluster cannot be looked at")?;
    Ok((found.is_dir() && found.uid() == owner).then_some(place))
}
