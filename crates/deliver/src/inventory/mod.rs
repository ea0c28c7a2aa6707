//! Stock that is handed out: files of codes, codes that cross their date, batches that are frozen or voided.

pub mod chunks;
mod drop_upload;
mod expire;
pub mod identity;
mod mark;
mod read_import;
pub mod record;
mod relocate;
mod retag;
mod settle;
mod slices;
mod stop_sku;
mod told;

pub(crate) use drop_upload::drop_upload;
pub(crate) use expire::expire;
pub(crate) use mark::mark;
pub(crate) use read_import::read_import;
pub(crate) use relocate::relocate;
pub(crate) use retag::retag;
pub(crate) use settle::settle;
pub(crate) use stop_sku::stop_sku;
