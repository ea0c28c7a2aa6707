//! What a check gathers while it looks: how much it saw, and what offends it.

use super::Check;
use crate::Error;
use crate::seam::{Conn, Row, Statement, Value};
use kernel::id::encode;

/// Offenders that a check names for each of its rules. Its statements give one more, so that it knows
/// of others.
const NAMED_MAX: usize = 5;

/// A check on its way.
#[derive(Debug)]
pub(crate) struct Finding {
    name: &'static str,
    count: u64,
    offences: Vec<(&'static str, Vec<String>)>,
}

impl Finding {
    /// A check that has looked at nothing yet.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, count: 0, offences: Vec::new() }
    }

    /// It looked at so many more things.
    pub(crate) fn saw(&mut self, things: u64) {
        self.count += things;
    }

    /// It looked at as many more things as a statement counts.
    pub(crate) async fn saw_all(
        &mut self,
        conn: &mut Conn,
        s: &'static Statement,
    ) -> Result<(), Error> {
        let found = conn.fetch(s, &[]).await?;
        let count = found.first().ok_or(Error::Corrupt("a count gave no row"))?.int(0)?;
        self.saw(count.max(0) as u64);
        Ok(())
    }

    /// Each row of a statement offends the rule that `says` puts into words.
    pub(crate) async fn none(
        &mut self,
        conn: &mut Conn,
        s: &'static Statement,
        params: &[Value<'_>],
        says: &'static str,
        name: impl Fn(&Row) -> String,
    ) -> Result<(), Error> {
        for row in &conn.fetch(s, params).await? {
            self.wrong(says, || name(row));
        }
        Ok(())
    }

    /// One thing offends a rule.
    pub(crate) fn wrong(&mut self, says: &'static str, name: impl FnOnce() -> String) {
        let at = self.offences.iter().position(|(rule, _)| *rule == says).unwrap_or_else(|| {
            self.offences.push((says, Vec::new()));
            self.offences.len() - 1
        });
        let named = &mut self.offences[at].1;
        match named.len() {
            n if n < NAMED_MAX => named.push(name()),
            NAMED_MAX => named.push("…".to_owned()),
            _ => {}
        }
    }

    /// The result.
    pub(crate) fn done(self) -> Check {
        let ok = self.offences.is_empty();
        let rules =
            self.offences.iter().map(|(says, named)| format!("{says}: {}", named.join(", ")));
        let detail = rules.collect::<Vec<_>>().join("; ");
        Check { name: self.name, ok, count: self.count, detail }
    }
}

/// How the id in a row's first column is written. A position in a pool is named by its code.
pub(crate) fn first(prefix: &'static str) -> impl Fn(&Row) -> String {
    move |row| written(prefix, row.maybe_bytes(0).ok().flatten().unwrap_or_default())
}

/// An id as people see it; hexadecimal when it has a length that no id has.
pub(crate) fn written(prefix: &str, bytes: &[u8]) -> String {
    match bytes.last_chunk() {
        Some(id) if matches!(bytes.len(), 16 | 24) => format!("{prefix}_{}", encode(id)),
        _ => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{CodeId, Timestamp};

    #[test]
    fn names_the_first_offenders_of_each_rule() {
        let mut finding = Finding::new("check");
        finding.saw(9);
        for n in 0..8 {
            finding.wrong("is odd", || n.to_string());
        }
        finding.wrong("is late", || "x".to_owned());
        let check = finding.done();
        assert_eq!((check.ok, check.count), (false, 9));
        assert_eq!(check.detail, "is odd: 0, 1, 2, 3, 4, …; is late: x");
        let clean = Finding::new("check").done();
        assert_eq!((clean.ok, clean.count, clean.detail.as_str()), (true, 0, ""));
    }

    #[test]
    fn ids_are_written_as_people_see_them() {
        let id = CodeId([7; 16]);
        let position = domain::inventory::position(Timestamp(5), id);
        assert_eq!(written("cod", &id.0), id.to_string());
        assert_eq!(written("cod", &position), id.to_string());
        assert_eq!(written("cod", &[1, 0xab]), "01ab");
        assert_eq!(written("cod", &[]), "");
    }
}
