//! The edge for buyers: pages in, forms out, without keys.
//!
//! [`routes`] has the table of pages, each with who may open it: everybody, or whoever holds an order's or a
//! payment's unguessable link, or a device of a store. Around every page stands [`around`]: language, cookies, the check that a form
//! was sent from our own pages, and the headers. A handler parses, calls and answers, as everywhere.

mod cookies;
mod door;
mod file;
mod form;
mod front;
mod guesses;
mod middleware;
mod order;
mod picture;
mod routes;
mod shop;
mod site;
mod test_pay;
mod till;
mod told;
mod visitor;

pub use routes::{Entrance, PageInfo, page_routes, part};
