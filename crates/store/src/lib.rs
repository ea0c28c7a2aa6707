//! The only crate that says SQL: one text per statement for SQLite and PostgreSQL.
//!
//! [`seam`] names a driver and fills in the few words that differ. [`Writer`] loads the rows a batch
//! needs into a world and writes what changed; [`Reader`] answers questions; [`verify`] checks that the
//! stored rows keep the invariants.

mod address;
pub mod anchor;
pub mod approval;
pub mod catalog;
mod checkpoint;
pub mod config;
mod connect;
pub mod content;
mod data_keys;
mod error;
pub mod export;
mod file;
pub mod flush;
pub mod idempotency;
pub mod identity;
pub mod insight;
pub mod inventory;
pub mod journal;
pub mod ledger;
pub mod load;
mod migrate;
mod open;
pub mod order;
pub mod payment;
pub mod people;
pub mod read;
pub mod refund;
pub mod requests;
pub mod resource;
pub mod rows;
pub mod seal;
pub mod seam;
pub mod sql;
pub mod till;
mod tls;
pub mod verify;
pub mod voucher;
pub mod work;
pub mod writer;

pub use address::POSTGRES_WRITER;
pub use config::lock::{ConfigLock, SEALS};
pub use connect::{Settings, connect};
pub use data_keys::{StoredKey, change_data_keys};
pub use error::{Error, Fault};
pub use open::Store;
pub use read::Reader;
pub use writer::Writer;
