//! Pictures that merchants upload: decoded within limits, encoded again in a few sizes, and kept in a folder or a bucket.
//!
//! Nothing of what came in is kept but its pixels: no metadata, no second file behind the first, no text that a browser
//! might take for a page. A picture's id follows from the bytes that were sent, so that the same file is kept once.
//!
//! Beside them lie files in parts: exports, and files that buyers share, which are sealed before they come here.

mod bucket;
mod container;
mod encode;
mod folder;
mod parts;
mod picture;

pub use folder::{Files, Found, IN_MEMORY, Saved, StoreError};
pub use parts::Parts;
pub use picture::{Format, PictureError, SIZES};
