//! A statement: one template, and its text per engine and number of rows.

use super::value::Type;
use std::fmt::Write;
use std::sync::OnceLock;

/// Numbers of rows that statements are prepared for. Powers of two waste at most half.
pub const CHUNKS: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// One file, one writer.
    Sqlite,
    /// A server, several nodes.
    Postgres,
}

/// A statement of `sql/`.
#[derive(Debug)]
pub struct Statement {
    /// Its path below `sql/`, without the ending.
    pub name: &'static str,
    template: &'static str,
    columns: OnceLock<Vec<Type>>,
    texts: [[OnceLock<&'static str>; CHUNKS.len()]; 2],
}

impl Statement {
    /// The statement of a template.
    pub const fn new(name: &'static str, template: &'static str) -> Self {
        Self {
            name,
            template,
            columns: OnceLock::new(),
            texts: [const { [const { OnceLock::new() }; CHUNKS.len()] }; 2],
        }
    }

    /// The types of the columns of `{rows}`; empty if it has none.
    pub fn columns(&self) -> &[Type] {
        self.columns.get_or_init(|| {
            let header = self.template.lines().find_map(|line| line.strip_prefix("-- rows:"));
            header.map(|list| list.split(',').map(column_type).collect()).unwrap_or_default()
        })
    }

    /// The text for an engine with the smallest chunk that holds `rows` rows, and that chunk.
    pub fn text(&self, engine: Dialect, rows: usize) -> (&'static str, usize) {
        let at = CHUNKS.iter().position(|chunk| *chunk >= rows).unwrap_or(CHUNKS.len() - 1);
        let cell = &self.texts[engine as usize][at];
        (cell.get_or_init(|| self.render(engine, CHUNKS[at]).leak()), CHUNKS[at])
    }

    /// How many rows the text for `rows` rows takes.
    pub fn chunk(&self, rows: usize) -> usize {
        CHUNKS.into_iter().find(|chunk| *chunk >= rows).unwrap_or(CHUNKS[CHUNKS.len() - 1])
    }

    fn render(&self, engine: Dialect, rows: usize) -> String {
        let body: Vec<&str> =
            self.template.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        let row = format!("({})", vec!["?"; self.columns().len()].join(", "));
        let text = fill(&body.join("\n"), engine).replace("{rows}", &vec![row; rows].join(", "));
        match engine {
            Dialect::Sqlite => text,
            Dialect::Postgres => number(&text),
        }
    }
}

/// Fills in the words that differ between the engines.
pub fn fill(template: &str, engine: Dialect) -> String {
    let words: [(&str, &str, &str); 11] = [
        ("{int}", "INTEGER", "BIGINT"),
        ("{blob}", "BLOB", "BYTEA"),
        ("{clustered}", "WITHOUT ROWID", ""),
        ("{hot}", "", "WITH (fillfactor = 70)"),
        ("{lock}", "", "FOR UPDATE OF t"),
        ("{share}", "", "FOR SHARE OF t"),
        ("{filter}", "+", ""),
        ("{snapshot}", "", "ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        ("{postgres}", "--", ""),
        ("{immediate}", "IMMEDIATE", ""),
        ("{truncate}", "DELETE FROM", "TRUNCATE"),
    ];
    let text = words.iter().fold(template.to_owned(), |text, (word, sqlite, postgres)| {
        text.replace(word, if engine == Dialect::Sqlite { sqlite } else { postgres })
    });
    fill_any(&text, engine)
}

/// `any[v.key]` is `v.key`; PostgreSQL, which would rather join whole tables by it, is asked for one of a list.
fn fill_any(text: &str, engine: Dialect) -> String {
    let mut parts = text.split("any[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (key, rest) = part.split_once(']').expect("any[ has an end");
        let _ = match engine {
            Dialect::Sqlite => write!(out, "{key}{rest}"),
            Dialect::Postgres => write!(out, "ANY (ARRAY[{key}]){rest}"),
        };
    }
    out
}

/// `?` in order of appearance becomes `$1`, `$2` …
fn number(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut n = 0;
    for c in text.chars() {
        if c == '?' {
            n += 1;
            let _ = write!(out, "${n}");
        } else {
            out.push(c);
        }
    }
    out
}

fn column_type(column: &str) -> Type {
    match column.split_whitespace().last() {
        Some("int") => Type::Int,
        Some("text") => Type::Text,
        _ => Type::Blob,
    }
}

/// Statements of a context, one file each, and the list of them.
macro_rules! statements {
    ($($name:ident = $path:literal;)*) => {
        $(
            #[doc = concat!("`sql/", $path, ".sql`")]
            pub static $name: $crate::seam::Statement = $crate::seam::Statement::new(
                $path,
                include_str!(concat!("../../sql/", $path, ".sql")),
            );
        )*

        /// All of them.
        pub static ALL: &[&$crate::seam::Statement] = &[$(&$name),*];
    };
}

pub(crate) use statements;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_becomes_a_text_per_engine() {
        static S: Statement = Statement::new(
            "t",
            "-- rows: id blob, n int\nWITH v(id, n) AS (VALUES {rows}) SELECT t.n FROM v JOIN t ON t.id = any[v.id] AND t.k = ? {lock}",
        );
        assert_eq!(S.columns(), [Type::Blob, Type::Int]);
        let (text, chunk) = S.text(Dialect::Postgres, 2);
        assert_eq!(chunk, 2);
        assert!(text.contains("VALUES ($1, $2), ($3, $4)") && text.contains("= $5 FOR UPDATE"));
        assert!(text.contains("t.id = ANY (ARRAY[v.id]) AND"));
        let (text, chunk) = S.text(Dialect::Sqlite, 3);
        assert_eq!(chunk, 4);
        assert!(text.contains("VALUES (?, ?), (?, ?), (?, ?), (?, ?)") && !text.contains("UPDATE"));
        assert!(text.contains("t.id = v.id AND"));
        assert_eq!(fill("a[1] = any[v.b]", Dialect::Postgres), "a[1] = ANY (ARRAY[v.b])");
        let only = "{postgres} ALTER TABLE t;";
        assert_eq!(fill(only, Dialect::Sqlite), "-- ALTER TABLE t;");
        assert_eq!(fill(only, Dialect::Postgres), " ALTER TABLE t;");
    }
}
