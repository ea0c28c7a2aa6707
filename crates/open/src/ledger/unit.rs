//! How ledger amounts are written where they are not money of a buyer: in the major unit with four
//! digits, or in pieces of a SKU.

use domain::ledger::{AccountKey, AccountKind, Reason, Transfer, Unit};
use edge::wire::Decimal;
use kernel::{
    BuyerId, HoldId, ImportId, MerchantId, OrderId, PaymentId, RedemptionId, RefundId, SkuId,
};

/// An amount of a unit.
pub fn amount(unit: Unit, amount: i64) -> String {
    match unit {
        Unit::Money(_) => Decimal(amount).to_string(),
        Unit::Pieces => amount.to_string(),
    }
}

/// The unit of an account: `CNY`, or the SKU whose pieces it counts.
pub fn of_account(key: &AccountKey) -> String {
    match key.unit {
        Unit::Money(currency) => currency.code().to_owned(),
        Unit::Pieces => SkuId(key.owner).to_string(),
    }
}

/// The unit of a transfer.
pub fn of_transfer(transfer: &Transfer) -> String {
    match transfer.unit {
        Unit::Money(currency) => currency.code().to_owned(),
        Unit::Pieces => sku_of(transfer).to_string(),
    }
}

/// The SKU whose pieces a transfer moved, by the side whose kind of account its reason tells.
fn sku_of(transfer: &Transfer) -> SkuId {
    let (account, kind) = match transfer.reason {
        Reason::Import | Reason::Unfreeze => (transfer.credit, AccountKind::Stock),
        Reason::Issue | Reason::Expiry | Reason::HoldPosted | Reason::Freeze => {
            (transfer.debit, AccountKind::Stock)
        }
        Reason::Return => (transfer.debit, AccountKind::Issued),
        Reason::Readmit => (transfer.debit, AccountKind::Voided),
        Reason::Void | Reason::VoidUnsold => (transfer.credit, AccountKind::Voided),
        Reason::Damage => (transfer.credit, AccountKind::Damaged),
        Reason::Relocate => (transfer.credit, AccountKind::Supplied),
        Reason::Arrive => (transfer.debit, AccountKind::Supplied),
        Reason::Deliver | Reason::Make => (transfer.debit, AccountKind::Granted),
        Reason::Redeem | Reason::Lapse | Reason::TakeBack => {
            (transfer.debit, AccountKind::Outstanding)
        }
        Reason::Reverse => (transfer.debit, AccountKind::Redeemed),
        Reason::Credit
        | Reason::Fee
        | Reason::Sale
        | Reason::Receipt
        | Reason::Refund
        | Reason::RefundSettled => unreachable!("these move money"),
    };
    AccountKey::sku_of(account, kind)
}

/// Who owns an account.
pub fn owner(key: &AccountKey) -> String {
    match (key.kind, key.unit) {
        (_, Unit::Pieces) => SkuId(key.owner).to_string(),
        (AccountKind::Wallet, _) => BuyerId(key.owner).to_string(),
        (
            AccountKind::Outstanding
            | AccountKind::Granted
            | AccountKind::Redeemed
            | AccountKind::Lapsed,
            _,
        ) => SkuId(key.owner).to_string(),
        _ => MerchantId(key.tenant.merchant().0).to_string(),
    }
}

/// What made a transfer.
pub fn subject(transfer: &Transfer) -> String {
    let id = transfer.subject;
    match transfer.reason {
        Reason::Credit => BuyerId(id).to_string(),
        Reason::Sale | Reason::Issue | Reason::Deliver => OrderId(id).to_string(),
        Reason::Import
        | Reason::Freeze
        | Reason::Unfreeze
        | Reason::VoidUnsold
        | Reason::Relocate
        | Reason::Arrive
        | Reason::Readmit => ImportId(id).to_string(),
        Reason::Redeem | Reason::Reverse => RedemptionId(id).to_string(),
        Reason::Expiry | Reason::Damage | Reason::Lapse | Reason::Make => SkuId(id).to_string(),
        Reason::HoldPosted => HoldId(id).to_string(),
        Reason::Receipt | Reason::Fee => PaymentId(id).to_string(),
        Reason::Refund
        | Reason::RefundSettled
        | Reason::Return
        | Reason::Void
        | Reason::TakeBack => RefundId(id).to_string(),
    }
}

/// An entry of an account: what a transfer did to it, and what it held afterwards.
pub struct Entry {
    /// Negative when the account gave.
    pub amount: i64,
    /// The balance after it; none for accounts without a bound.
    pub balance: Option<i64>,
}

impl Entry {
    /// What a transfer did to an account.
    pub fn of(transfer: &Transfer, account: kernel::AccountId) -> Self {
        if transfer.debit == account {
            Self { amount: -transfer.amount, balance: transfer.debit_balance }
        } else {
            Self { amount: transfer.amount, balance: transfer.credit_balance }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::operator;
    use kernel::{Currency, Timestamp, TransferId};

    fn moved(debit: AccountKey, credit: AccountKey, reason: Reason) -> Transfer {
        Transfer {
            id: TransferId([9; 16]),
            tenant: operator(),
            debit: debit.id(),
            credit: credit.id(),
            amount: 3,
            unit: debit.unit,
            reason,
            subject: [7; 16],
            at: Timestamp(0),
            debit_previous: None,
            credit_previous: None,
            debit_balance: Some(4),
            credit_balance: None,
        }
    }

    #[test]
    fn the_sku_of_moved_pieces_is_found_again() {
        let sku = SkuId([0xa5; 16]);
        let account = |kind| AccountKey::pieces(operator(), sku, kind);
        for (debit, credit, reason) in [
            (AccountKind::Supplied, AccountKind::Stock, Reason::Import),
            (AccountKind::Stock, AccountKind::Issued, Reason::Issue),
            (AccountKind::Stock, AccountKind::Expired, Reason::Expiry),
            (AccountKind::Issued, AccountKind::Stock, Reason::Return),
            (AccountKind::Issued, AccountKind::Frozen, Reason::Return),
            (AccountKind::Issued, AccountKind::Voided, Reason::Void),
            (AccountKind::Stock, AccountKind::Frozen, Reason::Freeze),
            (AccountKind::Frozen, AccountKind::Stock, Reason::Unfreeze),
            (AccountKind::Stock, AccountKind::Voided, Reason::VoidUnsold),
            (AccountKind::Frozen, AccountKind::Voided, Reason::VoidUnsold),
            (AccountKind::Stock, AccountKind::Damaged, Reason::Damage),
            (AccountKind::Issued, AccountKind::Damaged, Reason::Return),
            (AccountKind::Expired, AccountKind::Supplied, Reason::Relocate),
            (AccountKind::Supplied, AccountKind::Frozen, Reason::Arrive),
            (AccountKind::Granted, AccountKind::Outstanding, Reason::Deliver),
            (AccountKind::Granted, AccountKind::Outstanding, Reason::Make),
            (AccountKind::Outstanding, AccountKind::Redeemed, Reason::Redeem),
            (AccountKind::Redeemed, AccountKind::Outstanding, Reason::Reverse),
            (AccountKind::Outstanding, AccountKind::Lapsed, Reason::Lapse),
            (AccountKind::Outstanding, AccountKind::Lapsed, Reason::TakeBack),
        ] {
            let transfer = moved(account(debit), account(credit), reason);
            assert_eq!(of_transfer(&transfer), sku.to_string());
        }
    }

    #[test]
    fn an_entry_is_seen_from_its_account() {
        let buyer = BuyerId([1; 16]);
        let wallet = AccountKey::wallet(operator(), buyer, Currency::Cny);
        let sales = AccountKey::own(operator(), AccountKind::Sales, Currency::Cny);
        let sale = moved(wallet, sales, Reason::Sale);
        let (given, taken) = (Entry::of(&sale, wallet.id()), Entry::of(&sale, sales.id()));
        assert_eq!((given.amount, given.balance), (-3, Some(4)));
        assert_eq!((taken.amount, taken.balance), (3, None));
        assert_eq!((of_transfer(&sale), amount(sale.unit, 3)), ("CNY".into(), "0.0003".into()));
        assert_eq!(owner(&wallet), buyer.to_string());
    }
}
