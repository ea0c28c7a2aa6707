//! Payments and refunds under their locks, and what came in before.

use super::asks::Asks;
use crate::seam::Value;
use crate::{rows, sql};
use domain::payment::ReceiptKey;
use domain::{Needs, World};

/// Payments.
pub(super) fn payments<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs.payments.iter().filter(|key| !world.payments.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&sql::LOAD_PAYMENTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.payments.loaded(**key, None));
        for row in &found {
            let payment = rows::payment(row)?;
            world.payments.loaded(payment.key(), Some(payment));
        }
        Ok(())
    });
}

/// Receipts. They are written once; one that another node adds meanwhile makes the insert fall short.
pub(super) fn receipts<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs.receipts.iter().filter(|key| !world.receipts.knows(key)).collect();
    let keys = wanted
        .iter()
        .map(|key| {
            let tenant = Value::bytes(key.tenant.bytes());
            [tenant, Value::Int(key.method as i64), Value::text(&key.number)]
        })
        .collect();
    asks.rows(&sql::LOAD_RECEIPTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.receipts.loaded((*key).clone(), None));
        for row in &found {
            let (tenant, receipt) = (rows::tenant(row, 0)?, rows::receipt(row)?);
            let (method, number) = (receipt.method, receipt.number.clone());
            world.receipts.loaded(ReceiptKey { tenant, method, number }, Some(receipt));
        }
        Ok(())
    });
}

/// Refunds.
pub(super) fn refunds<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> = needs.refunds.iter().filter(|key| !world.refunds.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&sql::LOAD_REFUNDS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.refunds.loaded(**key, None));
        for row in &found {
            let refund = rows::refund(row)?;
            world.refunds.loaded(refund.key(), Some(refund));
        }
        Ok(())
    });
}
