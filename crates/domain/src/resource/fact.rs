//! Facts about resources: `<kind>.created`, `.edited`, `.archived` and `.restored`, with what was before and what is
//! after. All have one body, so a kind needs no type of its own for them.

use super::{AnyKind, Fields, Row, registry};
use crate::fact::{self, Unreadable};
use crate::fold::Folded;
use crate::ledger::fact::Posting;
use kernel::{Tenant, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The version in which these facts are written. A body's own version is its shape.
const V: i64 = 1;

/// What became of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was made.
    Created,
    /// Its fields changed.
    Edited,
    /// It was put away.
    Archived,
    /// It was taken back.
    Restored,
}

/// A resource changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    kind: &'static str,
    #[serde(flatten)]
    body: Saved,
}

/// A resource before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Its id.
    pub id: String,
    /// The version that it has now.
    pub version: i64,
    /// The shape of its fields.
    pub shape: i64,
    /// The tenant's version, of kinds that rules read.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub stamp: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it changed.
    pub at: Timestamp,
    /// Its fields before, where they are others now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Fields>,
    /// Its fields now, without secrets.
    pub after: Fields,
    /// Secrets that were set or taken away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

impl Change {
    /// Every change, in the order of a kind's names of facts.
    pub const ALL: [Self; 4] = [Self::Created, Self::Edited, Self::Archived, Self::Restored];

    /// Its name, as history tells it.
    pub fn name(self) -> &'static str {
        ["created", "edited", "archived", "restored"][self as usize]
    }
}

impl Fact {
    /// The fact of a change.
    pub fn new(any: &AnyKind, change: Change, body: Saved) -> Self {
        Self { kind: any.kind.facts[change as usize], body }
    }

    pub(crate) fn kinds() -> &'static [fact::Kind] {
        static KINDS: LazyLock<Vec<fact::Kind>> = LazyLock::new(|| {
            let names = registry::ALL.iter().flat_map(|any| any.kind.facts);
            names.map(|name| fact::Kind { name, v: V }).collect()
        });
        &KINDS
    }

    pub(crate) fn kind(&self) -> fact::Kind {
        fact::Kind { name: self.kind, v: V }
    }

    pub(crate) fn postings(&self) -> &[Posting] {
        &[]
    }

    pub(crate) fn is_alarm(&self) -> bool {
        false
    }

    pub(crate) fn fold(self, tenant: Tenant, _: Timestamp, rows: &mut Folded) {
        if let Some(row) = self.row() {
            rows.resources.insert((tenant, (row.kind, row.id)), row);
        }
    }

    pub(crate) fn read(kind: &str, v: i64, text: &str) -> Result<Option<Self>, Unreadable> {
        let Some((any, at)) = registry::of_fact(kind) else { return Ok(None) };
        let body: Saved = fact::body(text, v, V)?;
        any.kind.parse(&body.id).ok_or(Unreadable)?;
        Ok(Some(Self { kind: any.kind.facts[at], body }))
    }

    /// The row that it tells.
    fn row(self) -> Option<Row> {
        let (any, at) = registry::of_fact(self.kind)?;
        let archived = Change::ALL[at] == Change::Archived;
        Some(Row {
            kind: any.kind.number,
            id: any.kind.parse(&self.body.id)?,
            version: self.body.version,
            shape: self.body.shape,
            stamp: self.body.stamp,
            created_at: self.body.created_at,
            edited_at: self.body.at,
            archived_at: archived.then_some(self.body.at),
            body: self.body.after,
        })
    }
}

impl fact::FactBody for Saved {}

impl From<Fact> for crate::Fact {
    fn from(fact: Fact) -> Self {
        Self::Resource(fact)
    }
}
