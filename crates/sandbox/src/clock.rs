//! What time it is, as the sandbox is told. Waiting goes by tokio's time, which tests can move.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use std::sync::Arc;

/// Beijing's offset; WeChat Pay and Alipay write all times in it.
const BEIJING: Offset = Offset::constant(8);

/// A source of wall-clock time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Arc::new(Timestamp::now))
    }

    /// A clock that `read` tells.
    pub fn by(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

/// A time as WeChat Pay writes it: RFC 3339 in Beijing's time, whole seconds.
pub fn rfc3339(at: Timestamp) -> String {
    in_beijing(at, "%Y-%m-%dT%H:%M:%S%:z")
}

/// A time as Alipay writes it.
pub fn plain(at: Timestamp) -> String {
    in_beijing(at, "%Y-%m-%d %H:%M:%S")
}

/// The day in Beijing, as numbers of trades begin with it.
pub fn day(at: Timestamp) -> String {
    in_beijing(at, "%Y%m%d")
}

/// Reads what [`plain`] writes.
pub fn read_plain(text: &str) -> Option<Timestamp> {
    let time = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M:%S", text).ok()?;
    BEIJING.to_timestamp(time).ok()
}

fn in_beijing(at: Timestamp, format: &str) -> String {
    at.to_zoned(TimeZone::fixed(BEIJING)).strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_in_beijing() {
        let at: Timestamp = "2026-01-31T16:00:05Z".parse().unwrap();
        assert_eq!(rfc3339(at), "2026-02-01T00:00:05+08:00");
        assert_eq!(plain(at), "2026-02-01 00:00:05");
        assert_eq!(day(at), "20260201");
        assert_eq!(read_plain("2026-02-01 00:00:05"), Some(at));
        assert_eq!(read_plain("2026-02-01T00:00:05"), None);
    }
}
