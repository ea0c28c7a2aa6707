//! Reads accounts, holds and transfers.

use crate::Error;
use crate::read::{Page, Reader};
use crate::seam::Value;
use domain::ledger::{Account, AccountKey, Hold, Transfer};
use kernel::{AccountId, BuyerId, Currency, HoldId, Id16, Tenant, TransferId};

impl Reader {
    /// An account.
    pub async fn account(&self, tenant: Tenant, id: AccountId) -> Result<Option<Account>, Error> {
        self.by_id(&super::sql::READ_ACCOUNT, tenant, &id.0, super::rows::account).await
    }

    /// A tenant's accounts.
    pub async fn accounts(
        &self,
        tenant: Tenant,
        page: Page<AccountId>,
    ) -> Result<Vec<Account>, Error> {
        self.newest(&super::sql::READ_ACCOUNTS, tenant, page.bytes(|id| id.0), super::rows::account)
            .await
    }

    /// A buyer's wallets, one per currency that he ever had.
    pub async fn wallets_of(&self, tenant: Tenant, buyer: BuyerId) -> Result<Vec<Account>, Error> {
        let keys = Currency::ALL.map(|currency| AccountKey::wallet(tenant, buyer, currency));
        let mut wallets = self.accounts_by_key(&keys).await?;
        wallets.sort_by_key(|wallet| wallet.key.unit);
        Ok(wallets)
    }

    /// A transfer.
    pub async fn transfer(
        &self,
        tenant: Tenant,
        id: TransferId,
    ) -> Result<Option<Transfer>, Error> {
        self.by_id(&super::sql::READ_TRANSFER, tenant, &id.0, super::rows::transfer).await
    }

    /// A tenant's transfers.
    pub async fn transfers(
        &self,
        tenant: Tenant,
        page: Page<TransferId>,
    ) -> Result<Vec<Transfer>, Error> {
        self.newest(
            &super::sql::READ_TRANSFERS,
            tenant,
            page.bytes(|id| id.0),
            super::rows::transfer,
        )
        .await
    }

    /// A tenant's transfers from an id on and before another, newest first.
    pub async fn transfers_between(
        &self,
        tenant: Tenant,
        (first, before): (Id16, Id16),
        limit: u32,
    ) -> Result<Vec<Transfer>, Error> {
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&first),
            Value::bytes(&before),
            Value::Int(i64::from(limit)),
        ];
        self.many(&super::sql::READ_TRANSFERS_BETWEEN, &params, super::rows::transfer).await
    }

    /// The transfers of one bounded account, along its chain from the newest back. Accounts without a
    /// bound have no chain, so the list is empty for them.
    pub async fn entries(
        &self,
        tenant: Tenant,
        account: AccountId,
        page: Page<TransferId>,
    ) -> Result<Vec<Transfer>, Error> {
        let newest = match page.after {
            None => self.account(tenant, account).await?.and_then(|row| row.last_transfer),
            Some(after) => self.transfer(tenant, after).await?.and_then(|t| previous(&t, account)),
        };
        let Some(newest) = newest else { return Ok(Vec::new()) };
        let params = [
            Value::bytes(&newest.0),
            Value::Int(i64::from(page.limit)),
            Value::bytes(&account.0),
            Value::bytes(tenant.bytes()),
            Value::bytes(tenant.bytes()),
        ];
        self.many(&super::sql::READ_ENTRIES, &params, super::rows::transfer).await
    }

    /// A hold.
    pub async fn hold(&self, tenant: Tenant, id: HoldId) -> Result<Option<Hold>, Error> {
        self.by_id(&super::sql::READ_HOLD, tenant, &id.0, super::rows::hold).await
    }

    /// Those of the accounts that exist, in no order.
    pub(crate) async fn accounts_by_key(&self, keys: &[AccountKey]) -> Result<Vec<Account>, Error> {
        let ids: Vec<AccountId> = keys.iter().map(AccountKey::id).collect();
        let rows: Vec<_> = keys
            .iter()
            .zip(&ids)
            .map(|(key, id)| [Value::bytes(key.tenant.bytes()), Value::bytes(&id.0)])
            .collect();
        let found = self.conn().await?.fetch_rows(&super::sql::READ_ACCOUNTS_BY_ID, rows).await?;
        found.iter().map(super::rows::account).collect()
    }
}

/// The transfer of an account before this one.
fn previous(transfer: &Transfer, account: AccountId) -> Option<TransferId> {
    if transfer.debit == account {
        transfer.debit_previous
    } else if transfer.credit == account {
        transfer.credit_previous
    } else {
        None
    }
}
