//! Stock, imports, their error reports and their staged pieces.

use super::{Page, Reader, sql};
use crate::seam::{Row, Value};
use crate::{Error, rows};
use domain::inventory::{Code, CodeState, Import};
use domain::ledger::{AccountKey, AccountKind};
use kernel::{CodeBatchId, Id16, ImportId, SkuId, Tenant};
use std::collections::HashMap;

impl Reader {
    /// Free pieces of each SKU, in the order asked. A SKU that never had stock has none.
    pub async fn stock(&self, tenant: Tenant, skus: &[SkuId]) -> Result<Vec<(SkuId, i64)>, Error> {
        let keys = skus.iter().map(|sku| AccountKey::pieces(tenant, *sku, AccountKind::Stock));
        let accounts = self.accounts_by_key(&keys.collect::<Vec<_>>()).await?;
        let free: HashMap<_, _> = accounts.iter().map(|a| (a.key.owner, a.free())).collect();
        Ok(skus.iter().map(|sku| (*sku, free.get(&sku.0).copied().unwrap_or(0))).collect())
    }

    /// An import.
    pub async fn import(&self, tenant: Tenant, id: ImportId) -> Result<Option<Import>, Error> {
        self.by_id(&sql::IMPORT, tenant, &id.0, rows::import).await
    }

    /// A tenant's imports.
    pub async fn imports(
        &self,
        tenant: Tenant,
        page: Page<ImportId>,
    ) -> Result<Vec<Import>, Error> {
        self.newest(&sql::IMPORTS, tenant, page.bytes(|id| id.0), rows::import).await
    }

    /// The import that brought a batch.
    pub async fn import_by_batch(
        &self,
        tenant: Tenant,
        batch: CodeBatchId,
    ) -> Result<Option<Import>, Error> {
        self.by_id(&sql::IMPORT_BY_BATCH, tenant, &batch.0, rows::import).await
    }

    /// A tenant's code by its tag.
    pub async fn code_by_tag(&self, tenant: Tenant, tag: &Id16) -> Result<Option<Code>, Error> {
        let found = self.one(&sql::CODE_BY_TAG, &[Value::bytes(tag)], rows::code).await?;
        Ok(found.filter(|code| code.tenant == tenant))
    }

    /// How many codes of a batch are in which state. Looks at every code of the batch's part of its pool.
    pub async fn batch_states(&self, batch: &Import) -> Result<Vec<(CodeState, i64)>, Error> {
        let Some((first, last)) = &batch.span else { return Ok(Vec::new()) };
        let sku = Value::bytes(&batch.sku.0);
        let params = [sku, Value::bytes(first), Value::bytes(last), Value::bytes(&batch.batch.0)];
        self.many(&sql::BATCH_STATES, &params, code_state).await
    }

    /// The error report from the line after `after_line` on, oldest first: line, column, cause.
    pub async fn import_errors(
        &self,
        tenant: Tenant,
        import: ImportId,
        after_line: i64,
        limit: u32,
    ) -> Result<Vec<(i64, String, String)>, Error> {
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&import.0),
            Value::Int(after_line),
            Value::Int(i64::from(limit)),
        ];
        self.many(&sql::IMPORT_ERRORS, &params, import_error).await
    }

    /// A staged piece of an upload, still sealed.
    pub async fn staged_chunk(
        &self,
        tenant: Tenant,
        import: ImportId,
        number: i64,
    ) -> Result<Option<Vec<u8>>, Error> {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&import.0), Value::Int(number)];
        self.one(&sql::STAGED_CHUNK, &key, |row| Ok(row.bytes(0)?.to_vec())).await
    }
}

fn code_state(row: &Row) -> Result<(CodeState, i64), Error> {
    let state = CodeState::from_number(row.int(0)?).ok_or(Error::Corrupt("a code's state"))?;
    Ok((state, row.int(1)?))
}

fn import_error(row: &Row) -> Result<(i64, String, String), Error> {
    Ok((row.int(0)?, row.text(1)?.to_owned(), row.text(2)?.to_owned()))
}
