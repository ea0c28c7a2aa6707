//! Accounts, holds and transfers of a batch: what it needs, what was loaded, what its commands changed.

use super::{Account, AccountKey, Hold, Transfer};
use crate::Table;
use kernel::{AccountId, HoldId, Tenant};
use std::collections::{BTreeMap, BTreeSet};

/// Rows and effects of one batch.
#[derive(Debug, Default)]
pub struct Rows {
    /// Holds.
    pub holds: Table<(Tenant, HoldId), Hold>,
    /// Bounded accounts.
    pub accounts: Table<(Tenant, AccountId), Account>,
    /// Changes of unbounded accounts.
    pub deltas: BTreeMap<AccountKey, i64>,
    /// Transfers in order.
    pub transfers: Vec<Transfer>,
}

/// Keys of the rows that a batch needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Holds.
    pub holds: BTreeSet<(Tenant, HoldId)>,
    /// Bounded accounts.
    pub accounts: BTreeSet<AccountKey>,
}

impl Rows {
    /// A bounded account for changing; made when it never moved.
    pub fn account_mut(&mut self, key: &AccountKey) -> &mut Account {
        let at = (key.tenant, key.id());
        if self.accounts.get(&at).is_none() {
            self.accounts.insert(at, Account::empty(*key));
        }
        self.accounts.change(&at).unwrap_or_else(|| unreachable!("the account was just inserted"))
    }
}

impl Keys {
    /// A hold.
    pub fn hold(&mut self, tenant: Tenant, id: HoldId) {
        self.holds.insert((tenant, id));
    }

    /// An account, if it has a bound; the others are never read.
    pub fn account(&mut self, key: AccountKey) {
        if key.kind.bounded() {
            self.accounts.insert(key);
        }
    }
}
