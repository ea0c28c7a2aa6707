//! Pictures that merchants upload.

pub mod upload_file;
