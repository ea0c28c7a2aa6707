//! The edge for buyers: pages in, forms out, without keys.
//!
//! [`routes`] has the table of pages, each with who may open it: everybody, or whoever holds an order's or a
//! payment's unguessable link. Around every page stands [`around`]: language, cookies, the check that a form
//! was sent from our own pages, and the headers. A handler parses, calls and answers, as everywhere.

mod around;
mod cookies;
mod door;
mod entry;
mod form;
mod link;
mod order;
mod picture;
mod routes;
mod shop;
mod test_pay;
mod told;
mod visitor;

pub use around::missing;
pub use entry::{home as shop_path, logo_path};
pub use link::{cashier_path, order_link, order_path};
pub use routes::{Entrance, PageInfo, page_routes, router};
pub use shop::Shelves;
