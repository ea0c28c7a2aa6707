//! What a buyer sees: plain values in, HTML out. No I/O, no clock, no database.
//!
//! A page is a struct of what it shows; [`Page::html`] renders it in the language of its [`Frame`]. Templates
//! are compiled in, so a page that names a missing value does not build. All words stand in `words`, in
//! one struct per language: a missing translation does not build either.
//!
//! Every page works without JavaScript. Styles and scripts are inline and carry the answer's nonce, so that
//! a page is one round trip and [`content_security_policy`] needs no `unsafe-inline`.

pub mod brand;
mod frame;
mod lang;
pub mod page;
pub mod picture;
pub mod price;
pub mod qr;
pub mod reading;
pub mod share;
mod when;
mod words;

pub use frame::{Frame, Messages, Page, Shop, content_security_policy};
pub use lang::Lang;
pub use qr::Qr;
