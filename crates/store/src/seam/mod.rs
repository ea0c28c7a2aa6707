//! The seam between our statements and the two engines.
//!
//! A statement is one text in `sql/`. `?` is a parameter, in order of appearance. `{rows}` is a list of
//! rows in one of a few fixed lengths, padded with NULL-key rows that the statement filters; a header
//! line `-- rows: name type, …` names its columns. `{lock}` and `{share}` are row locks where the engine has
//! them. `{filter}` before a column keeps SQLite from searching by it. `any[v.key]` is `v.key`, written for PostgreSQL
//! so that no join by merging or hashing can use it: the table is then only reached by its key, also with a plan that
//! was made when it was small. Everything else is the dialect that both engines share.

mod call;
mod conn;
mod direct;
mod pipe;
mod statement;
mod value;

pub use call::{Calls, Found};
pub use conn::{Conn, Row};
pub use direct::Direct;
pub use pipe::Pipe;
pub(crate) use statement::statements;
pub use statement::{CHUNKS, Dialect, Statement, fill};
pub use value::{Type, Value};
