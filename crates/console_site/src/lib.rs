//! The edge that serves the console: the files of `console/dist`, which are built into the program, and the one page
//! that everything below `/console/` is.
//!
//! The console itself is a program in the browser; it asks `/v1` and the edge of its sessions. Nothing here knows who
//! asks: the files are the same for everybody.

mod files;
mod page;
mod routes;

pub use routes::part;

/// Where the console is, below the address of the server.
pub const PATH: &str = "/console/";
