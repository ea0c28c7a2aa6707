//! An identity map of one table's rows: what was loaded, and what changed since.

use std::collections::HashMap;
use std::hash::Hash;

#[derive(Debug, Clone)]
enum Slot<R> {
    Absent,
    Clean(R),
    Changed(R),
    New(R),
    Removed,
}

/// Rows by key. A key that was looked for and not found is remembered as absent.
#[derive(Debug, Clone)]
pub struct Table<K, R> {
    slots: HashMap<K, Slot<R>>,
}

impl<K, R> Default for Table<K, R> {
    fn default() -> Self {
        Self { slots: HashMap::new() }
    }
}

impl<K: Eq + Hash + Ord + Clone, R> Table<K, R> {
    /// Remembers the outcome of a look-up. What a command already changed stays.
    pub fn loaded(&mut self, key: K, row: Option<R>) {
        self.slots.insert(key, row.map_or(Slot::Absent, Slot::Clean));
    }

    /// Whether this key was looked up, found or not.
    pub fn knows(&self, key: &K) -> bool {
        self.slots.contains_key(key)
    }

    /// The row, if there is one.
    pub fn get(&self, key: &K) -> Option<&R> {
        match self.slots.get(key) {
            Some(Slot::Clean(row) | Slot::Changed(row) | Slot::New(row)) => Some(row),
            _ => None,
        }
    }

    /// The row for changing, if there is one.
    pub fn change(&mut self, key: &K) -> Option<&mut R> {
        let slot = self.slots.get_mut(key)?;
        if let Slot::Clean(_) = slot
            && let Slot::Clean(row) = std::mem::replace(slot, Slot::Absent)
        {
            *slot = Slot::Changed(row);
        }
        match slot {
            Slot::Changed(row) | Slot::New(row) => Some(row),
            _ => None,
        }
    }

    /// Adds a row whose key was looked up and absent.
    pub fn insert(&mut self, key: K, row: R) {
        let slot = match self.slots.get(&key) {
            Some(Slot::Removed | Slot::Clean(_) | Slot::Changed(_)) => Slot::Changed(row),
            _ => Slot::New(row),
        };
        self.slots.insert(key, slot);
    }

    /// Takes a row away.
    pub fn remove(&mut self, key: &K) {
        match self.slots.get_mut(key) {
            Some(slot @ Slot::New(_)) => *slot = Slot::Absent,
            Some(slot @ (Slot::Clean(_) | Slot::Changed(_))) => *slot = Slot::Removed,
            _ => {}
        }
    }

    /// Rows to insert, by key.
    pub fn added(&self) -> Vec<(&K, &R)> {
        self.pick(|slot| if let Slot::New(row) = slot { Some(row) } else { None })
    }

    /// Rows to update, by key.
    pub fn changed(&self) -> Vec<(&K, &R)> {
        self.pick(|slot| if let Slot::Changed(row) = slot { Some(row) } else { None })
    }

    /// Keys to delete, in order.
    pub fn removed(&self) -> Vec<&K> {
        let mut keys: Vec<&K> = self
            .slots
            .iter()
            .filter(|(_, slot)| matches!(slot, Slot::Removed))
            .map(|(key, _)| key)
            .collect();
        keys.sort();
        keys
    }

    /// Every row that is there now, in no order.
    pub fn rows(&self) -> impl Iterator<Item = (&K, &R)> {
        self.slots.keys().filter_map(|key| self.get(key).map(|row| (key, row)))
    }

    /// Forgets what was not changed, so that it is read again (under locks).
    pub fn clear(&mut self) {
        self.slots.clear();
    }

    fn pick<'a>(&'a self, of: impl Fn(&'a Slot<R>) -> Option<&'a R>) -> Vec<(&'a K, &'a R)> {
        let mut rows: Vec<(&K, &R)> =
            self.slots.iter().filter_map(|(key, slot)| Some((key, of(slot)?))).collect();
        rows.sort_by(|a, b| a.0.cmp(b.0));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_knows_what_to_write() {
        let mut table = Table::default();
        table.loaded(1, Some("clean"));
        table.loaded(2, Some("old"));
        table.loaded(3, None);
        table.loaded(4, Some("gone"));
        *table.change(&2).unwrap() = "edited";
        table.insert(3, "new");
        table.remove(&4);
        assert_eq!(table.added(), [(&3, &"new")]);
        assert_eq!(table.changed(), [(&2, &"edited")]);
        assert_eq!(table.removed(), [&4]);
        assert_eq!(table.get(&4), None);
        assert!(table.knows(&4) && !table.knows(&5));
        assert!(table.change(&5).is_none());
    }
}
