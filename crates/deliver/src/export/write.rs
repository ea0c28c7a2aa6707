//! Make a file of pages of items, on a thread of its own: pages come in, parts go out, and neither piles up.

use super::columns::Columns;
use super::csv;
use super::row::Row;
use super::xlsx::Book;
use bytes::Bytes;
use domain::export::Format;
use jiff::tz::TimeZone;
use kernel::limits::EXPORT_PART_BYTES;
use rust_xlsxwriter::XlsxError;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::io::{self, Read};
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::mpsc::{Receiver, Sender};

/// A page of a list. Its items are cut out here, not where pages are read, which must not wait for it.
#[derive(Deserialize)]
struct Page<'p> {
    #[serde(borrow)]
    data: Option<Vec<&'p RawValue>>,
}

fn items(page: &[u8]) -> Result<Vec<&RawValue>, serde_json::Error> {
    match serde_json::from_slice::<Page<'_>>(page)?.data {
        Some(items) => Ok(items),
        None => Ok(vec![serde_json::from_slice(page)?]),
    }
}

/// Why no file came of it.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// An item is none.
    #[error("an item of the list")]
    Item(#[from] serde_json::Error),
    /// The workbook.
    #[error("the workbook")]
    Book(#[from] XlsxError),
    /// The temporary file of a workbook.
    #[error("a temporary file")]
    File(#[from] io::Error),
    /// Nobody takes the parts any more.
    #[error("the parts are not taken")]
    Left,
}

/// What is written, and how.
pub struct Writing {
    /// What kind of file.
    pub format: Format,
    /// Its columns.
    pub columns: Columns,
    /// The zone in which times are told.
    pub zone: TimeZone,
}

impl Writing {
    /// Writes until the pages end. `rows` counts what is written.
    pub fn run(
        self,
        pages: Receiver<Bytes>,
        parts: &Sender<Bytes>,
        rows: &AtomicI64,
    ) -> Result<(), WriteError> {
        match self.format {
            Format::Csv => self.csv(pages, parts, rows),
            Format::Xlsx => self.xlsx(pages, parts, rows),
        }
    }

    fn csv(
        &self,
        mut pages: Receiver<Bytes>,
        parts: &Sender<Bytes>,
        rows: &AtomicI64,
    ) -> Result<(), WriteError> {
        let mut row = Row::new(&self.columns);
        let mut text = Vec::with_capacity(EXPORT_PART_BYTES);
        csv::begin(&self.columns, &mut text);
        while let Some(page) = pages.blocking_recv() {
            let items = items(&page)?;
            for item in &items {
                csv::row(row.read(&self.columns.shape, &self.zone, item)?, &mut text);
                while text.len() >= EXPORT_PART_BYTES {
                    let rest = text.split_off(EXPORT_PART_BYTES);
                    send(parts, std::mem::replace(&mut text, rest))?;
                }
            }
            rows.fetch_add(items.len() as i64, Ordering::Relaxed);
        }
        send(parts, text)
    }

    fn xlsx(
        &self,
        mut pages: Receiver<Bytes>,
        parts: &Sender<Bytes>,
        rows: &AtomicI64,
    ) -> Result<(), WriteError> {
        let mut row = Row::new(&self.columns);
        let mut book = Book::new(&self.columns)?;
        while let Some(page) = pages.blocking_recv() {
            let items = items(&page)?;
            for item in &items {
                book.row(row.read(&self.columns.shape, &self.zone, item)?)?;
            }
            rows.fetch_add(items.len() as i64, Ordering::Relaxed);
        }
        let mut file = book.finish()?;
        loop {
            let mut part = Vec::with_capacity(EXPORT_PART_BYTES);
            (&mut file).take(EXPORT_PART_BYTES as u64).read_to_end(&mut part)?;
            if part.is_empty() {
                return Ok(());
            }
            send(parts, part)?;
        }
    }
}

fn send(parts: &Sender<Bytes>, part: Vec<u8>) -> Result<(), WriteError> {
    parts.blocking_send(part.into()).map_err(|_| WriteError::Left)
}
