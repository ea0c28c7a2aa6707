//! People of a batch: what it needs, what was loaded, what its commands changed.

use super::Person;
use crate::Table;
use kernel::{Id16, PersonId};
use std::collections::BTreeSet;

/// Rows and effects of one batch. All are the operator's.
#[derive(Debug, Default)]
pub struct Rows {
    /// People.
    pub people: Table<PersonId, Person>,
    /// Who has a mail address, by its tag.
    pub emails: Table<Id16, PersonId>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// People, under their locks.
    pub people: BTreeSet<PersonId>,
    /// Tags of mail addresses.
    pub emails: BTreeSet<Id16>,
}
