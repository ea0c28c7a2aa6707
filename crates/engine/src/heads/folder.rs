//! The files of a folder of heads: one of each process that writes, so that several may share it.

use super::line::{self, Line, hex};
use super::{Database, Head};
use kernel::Tenant;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Files of one database in one folder.
const FILES_MAX: usize = 64;
/// Bytes of a file at most: heads of a hundred thousand books.
const BYTES_MAX: u64 = 20 << 20;

/// The file of this process. Each book has a line of its own, which is written again in place.
#[derive(Debug)]
pub(super) struct HeadFile {
    file: File,
    lines: HashMap<Tenant, u64>,
}

impl HeadFile {
    /// A file that no other process holds; it is held until it is closed. What is in it is replaced by the first heads.
    pub fn claim(folder: &Path, database: &Database) -> io::Result<Self> {
        for path in paths(folder, database) {
            let mut options = OpenOptions::new();
            options.create(true).truncate(false).write(true).mode(0o600);
            let file = options.open(&path)?;
            if file.try_lock().is_ok() {
                return Ok(Self { file, lines: HashMap::new() });
            }
        }
        Err(io::Error::other("too many processes share this folder"))
    }

    /// Writes the lines of some books.
    pub fn write(&mut self, database: &Database, heads: &[(Tenant, Head)]) -> io::Result<()> {
        let first = self.lines.is_empty();
        for (tenant, head) in heads {
            let next = self.lines.len() as u64;
            let at = *self.lines.entry(*tenant).or_insert(next) * line::BYTES as u64;
            self.file.write_all_at(line::write(database, *tenant, head).as_bytes(), at)?;
        }
        if first {
            self.file.set_len(self.lines.len() as u64 * line::BYTES as u64)?;
        }
        Ok(())
    }
}

/// Replaces every file of a database that is there; says how many.
pub(super) fn replace(
    folder: &Path,
    database: &Database,
    heads: &[(Tenant, Head)],
) -> Result<usize, (PathBuf, io::Error)> {
    let mut changed = 0;
    for path in paths(folder, database).filter(|path| path.exists()) {
        let written = OpenOptions::new()
            .write(true)
            .open(&path)
            .and_then(|file| HeadFile { file, lines: HashMap::new() }.write(database, heads));
        written.map_err(|error| (path, error))?;
        changed += 1;
    }
    Ok(changed)
}

/// What the files of a folder remember of a database.
pub(super) fn remembered(folder: &Path, database: &Database) -> Vec<Line> {
    let mut found = Vec::new();
    for path in paths(folder, database) {
        let mut text = String::new();
        let read =
            File::open(&path).and_then(|file| file.take(BYTES_MAX).read_to_string(&mut text));
        match read {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "what was acknowledged cannot be read");
            }
            Ok(_) => {}
        }
        for told in text.lines() {
            match line::read(told, database) {
                Some(line) => found.push(line),
                None => {
                    tracing::warn!(path = %path.display(), "a line of what was acknowledged is damaged");
                }
            }
        }
    }
    found
}

fn paths(folder: &Path, database: &Database) -> impl Iterator<Item = PathBuf> {
    let (folder, name) = (folder.to_owned(), hex(&database[..8]));
    (0..FILES_MAX).map(move |n| folder.join(format!("head-{name}-{n}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const DATABASE: Database = [1; 32];

    fn book(n: u8) -> Tenant {
        Tenant::from_bytes([n; 16])
    }

    fn head(seq: i64) -> Head {
        Head { seq, digest: [seq as u8; 32] }
    }

    #[test]
    fn processes_that_share_a_folder_have_files_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let one = HeadFile::claim(folder.path(), &DATABASE).unwrap();
        let two = HeadFile::claim(folder.path(), &DATABASE);
        assert!(two.is_ok() && fs::read_dir(folder.path()).unwrap().count() == 2);
        drop(one);
        HeadFile::claim(folder.path(), &DATABASE).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a free one is taken again");
    }

    #[test]
    fn each_book_has_a_line_and_what_was_there_goes() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = HeadFile::claim(folder.path(), &DATABASE).unwrap();
        let many: Vec<_> = (1..=9).map(|n| (book(n), head(1))).collect();
        file.write(&DATABASE, &many).unwrap();
        drop(file);
        let mut file = HeadFile::claim(folder.path(), &DATABASE).unwrap();
        file.write(&DATABASE, &[(book(1), head(5)), (book(2), head(6))]).unwrap();
        file.write(&DATABASE, &[(book(3), head(7)), (book(1), head(8))]).unwrap();
        let known = remembered(folder.path(), &DATABASE);
        let wanted = [(1, 8), (2, 6), (3, 7)].map(|(n, seq)| Line::Of(book(n), head(seq)));
        assert_eq!(known, wanted);
        assert_eq!(replace(folder.path(), &DATABASE, &[(book(4), head(2))]).unwrap(), 1);
        assert_eq!(remembered(folder.path(), &DATABASE), [Line::Of(book(4), head(2))]);
    }
}
