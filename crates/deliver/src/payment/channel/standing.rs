//! What the standing of a payment at its channel says to the rule.

use connect::pay::Standing;
use domain::payment::Payment;
use domain::payment::account::PaymentAccountId;
use domain::payment::receive::{ReceiveNotice, Said};

/// The command; none while it may still be paid. Nobody scanned it yet is unpaid, never failed.
pub(super) fn command(
    standing: Standing,
    account: PaymentAccountId,
    payment: &Payment,
) -> Option<ReceiveNotice> {
    let (said, number, returned) = match standing {
        Standing::Paid(paid) => (Said::Paid(paid.amount), paid.number, paid.returned),
        Standing::Closed => (Said::Closed, String::new(), false),
        Standing::Failed(_) => (Said::Failed, String::new(), false),
        Standing::NotBegun | Standing::Open => return None,
    };
    Some(ReceiveNotice { number, returned, ..ReceiveNotice::at(account, payment, said) })
}
