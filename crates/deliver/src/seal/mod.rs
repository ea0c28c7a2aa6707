//! Keys that change while the program runs: learning of them, and sealing everything again.

mod reseal;
mod watch;

pub(crate) use reseal::reseal;
pub(crate) use watch::watch;
