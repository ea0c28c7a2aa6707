//! Ties the life of the server to ours.
//!
//! The server runs under a shell that reads from a pipe whose other end only we hold. The kernel
//! closes that end however we die, the shell sees the end of the file, stops the server at once
//! and removes its files. So an orderly drop and `kill -9` take the same way.

use crate::cluster::Cluster;
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};

/// `$1` is the directory, the rest is the server's command line.
///
/// The file `stop` tells the two ends apart: without it the server ended by itself, and its log is
/// left for us to read. SIGQUIT is PostgreSQL's immediate stop: nothing in here is worth saving.
const SCRIPT: &str = r#"
directory=$1; shift
exec 3<&0
"$@" </dev/null >"$directory/log" 2>&1 3<&- &
server=$!
(read -r _ <&3; : >"$directory/stop"; kill -QUIT $server) 2>/dev/null &
watcher=$!
wait $server
if [ -e "$directory/stop" ]; then cd /; rm -rf "$directory"; else kill $watcher; fi
"#;

/// A server that ends when this value, or our whole process, goes away.
#[derive(Debug)]
pub struct Guard {
    shell: Child,
}

impl Guard {
    /// Starts the server of a cluster. It is not ready yet when this returns.
    pub fn spawn(cluster: &Cluster, arguments: &[String]) -> Result<Self> {
        let shell = cluster
            .system_command("/bin/sh")
            .args(["-c", SCRIPT, "sh"])
            .arg(cluster.directory())
            .arg(cluster.server())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Its own group, so that Ctrl-C in a terminal reaches us only, and the order is kept.
            .process_group(0)
            .spawn()
            .context("cannot start /bin/sh for PostgreSQL")?;
        Ok(Self { shell })
    }

    /// True when the server has ended by itself.
    pub fn has_ended(&mut self) -> Result<bool> {
        Ok(self.shell.try_wait().context("cannot ask for PostgreSQL's shell")?.is_some())
    }

    /// The shell's process id.
    pub fn pid(&self) -> u32 {
        self.shell.id()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        if let Err(error) = self.shell.wait() {
            eprintln!("PostgreSQL's shell could not be awaited: {error}");
        }
    }
}
