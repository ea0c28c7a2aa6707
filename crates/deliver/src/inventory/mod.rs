//! Stock that is handed out: files of codes, codes that cross their date, batches that are frozen or voided.

pub mod chunks;
pub mod code_file;
mod drop_upload;
mod expire;
mod mark;
mod read_import;
pub mod secret;
mod slices;
mod stop_sku;

pub(crate) use drop_upload::drop_upload;
pub(crate) use expire::expire;
pub(crate) use mark::mark;
pub(crate) use read_import::read_import;
pub(crate) use stop_sku::stop_sku;
