//! Payments and refunds under their locks, and what came in before.

use crate::seam::{Conn, Value};
use crate::{Error, rows, sql};
use domain::payment::ReceiptKey;
use domain::{Needs, World};

/// Payments.
pub(super) async fn load_payments(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let wanted: Vec<_> = needs.payments.iter().filter(|key| !world.payments.knows(key)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    let found = conn.fetch_rows(&sql::LOAD_PAYMENTS, &keys).await?;
    wanted.iter().for_each(|key| world.payments.loaded(**key, None));
    for row in &found {
        let payment = rows::payment(row)?;
        world.payments.loaded(payment.key(), Some(payment));
    }
    Ok(())
}

/// Receipts. They are written once; one that another node adds meanwhile makes the insert fall short.
pub(super) async fn load_receipts(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let wanted: Vec<_> = needs.receipts.iter().filter(|key| !world.receipts.knows(key)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> = wanted
        .iter()
        .map(|key| {
            let tenant = Value::bytes(key.tenant.bytes());
            [tenant, Value::Int(key.method as i64), Value::text(&key.number)]
        })
        .collect();
    let found = conn.fetch_rows(&sql::LOAD_RECEIPTS, &keys).await?;
    wanted.iter().for_each(|key| world.receipts.loaded((*key).clone(), None));
    for row in &found {
        let (tenant, receipt) = (rows::tenant(row, 0)?, rows::receipt(row)?);
        let (method, number) = (receipt.method, receipt.number.clone());
        world.receipts.loaded(ReceiptKey { tenant, method, number }, Some(receipt));
    }
    Ok(())
}

/// Refunds.
pub(super) async fn load_refunds(
    conn: &mut Conn,
    needs: &Needs,
    world: &mut World,
) -> Result<(), Error> {
    let wanted: Vec<_> = needs.refunds.iter().filter(|key| !world.refunds.knows(key)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let keys: Vec<_> =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    let found = conn.fetch_rows(&sql::LOAD_REFUNDS, &keys).await?;
    wanted.iter().for_each(|key| world.refunds.loaded(**key, None));
    for row in &found {
        let refund = rows::refund(row)?;
        world.refunds.loaded(refund.key(), Some(refund));
    }
    Ok(())
}
