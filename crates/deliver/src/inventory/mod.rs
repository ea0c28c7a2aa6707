//! Stock that is handed out: files of codes.

pub mod code_file;
