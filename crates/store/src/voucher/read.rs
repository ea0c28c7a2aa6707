//! Reads vouchers and redemptions.

use crate::Error;
use crate::insight::Way;
use crate::read::{LAST, Page, Reader};
use crate::seam::Value;
use domain::order::Line;
use domain::voucher::{Redemption, Voucher, VoucherRun};
use kernel::id::first_at;
use kernel::{Id16, RedemptionId, SkuId, StoreId, Tenant, Timestamp, VoucherId, VoucherRunId};
use std::ops::Range;

impl Reader {
    /// A voucher by its id.
    pub async fn voucher(&self, tenant: Tenant, id: VoucherId) -> Result<Option<Voucher>, Error> {
        self.by_id(&super::sql::READ_VOUCHER, tenant, &id.0, super::rows::voucher).await
    }

    /// A voucher by the tag of its code.
    pub async fn voucher_by_tag(
        &self,
        tenant: Tenant,
        tag: &Id16,
    ) -> Result<Option<Voucher>, Error> {
        self.by_id(&super::sql::READ_VOUCHER_BY_TAG, tenant, tag, super::rows::voucher).await
    }

    /// A voucher by the digits of its token; none where that is over, or two vouchers should have it.
    pub async fn voucher_by_digits(
        &self,
        tenant: Tenant,
        digits: u32,
        now: Timestamp,
    ) -> Result<Option<Voucher>, Error> {
        let params = [Value::Int(i64::from(digits)), Value::bytes(tenant.bytes())];
        let found = self.many(&super::sql::READ_TOKENS, &params, super::rows::token).await?;
        let mut alive = found.iter().filter(|(_, token)| now < token.until);
        match (alive.next(), alive.next()) {
            (Some((_, token)), None) => self.voucher(tenant, token.voucher).await,
            _ => Ok(None),
        }
    }

    /// A run by its id.
    pub async fn voucher_run(
        &self,
        tenant: Tenant,
        id: VoucherRunId,
    ) -> Result<Option<VoucherRun>, Error> {
        self.by_id(&super::sql::READ_RUN, tenant, &id.0, super::rows::run).await
    }

    /// A tenant's runs, newest first.
    pub async fn voucher_runs(
        &self,
        tenant: Tenant,
        page: Page<VoucherRunId>,
    ) -> Result<Vec<VoucherRun>, Error> {
        let page = page.bytes(|id| id.0);
        self.newest(&super::sql::READ_RUNS, tenant, page, super::rows::run).await
    }

    /// A tenant's vouchers along their ids.
    pub async fn vouchers(
        &self,
        tenant: Tenant,
        from: (Way, Id16),
        limit: u32,
    ) -> Result<Vec<Voucher>, Error> {
        let statements = [&super::sql::READ_VOUCHERS_DOWN, &super::sql::READ_VOUCHERS_UP];
        self.along_ids(statements, tenant, from, limit, super::rows::voucher).await
    }

    /// These vouchers, in no order.
    pub async fn vouchers_named(
        &self,
        tenant: Tenant,
        ids: &[Id16],
    ) -> Result<Vec<Voucher>, Error> {
        self.named(&super::sql::READ_VOUCHERS_NAMED, tenant, ids, super::rows::voucher).await
    }

    /// The vouchers that lines delivered, in order of delivery.
    pub async fn vouchers_of_lines(
        &self,
        tenant: Tenant,
        lines: &[Line],
    ) -> Result<Vec<Voucher>, Error> {
        let ids: Vec<Id16> = lines.iter().flat_map(|line| &line.vouchers).map(|id| id.0).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.vouchers_named(tenant, &ids).await?;
        let place = |voucher: &Voucher| ids.iter().position(|id| *id == voucher.id.0);
        found.sort_by_key(place);
        Ok(found)
    }

    /// Vouchers of a SKU whose time is over, those that ended first before the others.
    pub async fn due_vouchers(
        &self,
        tenant: Tenant,
        sku: SkuId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Voucher>, Error> {
        let (tenant, sku) = (Value::bytes(tenant.bytes()), Value::bytes(&sku.0));
        let params = [tenant, sku, Value::Int(now.0), Value::Int(i64::from(limit))];
        self.many(&super::sql::READ_DUE_VOUCHERS, &params, super::rows::voucher).await
    }

    /// When the time of the next voucher of a SKU is over.
    pub async fn next_voucher_end(
        &self,
        tenant: Tenant,
        sku: SkuId,
    ) -> Result<Option<Timestamp>, Error> {
        let of = |row: &crate::seam::Row| Ok(Timestamp(row.int(0)?));
        self.by_id(&super::sql::READ_NEXT_END, tenant, &sku.0, of).await
    }

    /// A redemption by its id.
    pub async fn redemption(
        &self,
        tenant: Tenant,
        id: RedemptionId,
    ) -> Result<Option<Redemption>, Error> {
        self.by_id(&super::sql::READ_REDEMPTION, tenant, &id.0, super::rows::redemption).await
    }

    /// These redemptions, in no order.
    pub async fn redemptions_named(
        &self,
        tenant: Tenant,
        ids: &[Id16],
    ) -> Result<Vec<Redemption>, Error> {
        self.named(&super::sql::READ_REDEMPTIONS_NAMED, tenant, ids, super::rows::redemption).await
    }

    /// A tenant's redemptions of a time: all, those of a voucher, or those in a store. Newest first.
    pub async fn redemptions(
        &self,
        tenant: Tenant,
        of: RedemptionsOf,
        during: Range<Timestamp>,
        page: Page<RedemptionId>,
    ) -> Result<Vec<Redemption>, Error> {
        let (from, end) = (first_at(during.start), first_at(during.end));
        let before = page.after.map_or(LAST, |id| id.0).min(end);
        let (statement, key) = match of {
            RedemptionsOf::All => (&super::sql::READ_REDEMPTIONS, None),
            RedemptionsOf::Voucher(id) => (&super::sql::READ_REDEMPTIONS_OF_VOUCHER, Some(id.0)),
            RedemptionsOf::Store(id) => (&super::sql::READ_REDEMPTIONS_OF_STORE, Some(id.0)),
        };
        let mut params = vec![Value::bytes(tenant.bytes())];
        params.extend(key.as_ref().map(|key| Value::bytes(key)));
        params.extend([Value::bytes(&from), Value::bytes(&before)]);
        params.push(Value::Int(i64::from(page.limit)));
        self.many(statement, &params, super::rows::redemption).await
    }
}

/// Which redemptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedemptionsOf {
    /// All of the tenant.
    All,
    /// Those of a voucher.
    Voucher(VoucherId),
    /// Those in a store.
    Store(StoreId),
}
