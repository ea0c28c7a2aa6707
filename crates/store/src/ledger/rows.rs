//! Rows of accounts, holds and transfers, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::ledger::{Account, AccountKey, AccountKind, Hold, HoldState, Reason, Transfer, Unit};
use kernel::{AccountId, HoldId, Timestamp, TransferId};

/// `tenant, id, owner, kind, unit, balance, held, last_transfer`
pub fn account(row: &Row) -> Result<Account, Error> {
    Ok(Account {
        key: AccountKey {
            tenant: row.tenant(0)?,
            owner: row.array(2)?,
            kind: one_of(row.int(3)?, AccountKind::from_number)?,
            unit: one_of(row.int(4)?, Unit::from_number)?,
        },
        balance: row.int(5)?,
        held: row.int(6)?,
        last_transfer: row.maybe_array(7)?.map(TransferId),
    })
}

/// `tenant, id, debit, credit, amount, unit, reason, subject, at, debit_previous, credit_previous,
/// debit_balance, credit_balance`
pub fn transfer(row: &Row) -> Result<Transfer, Error> {
    Ok(Transfer {
        tenant: row.tenant(0)?,
        id: TransferId(row.array(1)?),
        debit: AccountId(row.array(2)?),
        credit: AccountId(row.array(3)?),
        amount: row.int(4)?,
        unit: one_of(row.int(5)?, Unit::from_number)?,
        reason: one_of(row.int(6)?, Reason::from_number)?,
        subject: row.array(7)?,
        at: Timestamp(row.int(8)?),
        debit_previous: row.maybe_array(9)?.map(TransferId),
        credit_previous: row.maybe_array(10)?.map(TransferId),
        debit_balance: row.maybe_int(11)?,
        credit_balance: row.maybe_int(12)?,
    })
}

/// `tenant, id, debit_owner, debit_kind, credit_owner, credit_kind, unit, amount, posted, state, at`
pub fn hold(row: &Row) -> Result<Hold, Error> {
    let tenant = row.tenant(0)?;
    let unit = one_of(row.int(6)?, Unit::from_number)?;
    let key = |owner: usize| -> Result<AccountKey, Error> {
        let kind = one_of(row.int(owner + 1)?, AccountKind::from_number)?;
        Ok(AccountKey { tenant, owner: row.array(owner)?, kind, unit })
    };
    Ok(Hold {
        id: HoldId(row.array(1)?),
        debit: key(2)?,
        credit: key(4)?,
        amount: row.int(7)?,
        posted: row.int(8)?,
        state: one_of(row.int(9)?, HoldState::from_number)?,
        at: Timestamp(row.int(10)?),
    })
}
