//! Folding the journal gives the rows: accounts, orders with their lines, vouchers, redemptions, what buyers share, payments, refunds, holds, imports,
//! products, resources in all versions, first reveals of codes.
//!
//! The journals are read once, each in order. Orders are many, so only a digest of each is kept; the tables are
//! then walked in the order of their keys and compared. Both directions count: what the journal tells and
//! the store lacks, and what the store has and no fact tells.

mod compare;
mod digests;
mod orders;
mod resources;

use super::Check;
use super::finding::{Finding, written};
use crate::Error;
use crate::seam::{Conn, Row, Value};
use compare::{compare, compare_by};
use domain::Fact;
use domain::fold::Folded;
use kernel::{ContentId, PaymentId, RedemptionId, RefundId, Tenant, Timestamp, VoucherId};
use std::collections::HashMap;

/// Facts that are read at once.
const FACTS: i64 = 2000;

/// What is many is kept as digests: an order, a payment and a refund are told of as they are afterwards.
#[derive(Default)]
struct JournalDigests {
    orders: orders::Digests,
    payments: HashMap<(Tenant, PaymentId), u64>,
    channel_payments: HashMap<(Tenant, PaymentId), u64>,
    refunds: HashMap<(Tenant, RefundId), u64>,
    vouchers: HashMap<(Tenant, VoucherId), u64>,
    redemptions: HashMap<(Tenant, RedemptionId), u64>,
    contents: HashMap<(Tenant, ContentId), u64>,
    resources: resources::Digests,
}

/// Runs the check.
pub(super) async fn check(conn: &mut Conn) -> Result<Check, Error> {
    let mut finding = Finding::new("journal_folds");
    let (folded, told) = fold(conn, &mut finding).await?;
    orders::compare(conn, told.orders, &mut finding).await?;
    resources::compare(conn, told.resources, &mut finding).await?;
    let payments = told.payments.into_iter().collect();
    compare(
        conn,
        &crate::payment::sql::VERIFY_PAYMENTS_PAGE,
        payments,
        digests::payment,
        &mut finding,
    )
    .await?;
    let channels = told.channel_payments.into_iter().collect();
    compare(
        conn,
        &crate::payment::sql::VERIFY_CHANNEL_PAYMENTS_PAGE,
        channels,
        digests::channel_payment,
        &mut finding,
    )
    .await?;
    let refunds = told.refunds.into_iter().collect();
    compare(conn, &crate::refund::sql::VERIFY_REFUNDS_PAGE, refunds, digests::refund, &mut finding)
        .await?;
    let vouchers = told.vouchers.into_iter().collect();
    compare(
        conn,
        &crate::voucher::sql::VERIFY_VOUCHERS_PAGE,
        vouchers,
        digests::voucher,
        &mut finding,
    )
    .await?;
    let redemptions = told.redemptions.into_iter().collect();
    compare(
        conn,
        &crate::voucher::sql::VERIFY_REDEMPTIONS_PAGE,
        redemptions,
        digests::redemption,
        &mut finding,
    )
    .await?;
    contents(conn, told.contents, &mut finding).await?;
    compare(
        conn,
        &crate::ledger::sql::VERIFY_ACCOUNTS_PAGE,
        folded.accounts,
        compare::account,
        &mut finding,
    )
    .await?;
    let holds = folded
        .holds
        .into_iter()
        .map(|(key, (amount, posted, state))| (key, (amount, posted, state as i64)));
    compare(
        conn,
        &crate::ledger::sql::VERIFY_HOLDS_PAGE,
        holds.collect(),
        compare::hold,
        &mut finding,
    )
    .await?;
    compare(
        conn,
        &crate::inventory::sql::VERIFY_IMPORTS_PAGE,
        folded.imports,
        compare::import,
        &mut finding,
    )
    .await?;
    compare(
        conn,
        &crate::catalog::sql::VERIFY_PRODUCTS_PAGE,
        folded.products,
        compare::product,
        &mut finding,
    )
    .await?;
    let (look, agree) = (compare::look, compare::not_before);
    compare_by(
        conn,
        &crate::order::sql::VERIFY_LOOKS_PAGE,
        folded.first_reveals,
        look,
        agree,
        &mut finding,
    )
    .await?;
    Ok(finding.done())
}

/// Versions of what buyers share.
async fn contents(
    conn: &mut Conn,
    told: HashMap<(Tenant, ContentId), u64>,
    finding: &mut Finding,
) -> Result<(), Error> {
    let (table, told) = (&crate::content::sql::VERIFY_CONTENTS_PAGE, told.into_iter().collect());
    compare(conn, table, told, digests::content, finding).await
}

/// Reads the journals of all books, one after the other.
async fn fold(conn: &mut Conn, finding: &mut Finding) -> Result<(Folded, JournalDigests), Error> {
    let (mut folded, mut told) = (Folded::default(), JournalDigests::default());
    let mut after = (Tenant::from_bytes([0; 16]), i64::MIN);
    loop {
        let from = [Value::copy(after.0.bytes()), Value::Int(after.1), Value::Int(FACTS)];
        let found = conn.fetch(&crate::journal::sql::VERIFY_JOURNAL_PAGE, &from).await?;
        let Some(last) = found.last() else {
            told.resources.brought_over(&folded)?;
            return Ok((folded, told));
        };
        after = (last.tenant(0)?, last.int(1)?);
        finding.saw(found.len() as u64);
        for row in &found {
            let Ok((tenant, at, fact)) = fact(row) else {
                let (book, seq) = (written("book", row.bytes(0)?), row.int(1)?);
                finding.wrong("a fact cannot be read", || format!("{book} {seq}"));
                continue;
            };
            folded.apply(tenant, at, fact);
            orders::take(&mut folded, &mut told.orders)?;
            told.resources.take(&mut folded)?;
            digests::take(&mut folded.payments, &mut told.payments)?;
            digests::take(&mut folded.channel_payments, &mut told.channel_payments)?;
            digests::take(&mut folded.refunds, &mut told.refunds)?;
            digests::take(&mut folded.vouchers, &mut told.vouchers)?;
            digests::take(&mut folded.redemptions, &mut told.redemptions)?;
            digests::take(&mut folded.contents, &mut told.contents)?;
        }
    }
}

/// `tenant, seq, kind, v, data, at`
fn fact(row: &Row) -> Result<(Tenant, Timestamp, Fact), Error> {
    let fact = Fact::read(row.text(2)?, row.int(3)?, row.text(4)?);
    let fact = fact.map_err(|_| Error::Corrupt("a fact"))?;
    Ok((row.tenant(0)?, Timestamp(row.int(5)?), fact))
}
