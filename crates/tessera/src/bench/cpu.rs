//! CPU time of this process and everything below it, read from Linux' /proc.
//!
//! The client, the server and the throw-away database all descend from the bench, so one walk
//! counts them all. A process that ends during a run moves its time into its parent's account of
//! waited-for children, which is counted too, so a difference over a run misses nothing.

use anyhow::{Context, Result};
use std::collections::HashMap;
use std::fs;

/// The kernel reports times in 1/100 s on every architecture (`USER_HZ`).
const TICKS_PER_SECOND: f64 = 100.0;

/// What we need of one /proc/<pid>/stat.
#[derive(Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    ticks: u64,
}

/// CPU seconds, user and system, used so far by this process and its descendants.
pub fn tree_seconds() -> Result<f64> {
    let mut stats: HashMap<u32, Stat> = HashMap::new();
    for entry in fs::read_dir("/proc").context("cannot list /proc")? {
        let entry = entry.context("cannot list /proc")?;
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        // A process may end between the listing and the reading.
        let Ok(text) = fs::read_to_string(entry.path().join("stat")) else { continue };
        if let Some(stat) = parse_stat(&text) {
            stats.insert(pid, stat);
        }
    }
    Ok(ticks_below(&stats, std::process::id()) as f64 / TICKS_PER_SECOND)
}

/// The sum over the processes whose line of parents reaches `root`.
fn ticks_below(stats: &HashMap<u32, Stat>, root: u32) -> u64 {
    let descends = |mut pid: u32| {
        while pid != root {
            match stats.get(&pid) {
                Some(stat) => pid = stat.parent,
                None => return false,
            }
        }
        true
    };
    stats.iter().filter(|(pid, _)| descends(**pid)).map(|(_, stat)| stat.ticks).sum()
}

/// Fields 4 (ppid) and 14 to 17 (utime, stime, cutime, cstime) of proc(5). The name, field 2, is
/// in parentheses and may hold anything, so counting starts behind the last parenthesis.
fn parse_stat(text: &str) -> Option<Stat> {
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    let parent = fields.get(1)?.parse().ok()?;
    let ticks =
        fields.get(11..15)?.iter().map(|field| field.parse::<u64>().ok()).sum::<Option<_>>()?;
    Some(Stat { parent, ticks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stat_line_with_a_hostile_name_is_read() {
        let line = "7 (a) R 1 (b c) S 5 7 7 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 1 0 99";
        assert_eq!(parse_stat(line), Some(Stat { parent: 5, ticks: 100 }));
        assert_eq!(parse_stat("7 (short) S 5"), None);
    }

    #[test]
    fn only_descendants_count() {
        let stat = |parent, ticks| Stat { parent, ticks };
        let stats = HashMap::from([
            (1, stat(0, 1000)),
            (10, stat(1, 1)),
            (11, stat(10, 2)),
            (12, stat(11, 4)),
            (13, stat(1, 8)),
        ]);
        assert_eq!(ticks_below(&stats, 10), 7);
    }
}
