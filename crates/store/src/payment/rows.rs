//! Rows of payments and receipts, as the rules know them.

use crate::Error;
use crate::rows::one_of;
use crate::seam::Row;
use domain::payment::account::PaymentAccountId;
use domain::payment::channel::ChannelPayment;
use domain::payment::test_channel::TestNotice;
use domain::payment::{Goal, PayMethod, Payment, PaymentState, Receipt, order_of};
use kernel::{BuyerId, Currency, NoticeId, OrderId, PaymentId, Timestamp};

/// `tenant, id, order_id, method, currency, amount, state, channel_number, created_at, ended_at, wallet`
pub fn payment(row: &Row) -> Result<Payment, Error> {
    let goal = match row.maybe_array(10)? {
        Some(buyer) => Goal::Wallet(BuyerId(buyer)),
        None => Goal::Order(OrderId(row.array(2)?)),
    };
    Ok(Payment {
        tenant: row.tenant(0)?,
        id: PaymentId(row.array(1)?),
        goal,
        method: one_of(row.int(3)?, PayMethod::from_number)?,
        currency: one_of(row.int(4)?, Currency::from_number)?,
        amount: row.int(5)?,
        state: one_of(row.int(6)?, PaymentState::from_number)?,
        channel_number: row.maybe_text(7)?.map(str::to_owned),
        created_at: Timestamp(row.int(8)?),
        ended_at: row.maybe_int(9)?.map(Timestamp),
    })
}

/// `tenant, payment, account, fee_rate, closes_at, offer, reference`
pub fn channel_payment(row: &Row) -> Result<ChannelPayment, Error> {
    Ok(ChannelPayment {
        tenant: row.tenant(0)?,
        payment: PaymentId(row.array(1)?),
        account: PaymentAccountId::new(row.array(2)?),
        fee_rate: u32::try_from(row.int(3)?).map_err(|_| Error::Corrupt("a fee rate"))?,
        closes_at: Timestamp(row.int(4)?),
        offer: row.maybe_text(5)?.map(str::to_owned),
        reference: row.maybe_text(6)?.map(str::to_owned),
    })
}

/// `tenant, method, number, payment, order_id, currency, amount, applied, at`
pub fn receipt(row: &Row) -> Result<Receipt, Error> {
    let payment = PaymentId(row.array(3)?);
    Ok(Receipt {
        method: one_of(row.int(1)?, PayMethod::from_number)?,
        number: row.text(2)?.to_owned(),
        payment,
        order: order_of(OrderId(row.array(4)?), payment),
        currency: one_of(row.int(5)?, Currency::from_number)?,
        amount: row.int(6)?,
        applied: row.int(7)?,
        at: Timestamp(row.int(8)?),
    })
}

/// `tenant, id, payment, order_id, currency, amount, at`
pub fn test_notice(row: &Row) -> Result<TestNotice, Error> {
    let payment = PaymentId(row.array(2)?);
    Ok(TestNotice {
        tenant: row.tenant(0)?,
        id: NoticeId(row.array(1)?),
        payment,
        order: order_of(OrderId(row.array(3)?), payment),
        currency: one_of(row.int(4)?, Currency::from_number)?,
        amount: row.maybe_int(5)?,
        at: Timestamp(row.int(6)?),
    })
}
