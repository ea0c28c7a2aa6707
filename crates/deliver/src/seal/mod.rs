//! Keys that change while the program runs: learning of them, and sealing everything again; and opening everything,
//! to see whether it opens.

mod cell;
pub mod open_all;
mod reseal;
mod watch;

pub use cell::{approval_place, content_place, person_place, secret_place};
pub(crate) use reseal::reseal;
pub(crate) use watch::watch;
