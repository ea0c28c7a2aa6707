//! Reads codes, pools and imports.

use crate::Error;
use crate::read::{Page, Reader};
use crate::seam::{Row, Value};
use domain::inventory::identity::{Doubt, LookupTag};
use domain::inventory::plan::ImportPlan;
use domain::inventory::rows::RowKind;
use domain::inventory::{Code, CodePlace, CodeState, Import, Position, position, position_after};
use domain::ledger::{AccountKey, AccountKind};
use kernel::{CodeBatchId, CodeId, FOREVER, Id16, ImportId, SkuId, Tenant, Timestamp};
use std::collections::{BTreeMap, HashMap};

/// When the codes of a pool expire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiries {
    /// Last moments, soonest first, each with how many codes can be sold until then.
    pub dated: Vec<(Timestamp, i64)>,
    /// Whether all dated codes were looked at.
    pub is_whole: bool,
    /// Pieces in stock, with a date and without.
    pub stock: i64,
}

impl Reader {
    /// Free pieces of each SKU, in the order asked. A SKU that never had stock has none.
    pub async fn stock(&self, tenant: Tenant, skus: &[SkuId]) -> Result<Vec<(SkuId, i64)>, Error> {
        let keys = skus.iter().map(|sku| AccountKey::pieces(tenant, *sku, AccountKind::Stock));
        let accounts = self.accounts_by_key(&keys.collect::<Vec<_>>()).await?;
        let free: HashMap<_, _> = accounts.iter().map(|a| (a.key.owner, a.free())).collect();
        Ok(skus.iter().map(|sku| (*sku, free.get(&sku.0).copied().unwrap_or(0))).collect())
    }

    /// The dated codes of a pool that can be sold, by their last moments, soonest first: as many codes are looked at as `most`
    /// says. With it, all pieces in stock.
    pub async fn expiries(&self, tenant: Tenant, sku: SkuId, most: u32) -> Result<Expiries, Error> {
        let undated = position(FOREVER, CodeId([0; 16]));
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&sku.0),
            Value::bytes(&undated),
            Value::Int(i64::from(most)),
        ];
        let stock = AccountKey::pieces(tenant, sku, AccountKind::Stock).id();
        let account = [Value::bytes(tenant.bytes()), Value::bytes(&stock.0)];
        let mut conn = self.conn().await?;
        let found = conn.fetch(&super::sql::READ_EXPIRIES, &params).await?;
        let stock = conn.fetch(&crate::ledger::sql::READ_ACCOUNT, &account).await?;
        let stock = stock.first().map(crate::ledger::rows::account).transpose()?;
        let mut expiries = Expiries {
            dated: Vec::new(),
            is_whole: true,
            stock: stock.map_or(0, |account| account.balance),
        };
        let mut looked_at = 0;
        for row in &found {
            let until = Timestamp(i64::from_be_bytes(row.array(0)?));
            expiries.dated.push((until, row.int(1)?));
            looked_at += row.int(2)?;
        }
        expiries.is_whole = looked_at < i64::from(most);
        Ok(expiries)
    }

    /// An import.
    pub async fn import(&self, tenant: Tenant, id: ImportId) -> Result<Option<Import>, Error> {
        self.by_id(&super::sql::READ_IMPORT, tenant, &id.0, super::rows::import).await
    }

    /// A tenant's imports.
    pub async fn imports(
        &self,
        tenant: Tenant,
        page: Page<ImportId>,
    ) -> Result<Vec<Import>, Error> {
        self.newest(&super::sql::READ_IMPORTS, tenant, page.bytes(|id| id.0), super::rows::import)
            .await
    }

    /// The import that brought a batch.
    pub async fn import_by_batch(
        &self,
        tenant: Tenant,
        batch: CodeBatchId,
    ) -> Result<Option<Import>, Error> {
        self.by_id(&super::sql::READ_IMPORT_BY_BATCH, tenant, &batch.0, super::rows::import).await
    }

    /// The code from before records of fields that still has a tag of then.
    pub async fn code_by_tag_before(
        &self,
        tenant: Tenant,
        tag: &Id16,
    ) -> Result<Option<Code>, Error> {
        self.by_id(&super::sql::READ_CODE_BY_TAG_BEFORE, tenant, tag, super::rows::code).await
    }

    /// A code by its id.
    pub async fn code_by_id(&self, tenant: Tenant, id: CodeId) -> Result<Option<Code>, Error> {
        self.by_id(&super::sql::READ_CODE_BY_ID, tenant, &id.0, super::rows::code).await
    }

    /// These codes, in no order.
    pub async fn codes_named(&self, tenant: Tenant, ids: &[Id16]) -> Result<Vec<Code>, Error> {
        self.named(&super::sql::LOAD_CODES_BY_ID, tenant, ids, super::rows::code).await
    }

    /// Codes with a claim that begins with a lookup tag, or a lookup of their own, each as many as `limit`.
    pub async fn codes_by_lookup(
        &self,
        tenant: Tenant,
        tag: &LookupTag,
        limit: u32,
    ) -> Result<Vec<Code>, Error> {
        let (mut least, mut most) = ([0; 24], [0xff; 24]);
        least[..8].copy_from_slice(tag);
        most[..8].copy_from_slice(tag);
        let limit = Value::Int(i64::from(limit));
        let tenant = Value::bytes(tenant.bytes());
        let claims = [tenant.clone(), Value::bytes(&least), Value::bytes(&most), limit.clone()];
        let mut found =
            self.many(&super::sql::READ_CODES_BY_CLAIM, &claims, super::rows::code).await?;
        let lookups = [tenant, Value::bytes(tag), limit];
        found.extend(
            self.many(&super::sql::READ_CODES_BY_LOOKUP, &lookups, super::rows::code).await?,
        );
        Ok(found)
    }

    /// The codes of the same book after a place, by place.
    pub async fn codes_after(
        &self,
        (tenant, sku, position): &CodePlace,
        limit: u32,
    ) -> Result<Vec<Code>, Error> {
        let (tenant, sku) = (Value::bytes(tenant.bytes()), Value::bytes(&sku.0));
        let params = [tenant, sku, Value::bytes(position), Value::Int(i64::from(limit))];
        self.many(&super::sql::READ_CODES_AFTER, &params, super::rows::code).await
    }

    /// Doubts of an import that nobody decided, after a place, each with its line.
    pub async fn doubtful_codes(
        &self,
        tenant: Tenant,
        import: &Import,
        after: &Position,
        limit: u32,
    ) -> Result<Vec<(Code, i64)>, Error> {
        let Some((_, last)) = &import.span else { return Ok(Vec::new()) };
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&import.sku.0),
            Value::bytes(after),
            Value::bytes(last),
            Value::bytes(&import.batch.0),
            Value::Int(i64::from(limit)),
        ];
        let read = |row: &Row| Ok((super::rows::code(row)?, row.maybe_int(9)?.unwrap_or(0)));
        self.many(&super::sql::READ_DOUBTFUL_CODES, &params, read).await
    }

    /// The codes of a batch that can be sold and are good after a time.
    pub async fn unsold_codes(
        &self,
        tenant: Tenant,
        import: &Import,
        after: Timestamp,
        limit: u32,
    ) -> Result<Vec<Code>, Error> {
        let Some((first, last)) = &import.span else { return Ok(Vec::new()) };
        let first = *first.max(&position_after(after));
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&import.sku.0),
            Value::bytes(&first),
            Value::bytes(last),
            Value::bytes(&import.batch.0),
            Value::Int(i64::from(limit)),
        ];
        self.many(&super::sql::READ_UNSOLD_CODES, &params, super::rows::code).await
    }

    /// What an import's file was found to be.
    pub async fn import_plan(
        &self,
        tenant: Tenant,
        import: ImportId,
    ) -> Result<Option<ImportPlan>, Error> {
        self.by_id(&super::sql::READ_IMPORT_PLAN, tenant, &import.0, |row| {
            Ok(ImportPlan {
                tenant: row.tenant(0)?,
                import: ImportId(row.array(1)?),
                inspection: row.maybe_text(2)?.map(str::to_owned),
                plan: row.maybe_text(3)?.map(str::to_owned),
            })
        })
        .await
    }

    /// Listed rows of a kind from the line after `after_line` on, by line.
    pub async fn import_rows(
        &self,
        tenant: Tenant,
        import: ImportId,
        kind: RowKind,
        after_line: i64,
        limit: u32,
    ) -> Result<Vec<ListedRow>, Error> {
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&import.0),
            Value::Int(kind as i64),
            Value::Int(after_line),
            Value::Int(i64::from(limit)),
        ];
        self.many(&super::sql::READ_IMPORT_ROWS, &params, listed_row).await
    }

    /// How many codes of a batch are in which state. Looks at every code of the batch's part of its pool; one that is on
    /// its way lies in two parts.
    pub async fn batch_states(
        &self,
        tenant: Tenant,
        batch: &Import,
    ) -> Result<Vec<(CodeState, i64)>, Error> {
        let arrived = batch.relocation.and_then(|way| Some((way.to, way.arrived?)));
        let parts = match (batch.span, arrived) {
            (Some(span), Some((to, arrived))) if to == batch.sku => {
                vec![(to, (span.0.min(arrived.0), span.1.max(arrived.1)))]
            }
            (span, arrived) => {
                span.map(|span| (batch.sku, span)).into_iter().chain(arrived).collect()
            }
        };
        let mut states = BTreeMap::<CodeState, i64>::new();
        for (sku, (first, last)) in &parts {
            let params = [
                Value::bytes(tenant.bytes()),
                Value::bytes(&sku.0),
                Value::bytes(first),
                Value::bytes(last),
                Value::bytes(&batch.batch.0),
            ];
            for (state, count) in
                self.many(&super::sql::READ_BATCH_STATES, &params, code_state).await?
            {
                *states.entry(state).or_default() += count;
            }
        }
        Ok(states.into_iter().collect())
    }

    /// Whether somebody has a code of a batch, or had it.
    pub async fn is_batch_seen(&self, tenant: Tenant, batch: &Import) -> Result<bool, Error> {
        let Some((first, last)) = &batch.span else { return Ok(false) };
        let params = [
            Value::bytes(tenant.bytes()),
            Value::bytes(&batch.sku.0),
            Value::bytes(first),
            Value::bytes(last),
            Value::bytes(&batch.batch.0),
        ];
        Ok(!self
            .many(&super::sql::READ_BATCH_SEEN, &params, |row| row.array::<24>(0))
            .await?
            .is_empty())
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
        self.many(&super::sql::READ_IMPORT_ERRORS, &params, import_error).await
    }

    /// A staged piece of an upload, still sealed.
    pub async fn staged_chunk(
        &self,
        tenant: Tenant,
        import: ImportId,
        number: i64,
    ) -> Result<Option<Vec<u8>>, Error> {
        let key = [Value::bytes(tenant.bytes()), Value::bytes(&import.0), Value::Int(number)];
        self.one(&super::sql::READ_STAGED_CHUNK, &key, |row| Ok(row.bytes(0)?.to_vec())).await
    }
}

/// A row that an import lists.
#[derive(Debug, Clone)]
pub struct ListedRow {
    /// Its line.
    pub line: i64,
    /// Why it is doubted.
    pub doubt: Option<Doubt>,
    /// The code that was there first.
    pub first: CodeId,
    /// The import that brought that one.
    pub first_import: Option<ImportId>,
    /// Its line there; codes from before records of fields have none.
    pub first_line: Option<i64>,
    /// What became of it.
    pub first_state: Option<CodeState>,
    /// The row's own code, if it was kept, and its state.
    pub own: Option<(CodeId, CodeState)>,
}

fn listed_row(row: &Row) -> Result<ListedRow, Error> {
    let state = |at| -> Result<Option<CodeState>, Error> {
        let number = row.maybe_int(at)?;
        let state = number.map(|n| CodeState::from_number(n).ok_or(Error::Corrupt("a state")));
        state.transpose()
    };
    let doubt = row.maybe_int(1)?;
    let doubt = doubt.map(|n| Doubt::from_number(n).ok_or(Error::Corrupt("a doubt")));
    Ok(ListedRow {
        line: row.int(0)?,
        doubt: doubt.transpose()?,
        first: CodeId(row.array(2)?),
        first_import: row.maybe_array(3)?.map(ImportId),
        first_line: row.maybe_int(4)?,
        first_state: state(5)?,
        own: row.maybe_array(6)?.map(CodeId).zip(state(7)?),
    })
}

fn code_state(row: &Row) -> Result<(CodeState, i64), Error> {
    let state = CodeState::from_number(row.int(0)?).ok_or(Error::Corrupt("a code's state"))?;
    Ok((state, row.int(1)?))
}

fn import_error(row: &Row) -> Result<(i64, String, String), Error> {
    Ok((row.int(0)?, row.text(1)?.to_owned(), row.text(2)?.to_owned()))
}
