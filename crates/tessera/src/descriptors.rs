//! The system's limit of open files, raised as far as it goes, and how many connections fit below it.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// More would be of no use.
const WANTED: u64 = 65_536;
/// What the program itself needs beside its readers: writer, log, listeners, runtimes, standard streams.
const OWN: u64 = 26;
/// Descriptors of one reading connection: a database and its log.
const OF_READER: u64 = 2;
/// Fewer connections than this are of no use to anybody.
const CONNECTIONS_MIN: usize = 8;

/// Raises the limit; gives what is in force.
pub fn raise() -> u64 {
    let before = getrlimit(Resource::Nofile);
    let wanted = before.maximum.map_or(WANTED, |hard| hard.min(WANTED));
    if before.current.is_some_and(|now| now < wanted) {
        let raised = Rlimit { current: Some(wanted), maximum: before.maximum };
        if let Err(error) = setrlimit(Resource::Nofile, raised) {
            tracing::warn!(%error, "the limit of open files stays as it was");
        }
    }
    getrlimit(Resource::Nofile).current.unwrap_or(WANTED)
}

/// How many connections fit below a limit of open files, beside the database's own.
pub fn connections(limit: u64, readers: u32) -> usize {
    let kept = OWN + OF_READER * u64::from(readers);
    usize::try_from(limit.saturating_sub(kept)).unwrap_or(usize::MAX).max(CONNECTIONS_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_keeps_its_descriptors() {
        assert_eq!(connections(64, 8), 22);
        assert_eq!(connections(65_536, 8), 65_494);
        assert_eq!(connections(20, 8), CONNECTIONS_MIN);
    }
}
