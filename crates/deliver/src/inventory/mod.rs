//! Stock that is handed out: files of codes, and codes that cross their date.

pub mod chunks;
pub mod code_file;
mod drop_upload;
mod expire;
mod read_import;
pub mod secret;
mod slices;

pub(crate) use drop_upload::drop_upload;
pub(crate) use expire::expire;
pub(crate) use read_import::read_import;
