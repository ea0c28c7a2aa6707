//! Rows as the rules know them, read from the columns that the statements give.
//!
//! Each function documents the columns it expects, in order; the statements in `sql/` select them so.

use crate::Error;
use crate::seam::Row;
use domain::catalog::Product;
use domain::idempotency::{Idempotent, OutcomeKind, OutcomeRef};
use domain::identity::buyer::Buyer;
use domain::identity::{ApiKey, Scope, TenantRow};
use domain::inventory::mark::{Mark, MarkedBatch};
use domain::inventory::{Code, CodeState, Import, ImportState, Pool, Position, code_of};
use domain::ledger::{Account, AccountKey, AccountKind, Hold, HoldState, Reason, Transfer, Unit};
use domain::order::{Channel, Closed, Consent, Line, Order, Visit};
use domain::payment::test_channel::TestNotice;
use domain::payment::{PayMethod, Payment, PaymentState, Receipt};
use domain::refund::{Refund, RefundCause, RefundState};
use domain::shop::ShopStyle;
use domain::work::{Work, WorkKey, WorkKind};
use kernel::{
    AccountId, ApiKeyId, BuyerId, CodeBatchId, Currency, HoldId, ImportId, NoticeId, OrderId,
    PaymentId, ProductId, RefundId, SkuId, Tenant, Timestamp, TransferId, UnitCost,
};

/// A stored number that must be one of an enum's.
fn one_of<T>(number: i64, of: impl Fn(i64) -> Option<T>) -> Result<T, Error> {
    of(number).ok_or(Error::Corrupt("a number that stands for nothing"))
}

fn limit_of(number: i64) -> Option<u32> {
    u32::try_from(number).ok().filter(|limit| *limit > 0)
}

/// A tenant's bytes at a column.
pub fn tenant(row: &Row, at: usize) -> Result<Tenant, Error> {
    Ok(Tenant::from_bytes(row.array(at)?))
}

/// `tenant, name, zone, version, created_at`
pub fn tenant_row(row: &Row) -> Result<TenantRow, Error> {
    Ok(TenantRow {
        tenant: tenant(row, 0)?,
        name: row.text(1)?.to_owned(),
        zone: row.text(2)?.to_owned(),
        version: row.int(3)?,
        created_at: Timestamp(row.int(4)?),
    })
}

/// `data` at a column
pub fn product(row: &Row, at: usize) -> Result<Product, Error> {
    serde_json::from_str(row.text(at)?).map_err(|_| Error::Corrupt("a product"))
}

/// `data` of a shop at a column
pub fn shop(row: &Row, at: usize) -> Result<ShopStyle, Error> {
    serde_json::from_str(row.text(at)?).map_err(|_| Error::Corrupt("a shop"))
}

/// `id, tenant, hash, name, scopes, created_at, revoked_at, requests_per_minute, expires_at`
pub fn api_key(row: &Row) -> Result<ApiKey, Error> {
    let scopes = row.text(4)?.split(' ').map(Scope::parse).collect::<Option<Vec<_>>>();
    Ok(ApiKey {
        id: ApiKeyId(row.array(0)?),
        tenant: tenant(row, 1)?,
        hash: row.array(2)?,
        name: row.text(3)?.to_owned(),
        scopes: scopes.ok_or(Error::Corrupt("a scope"))?,
        created_at: Timestamp(row.int(5)?),
        revoked_at: row.maybe_int(6)?.map(Timestamp),
        requests_per_minute: row.maybe_int(7)?.map(|limit| one_of(limit, limit_of)).transpose()?,
        expires_at: row.maybe_int(8)?.map(Timestamp),
    })
}

/// `kind, tenant, subject, due_at, lease_until, attempts`
pub fn work(row: &Row) -> Result<(WorkKey, Work), Error> {
    let kind = WorkKind::from_number(row.int(0)?).ok_or(Error::Corrupt("a kind of work"))?;
    let key = WorkKey { kind, tenant: tenant(row, 1)?, subject: row.array(2)? };
    let work = Work {
        due_at: Timestamp(row.int(3)?),
        lease_until: Timestamp(row.int(4)?),
        attempts: row.int(5)?,
    };
    Ok((key, work))
}

/// `tenant, tag, id, sealed, created_at`
pub fn buyer(row: &Row) -> Result<Buyer, Error> {
    Ok(Buyer {
        tag: row.array(1)?,
        id: BuyerId(row.array(2)?),
        sealed: row.bytes(3)?.to_vec(),
        created_at: Timestamp(row.int(4)?),
    })
}

/// `tenant, id, owner, kind, unit, balance, held, last_transfer`
pub fn account(row: &Row) -> Result<Account, Error> {
    Ok(Account {
        key: AccountKey {
            tenant: tenant(row, 0)?,
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
        tenant: tenant(row, 0)?,
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
    let tenant = tenant(row, 0)?;
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

/// `sku, position, tenant, batch, tag, sealed, state, order_id, line`
pub fn code(row: &Row) -> Result<Code, Error> {
    let position: Position = row.array(1)?;
    let mut until = [0; 8];
    until.copy_from_slice(&position[..8]);
    let owner = match (row.maybe_array(7)?, row.maybe_int(8)?) {
        (Some(order), Some(line)) => Some((OrderId(order), line as u32)),
        _ => None,
    };
    Ok(Code {
        id: code_of(&position),
        sku: SkuId(row.array(0)?),
        tenant: tenant(row, 2)?,
        batch: CodeBatchId(row.array(3)?),
        tag: row.array(4)?,
        sealed: row.bytes(5)?.to_vec(),
        valid_until: Timestamp(i64::from_be_bytes(until)),
        state: one_of(row.int(6)?, CodeState::from_number)?,
        owner,
    })
}

/// `tenant, sku, low, swept, walled, damaged_row, largest`
pub fn pool(row: &Row) -> Result<Pool, Error> {
    Ok(Pool {
        low: row.array(2)?,
        swept: row.array(3)?,
        walled: row.int(4)?,
        damaged_row: row.int(5)?,
        largest: row.int(6)?,
    })
}

/// `tenant, id, sku, batch, name, supplier, unit_cost, cost_currency, settings, state, chunks, bytes,
/// records, accepted, duplicates, doubts, held, verdict, kept_until, errors, failure, created_at, finished_at, mark,
/// first_position, last_position, mark_from`
pub fn import(row: &Row) -> Result<Import, Error> {
    let unit_cost = match (row.maybe_int(6)?, row.maybe_int(7)?) {
        (Some(amount), Some(currency)) => {
            Some(UnitCost { amount, currency: one_of(currency, Currency::from_number)? })
        }
        _ => None,
    };
    Ok(Import {
        id: ImportId(row.array(1)?),
        sku: SkuId(row.array(2)?),
        batch: CodeBatchId(row.array(3)?),
        name: row.maybe_text(4)?.map(str::to_owned),
        supplier: row.maybe_text(5)?.map(str::to_owned),
        unit_cost,
        settings: serde_json::from_str(row.text(8)?)
            .map_err(|_| Error::Corrupt("an import's settings"))?,
        state: one_of(row.int(9)?, ImportState::from_number)?,
        chunks: row.int(10)?,
        bytes: row.int(11)?,
        records: row.int(12)?,
        accepted: row.int(13)?,
        duplicates: row.int(14)?,
        doubts: row.int(15)?,
        held: row.int(16)?,
        verdict: row
            .maybe_text(17)?
            .map(|json| serde_json::from_str(json).map_err(|_| Error::Corrupt("a verdict")))
            .transpose()?,
        kept_until: row.maybe_int(18)?.map(Timestamp),
        errors: row.int(19)?,
        failure: row.maybe_text(20)?.map(str::to_owned),
        created_at: Timestamp(row.int(21)?),
        finished_at: row.maybe_int(22)?.map(Timestamp),
        mark: one_of(row.int(23)?, Mark::from_number)?,
        span: row.maybe_array(24)?.zip(row.maybe_array(25)?),
        mark_from: row.maybe_array(26)?,
        relocation: row
            .maybe_text(27)?
            .map(|json| serde_json::from_str(json).map_err(|_| Error::Corrupt("a relocation")))
            .transpose()?,
        relocation_failed: row.maybe_text(28)?.map(str::to_owned),
    })
}

/// `batch, mark, mark_from, last_position`
pub fn marked_batch(row: &Row) -> Result<MarkedBatch, Error> {
    Ok(MarkedBatch {
        batch: CodeBatchId(row.array(0)?),
        mark: one_of(row.int(1)?, Mark::from_number)?,
        rest: row.maybe_array(2)?.zip(row.maybe_array(3)?),
    })
}

/// `tenant, id, buyer, channel, external_id, currency, total, paid, refunded, created_at, expires_at, closed,
/// payment, link, visit, consent, consent_at`
pub fn order(row: &Row) -> Result<Order, Error> {
    Ok(Order {
        tenant: tenant(row, 0)?,
        id: OrderId(row.array(1)?),
        buyer: BuyerId(row.array(2)?),
        channel: one_of(row.int(3)?, Channel::from_number)?,
        external_id: row.maybe_text(4)?.map(str::to_owned),
        currency: one_of(row.int(5)?, Currency::from_number)?,
        total: row.int(6)?,
        paid: row.int(7)?,
        refunded: row.int(8)?,
        created_at: Timestamp(row.int(9)?),
        expires_at: row.maybe_int(10)?.map(Timestamp),
        closed: row.maybe_int(11)?.map(|n| one_of(n, Closed::from_number)).transpose()?,
        payment: row.maybe_array(12)?.map(PaymentId),
        link: row.maybe_array(13)?,
        visit: row.maybe_bytes(14)?.map(visit).transpose()?,
        consent: consent(row.maybe_text(15)?, row.maybe_int(16)?)?,
    })
}

/// Text and time come together.
fn consent(version: Option<&str>, at: Option<i64>) -> Result<Option<Consent>, Error> {
    match (version, at) {
        (Some(version), Some(at)) => {
            Ok(Some(Consent { version: version.to_owned(), at: Timestamp(at) }))
        }
        (None, None) => Ok(None),
        _ => Err(Error::Corrupt("half a consent")),
    }
}

/// Two or three tags, one after the other.
fn visit(tags: &[u8]) -> Result<Visit, Error> {
    match tags.as_chunks::<16>() {
        ([address, device], []) => Ok(Visit { address: *address, device: *device, person: None }),
        ([address, device, person], []) => {
            Ok(Visit { address: *address, device: *device, person: Some(*person) })
        }
        _ => Err(Error::Corrupt("a visit")),
    }
}

/// `tenant, id, order_id, method, currency, amount, state, channel_number, created_at, ended_at`
pub fn payment(row: &Row) -> Result<Payment, Error> {
    Ok(Payment {
        tenant: tenant(row, 0)?,
        id: PaymentId(row.array(1)?),
        order: OrderId(row.array(2)?),
        method: one_of(row.int(3)?, PayMethod::from_number)?,
        currency: one_of(row.int(4)?, Currency::from_number)?,
        amount: row.int(5)?,
        state: one_of(row.int(6)?, PaymentState::from_number)?,
        channel_number: row.maybe_text(7)?.map(str::to_owned),
        created_at: Timestamp(row.int(8)?),
        ended_at: row.maybe_int(9)?.map(Timestamp),
    })
}

/// `tenant, method, number, payment, order_id, currency, amount, applied, at`
pub fn receipt(row: &Row) -> Result<Receipt, Error> {
    Ok(Receipt {
        method: one_of(row.int(1)?, PayMethod::from_number)?,
        number: row.text(2)?.to_owned(),
        payment: PaymentId(row.array(3)?),
        order: OrderId(row.array(4)?),
        currency: one_of(row.int(5)?, Currency::from_number)?,
        amount: row.int(6)?,
        applied: row.int(7)?,
        at: Timestamp(row.int(8)?),
    })
}

/// `tenant, id, order_id, payment, receipt, method, currency, amount, loss, cause, reason, overridden, state,
/// lines, created_at, ended_at`
pub fn refund(row: &Row) -> Result<Refund, Error> {
    Ok(Refund {
        tenant: tenant(row, 0)?,
        id: RefundId(row.array(1)?),
        order: OrderId(row.array(2)?),
        payment: row.maybe_array(3)?.map(PaymentId),
        receipt: row.maybe_text(4)?.map(str::to_owned),
        method: one_of(row.int(5)?, PayMethod::from_number)?,
        currency: one_of(row.int(6)?, Currency::from_number)?,
        amount: row.int(7)?,
        loss: row.int(8)?,
        cause: one_of(row.int(9)?, RefundCause::from_number)?,
        reason: row.maybe_text(10)?.map(str::to_owned),
        overridden: row.int(11)? != 0,
        state: one_of(row.int(12)?, RefundState::from_number)?,
        lines: serde_json::from_str(row.text(13)?)
            .map_err(|_| Error::Corrupt("a refund's lines"))?,
        created_at: Timestamp(row.int(14)?),
        ended_at: row.maybe_int(15)?.map(Timestamp),
    })
}

/// `tenant, id, payment, order_id, currency, amount, at`
pub fn test_notice(row: &Row) -> Result<TestNotice, Error> {
    Ok(TestNotice {
        tenant: tenant(row, 0)?,
        id: NoticeId(row.array(1)?),
        payment: PaymentId(row.array(2)?),
        order: OrderId(row.array(3)?),
        currency: one_of(row.int(4)?, Currency::from_number)?,
        amount: row.maybe_int(5)?,
        at: Timestamp(row.int(6)?),
    })
}

/// `tenant, order_id, line, sku, product, product_version, quantity, unit_price, delivered, refunded, hold,
/// codes`
pub fn line(row: &Row) -> Result<Line, Error> {
    Ok(Line {
        number: row.int(2)? as u32,
        sku: SkuId(row.array(3)?),
        product: ProductId(row.array(4)?),
        product_version: row.int(5)?,
        quantity: row.int(6)? as u32,
        unit_price: row.int(7)?,
        delivered: row.int(8)? as u32,
        refunded: row.int(9)? as u32,
        hold: row.maybe_array(10)?.map(HoldId),
        codes: positions(row.bytes(11)?)?,
    })
}

/// The positions of a line's codes, one after another.
pub fn positions(bytes: &[u8]) -> Result<Vec<Position>, Error> {
    let (whole, rest) = bytes.as_chunks();
    if rest.is_empty() { Ok(whole.to_vec()) } else { Err(Error::Corrupt("a line's codes")) }
}

/// `key, fingerprint, kind, subject, version`
pub fn idempotent(row: &Row) -> Result<Idempotent, Error> {
    Ok(Idempotent {
        fingerprint: row.array(1)?,
        outcome: OutcomeRef {
            kind: one_of(row.int(2)?, OutcomeKind::from_number)?,
            subject: row.array(3)?,
            version: row.int(4)?,
        },
    })
}
