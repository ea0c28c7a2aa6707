//! Where PostgreSQL's programs are, and which user may run them.
//!
//! Debian keeps the server's programs outside PATH, one directory per major version. The server
//! refuses root, so a root process runs it as the user `postgres` of the same Debian package.

use anyhow::{Context, Result, bail};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Debian's home of the server's programs: `<root>/<major version>/bin`.
const DEBIAN_ROOT: &str = "/usr/lib/postgresql";

/// A directory that holds `initdb`, `postgres` and `psql`, and the user to run them as.
#[derive(Debug)]
pub struct Programs {
    bin: PathBuf,
    user: Option<User>,
}

/// A user and its group by number.
#[derive(Debug, Clone, Copy)]
pub struct User {
    /// User id.
    pub uid: u32,
    /// Id of the user's own group.
    pub gid: u32,
}

impl Programs {
    /// Looks in PATH, then takes the newest version under Debian's directory.
    pub fn find() -> Result<Self> {
        let Some(bin) = bin_in_path().or_else(newest_debian_bin) else {
            bail!(
                "PostgreSQL's server (initdb, postgres) is neither in PATH nor under \
                 {DEBIAN_ROOT}: install the Debian package `postgresql`"
            );
        };
        let user = if we_are_root()? { Some(postgres_user()?) } else { None };
        Ok(Self { bin, user })
    }

    /// The full name of one program.
    pub fn path(&self, program: &str) -> PathBuf {
        self.bin.join(program)
    }

    /// Who runs the server, when it is not ourselves.
    pub fn user(&self) -> Option<User> {
        self.user
    }

    /// A command that runs as the server's user, in a directory that this user may enter.
    pub fn command(&self, program: &Path, directory: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(directory);
        if let Some(user) = self.user {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }
}

fn is_bin(directory: &Path) -> bool {
    ["initdb", "postgres", "psql"].iter().all(|program| directory.join(program).is_file())
}

/// Follows links, because a link in PATH to `initdb` alone is common.
fn bin_in_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter_map(|directory| fs::canonicalize(directory.join("initdb")).ok())
        .filter_map(|initdb| initdb.parent().map(Path::to_path_buf))
        .find(|directory| is_bin(directory))
}

fn newest_debian_bin() -> Option<PathBuf> {
    let version = |bin: &PathBuf| -> Option<u32> {
        bin.parent()?.file_name()?.to_str()?.split('.').next()?.parse().ok()
    };
    fs::read_dir(DEBIAN_ROOT)
        .ok()?
        .filter_map(|entry| entry.ok().map(|entry| entry.path().join("bin")))
        .filter(|bin| is_bin(bin))
        .max_by_key(version)
}

/// The owner of /proc/self is our effective user, which std cannot say otherwise.
fn we_are_root() -> Result<bool> {
    Ok(fs::metadata("/proc/self").context("cannot read /proc/self")?.uid() == 0)
}

fn postgres_user() -> Result<User> {
    let users = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    users.lines().find_map(parse_postgres_user).context(
        "PostgreSQL refuses to run as root and there is no user `postgres`: install the Debian \
         package `postgresql`, which makes one",
    )
}

/// `postgres:x:101:104:…` is name, password, uid, gid.
fn parse_postgres_user(line: &str) -> Option<User> {
    let mut fields = line.strip_prefix("postgres:")?.split(':').skip(1);
    let uid = fields.next()?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(User { uid, gid })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_user_postgres_is_read() {
        let user = parse_postgres_user("postgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash");
        assert_eq!(user.map(|user| (user.uid, user.gid)), Some((101, 104)));
        assert!(parse_postgres_user("postgresql:x:101:104::/:/bin/sh").is_none());
        assert!(parse_postgres_user("postgres:x:many:104::/:/bin/sh").is_none());
    }
}
