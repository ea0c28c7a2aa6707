//! Everything that a database holds, as text and as files: for tests that show that nothing changed or
//! that nothing is there.

use crate::Db;
use crate::db::FOLLOWERS;
use std::fs;
use std::path::{Path, PathBuf};
use store::seam::{Conn, Dialect, Statement};

/// Tables that move by themselves: the pulse of a node, what links the journal, and what programs asked of late.
const MOVE: [&str; 3] = ["pulses", "journal_leaves", "request_log"];

impl Db {
    /// Every row of every table as one line of text, sorted; bytes are in hexadecimal. What changes although
    /// nobody does anything is no part of it: the pulse of a node, when a session was seen, what links and follows the
    /// journal in its own time, and the request log.
    pub async fn rows(&self) -> Vec<String> {
        let mut conn = self.connection().await;
        let tables = match conn.engine() {
            Dialect::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                 AND name NOT LIKE 'journal_anchor%'"
            }
            Dialect::Postgres => {
                "SELECT tablename::text FROM pg_tables
                 WHERE schemaname = 'public' AND tablename NOT LIKE 'journal_anchor%'"
            }
        };
        let mut rows = Vec::new();
        let tables = texts(&mut conn, tables).await;
        let moves = |table: &str| FOLLOWERS.contains(&table) || MOVE.contains(&table);
        for table in tables.iter().filter(|table| !moves(table)) {
            rows.extend(lines(&mut conn, table).await.iter().map(|row| unseen(row)));
        }
        conn.close().await;
        rows.sort();
        rows
    }

    /// Every row of one table as a line of text, sorted.
    pub async fn rows_of(&self, table: &str) -> Vec<String> {
        let mut conn = self.connection().await;
        let mut rows = lines(&mut conn, table).await;
        conn.close().await;
        rows.sort();
        rows
    }

    /// A number that a statement gives.
    pub async fn number(&self, statement: &str) -> i64 {
        let mut conn = self.connection().await;
        let found = conn.fetch(leak(statement), &[]).await.expect("the statement runs");
        let number = found[0].int(0).expect("a number");
        conn.close().await;
        number
    }

    /// Facts in the journals of all books.
    pub async fn facts(&self) -> i64 {
        self.number("SELECT COUNT(*) FROM journal").await
    }

    /// Every file that the database consists of, with its logs.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        list(self.postgres().map_or(self.folder(), |server| server.directory()), &mut files);
        files
    }
}

/// A row without the times at which a person's sessions were seen: they move by themselves.
fn unseen(row: &str) -> String {
    let mut parts = row.split("seen_at");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| {
        let time = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let rest = part[time..].find('"').map_or("", |end| &part[time + end..]);
        before + "seen_at" + &part[..time] + rest
    })
}

async fn lines(conn: &mut Conn, table: &str) -> Vec<String> {
    let row = match conn.engine() {
        Dialect::Sqlite => {
            let columns = format!("SELECT name FROM pragma_table_info('{table}')");
            let columns = texts(conn, &columns).await;
            let quoted = columns.iter().map(|column| format!("quote(\"{column}\")"));
            quoted.collect::<Vec<_>>().join(" || ' ' || ")
        }
        Dialect::Postgres => "t::text".to_owned(),
    };
    texts(conn, &format!("SELECT '{table} ' || {row} FROM \"{table}\" t")).await
}

async fn texts(conn: &mut Conn, statement: &str) -> Vec<String> {
    let found = conn.fetch(leak(statement), &[]).await.expect("the statement runs");
    found.iter().map(|row| row.text(0).expect("a text").to_owned()).collect()
}

/// The seam takes statements of the program, which live for ever.
pub fn leak(statement: &str) -> &'static Statement {
    Box::leak(Box::new(Statement::new("test", statement.to_owned().leak())))
}

/// Files may come and go while a server runs.
fn list(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list(&entry.path(), into),
            Ok(kind) if kind.is_file() => into.push(entry.path()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::people::{Person, Session};
    use kernel::{PersonId, Timestamp};

    /// A person as the database writes him, whose session was seen then.
    fn row(seen: i64, factor: i64) -> String {
        let mut person = Person::new(PersonId([1; 16]), Timestamp(0));
        person.profile.sessions.push(Session {
            hash: "h".into(),
            created_at: Timestamp(0),
            seen_at: Timestamp(seen),
            factor_at: Some(Timestamp(factor)),
            device: "d".into(),
            agent: String::new(),
            address: String::new(),
        });
        serde_json::to_string(&person.profile).expect("it has a form")
    }

    #[test]
    fn a_session_that_was_seen_again_is_no_change_and_all_else_is() {
        for quoted in [|row: String| row, |row: String| row.replace('"', "\"\"")] {
            let seen = |seen, factor| unseen(&quoted(row(seen, factor)));
            assert_eq!(seen(1_000_000, 0), seen(1_795_993_950_171_727, 0));
            assert_ne!(seen(0, 1_000_000), seen(0, 2_000_000));
            assert!(seen(0, 0).contains("factor_at"));
        }
    }
}
