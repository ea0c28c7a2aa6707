//! The work that happens after a command: what `work` rows ask for is done here.

pub mod inventory;
