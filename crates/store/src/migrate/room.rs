//! Room for rows that are moved: for a while they are there twice.

use crate::Error;
use crate::address::Address;
use crate::seam::{Conn, Statement};

static SIZE: Statement = Statement::new(
    "size of the database",
    "SELECT (c.page_count - f.freelist_count) * s.page_size, f.freelist_count * s.page_size
     FROM pragma_page_count c, pragma_freelist_count f, pragma_page_size s",
);

/// Refuses to begin where the disk of a database file has less room than the file has rows. How much a server's disk
/// has left it tells nobody; a full one stops the move, which goes on when there is room.
pub(super) async fn check(address: &Address, conn: &mut Conn) -> Result<(), Error> {
    let Some(path) = address.file() else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(disk) = rustix::fs::statvfs(folder.unwrap_or(".".as_ref())) else { return Ok(()) };
    let found = conn.fetch(&SIZE, &[]).await?;
    let row = found.first().ok_or(Error::Corrupt("the size of the database"))?;
    let (used, spare) = (row.int(0)?.unsigned_abs(), row.int(1)?.unsigned_abs());
    match lacking(used, spare + disk.f_bavail * disk.f_frsize) {
        None => Ok(()),
        Some(missing) => Err(Error::Setup(format!(
            "rows must be moved for this program and stand there twice meanwhile: {} MiB more must be free \
             in {}; make room, or move the database to a larger disk, and start again (nothing is lost)",
            missing.div_ceil(MIB),
            path.parent().unwrap_or(path).display()
        ))),
    }
}

const MIB: u64 = 1 << 20;

/// Bytes that must be made free: a tenth more than what is moved, for the log.
fn lacking(used: u64, free: u64) -> Option<u64> {
    let wanted = used + used / 10;
    (wanted > free).then(|| wanted - free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_must_fit_a_second_time() {
        assert_eq!(lacking(100 * MIB, 110 * MIB), None);
        assert_eq!(lacking(100 * MIB, 109 * MIB), Some(MIB));
        assert_eq!(lacking(0, 0), None);
    }
}
