//! Products from a file that a merchant keeps in a spreadsheet: what it says is shown first, and made when he says so.

mod columns;
pub mod read_file;
mod rows;
pub mod template;
