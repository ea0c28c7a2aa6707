//! Loads payments and receipts.

use crate::load::asks::Asks;
use crate::seam::Value;
use domain::payment::ReceiptKey;
use domain::{Needs, World};

/// Payments.
pub(crate) fn payments<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.payment.payments.iter().filter(|key| !world.payment.payments.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_PAYMENTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.payment.payments.loaded(**key, None));
        for row in &found {
            let payment = super::rows::payment(row)?;
            world.payment.payments.loaded(payment.key(), Some(payment));
        }
        Ok(())
    });
}

/// What payments through channels of others have beside their rows.
pub(crate) fn channels<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.payment.channels.iter().filter(|key| !world.payment.channels.knows(key)).collect();
    let keys =
        wanted.iter().map(|(t, id)| [Value::bytes(t.bytes()), Value::bytes(&id.0)]).collect();
    asks.rows(&super::sql::LOAD_CHANNEL_PAYMENTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.payment.channels.loaded(**key, None));
        for row in &found {
            let found = super::rows::channel_payment(row)?;
            world.payment.channels.loaded((found.tenant, found.payment), Some(found));
        }
        Ok(())
    });
}

/// Receipts. They are written once; one that another node adds meanwhile makes the insert fall short.
pub(crate) fn receipts<'n>(needs: &'n Needs, world: &World, asks: &mut Asks<'n>) {
    let wanted: Vec<_> =
        needs.payment.receipts.iter().filter(|key| !world.payment.receipts.knows(key)).collect();
    let keys = wanted
        .iter()
        .map(|key| {
            let tenant = Value::bytes(key.tenant.bytes());
            [tenant, Value::Int(key.method as i64), Value::text(&key.number)]
        })
        .collect();
    asks.rows(&super::sql::LOAD_RECEIPTS, keys, move |world, found| {
        wanted.iter().for_each(|key| world.payment.receipts.loaded((*key).clone(), None));
        for row in &found {
            let (tenant, receipt) = (row.tenant(0)?, super::rows::receipt(row)?);
            let (method, number) = (receipt.method, receipt.number.clone());
            world.payment.receipts.loaded(ReceiptKey { tenant, method, number }, Some(receipt));
        }
        Ok(())
    });
}
