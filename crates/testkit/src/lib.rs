//! What tests share: a database of either engine, a whole application in this process, a caller.
//!
//! A test names what it does once and runs on both engines with [`on_both`]. Servers listen on free ports
//! and end with the test. Nothing here knows a rule.

// Test support may stop at the first thing that goes wrong.
#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod app;
pub mod browser;
mod caller;
mod channels;
mod db;
pub mod ear;
mod fixture;
pub mod mishaps;
pub mod people;
mod records;
pub mod requests;
pub mod resources;
mod rows;

pub use app::{App, Options, every_scope};
pub use caller::{Answer, Caller};
pub use channels::assert_channels_agree;
pub use db::{Db, Kind};
pub use fixture::Fixture;
pub use people::{Browser, Person};
pub use rows::leak;

/// Expands one test into one for SQLite and one for PostgreSQL. The body is an async function that
/// takes a [`Kind`].
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name($crate::Kind::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name($crate::Kind::Postgres).await;
            }
        }
    )*};
}
