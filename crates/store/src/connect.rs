//! Which database, and a connection to it beside everything else.

use crate::Error;
use crate::address::Address;
use crate::seam::Conn;

/// Which database, and how many readers.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite://FILE` or `postgres://…`.
    pub url: String,
    /// Reading connections at most.
    pub readers: u32,
}

/// A connection beside everything else, with a writer's settings: for tests and tools.
pub async fn connect(settings: &Settings) -> Result<Conn, Error> {
    Address::parse(&settings.url)?.connect().await
}
