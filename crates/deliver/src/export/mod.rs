//! Lists as files: the work of an export reads a list page by page as the one who asked, makes rows of it and puts the file
//! into the store of files in parts, so that memory stays small however long the list is.
//!
//! How a list is read is behind a door, [`Lists`], because lists are made by the edge, which stands above this crate:
//! whoever starts the program hands it in. A run that died leaves parts in a folder of its own and is done again from the
//! first row; the row of the export names one run, and only its file is ever given out.

mod columns;
pub mod csv;
mod row;
mod work;
mod write;
mod xlsx;

pub use columns::{Column, Columns, Form, Shape};
pub use work::AT_ONCE;
pub(crate) use work::perform;

use async_trait::async_trait;
use bytes::Bytes;
use domain::export::Export;
use files::Files;
use std::sync::Arc;

/// What exports are made with.
#[derive(Clone)]
pub struct Exports {
    /// Lists that can be read.
    pub lists: Arc<dyn Lists>,
    /// Where files lie.
    pub files: Files,
}

/// The lists of the program.
#[async_trait]
pub trait Lists: Send + Sync {
    /// Begins to read the list of an export as who asked for it.
    async fn open(&self, export: &Export) -> Result<Box<dyn Pages>, Unread>;
}

/// A list that is being read.
#[async_trait]
pub trait Pages: Send {
    /// Its columns, those that are wanted.
    fn columns(&self) -> &Columns;

    /// The next page: a JSON object with its rows, perhaps none, under `data`, or else one row; `None` at the end. Whoever asked must
    /// still be allowed to read it.
    async fn next(&mut self) -> Result<Option<Bytes>, Unread>;
}

/// Why a list was not read on.
#[derive(Debug)]
pub enum Unread {
    /// Who asked may not, or what he asked for is not there any more.
    Refused {
        /// The code that callers see.
        code: String,
        /// The same in words.
        detail: String,
    },
    /// It may go well another time.
    Unavailable(String),
}
