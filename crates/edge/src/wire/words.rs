//! Words: enums that are written as one of a few fixed texts.

use super::{Described, Wire};
use domain::inventory::settings;
use domain::resource::registry::KINDS;
use domain::{
    approval, catalog, export, identity, inventory, ledger, order, payment, people, refund,
    resource, till, voucher,
};
use serde::Serialize;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

/// The schema of words. How each is written comes from its own serialization.
fn describe<T: Serialize>(all: &[T]) -> Object {
    let words = all.iter().filter_map(|word| serde_json::to_value(word).ok());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $inner:ty, $all:expr;)*) => {$(
        $(#[$doc])*
        pub type $name = Wire<$inner>;

        impl Described for $inner {
            const NAME: &'static str = stringify!($name);

            fn describe() -> Object {
                describe::<Self>(&$all)
            }
        }
    )*};
}

words! {
    /// A currency.
    Currency = kernel::Currency, Self::ALL;
    /// Whether money and goods are real.
    Mode = kernel::Mode, [Self::Live, Self::Test];
    /// What a key may do.
    Scope = identity::Scope,
        Self::MERCHANT.into_iter().chain(Self::PEOPLE).chain(Self::OPERATOR).chain(Self::of(KINDS)).collect::<Vec<_>>();
    /// An act that may want a second person.
    Act = approval::act::Act, Self::ALL;
    /// Where an act stands that wanted a second person.
    ApprovalState = approval::ApprovalState, Self::ALL;
    /// Where an export stands.
    ExportState = export::ExportState, Self::ALL;
    /// What kind of file an export is.
    ExportFormat = export::Format, Self::ALL;
    /// What changed about a person.
    PersonChange = people::fact::PersonChange, Self::ALL;
    /// How a SKU is delivered.
    SkuKind = catalog::SkuKind, [Self::Code, Self::Voucher, Self::Content];
    /// How a voucher is shown to be redeemed.
    Present = voucher::Present, [Self::Code, Self::Live, Self::Imported];
    /// What a voucher counts.
    VoucherType = voucher::VoucherType, Self::ALL;
    /// Where a run of vouchers stands.
    RunState = voucher::run::RunState, Self::ALL;
    /// Where a store's device stands.
    DeviceState = till::DeviceState, Self::ALL;
    /// Where a voucher stands.
    VoucherState = voucher::VoucherState, Self::ALL;
    /// Which values a field takes.
    InputKind = catalog::input::InputKind, Self::ALL;
    /// What law and channels take the goods for.
    GoodsClass = catalog::GoodsClass,
        [Self::VirtualGoods, Self::RealWorldVoucher, Self::PrepaidCard, Self::TopUp];
    /// Where an order comes from.
    Channel = order::Channel, Self::ALL;
    /// What people see of an order.
    OrderState = order::OrderState, Self::ALL;
    /// Why an order was closed unpaid.
    Closed = order::Closed, Self::ALL;
    /// A payment channel of others.
    PaymentChannel = payment::account::Channel, Self::ALL;
    /// A payment method.
    PaymentMethod = payment::PayMethod, Self::ALL;
    /// Where a payment stands.
    PaymentState = payment::PaymentState, Self::ALL;
    /// Why money goes back.
    RefundCause = refund::RefundCause, Self::ALL;
    /// Where a refund stands.
    RefundState = refund::RefundState, Self::ALL;
    /// What becomes of a code that a buyer gives back unseen.
    ReturnedCodes = catalog::ReturnedCodes, [Self::Restock, Self::Void];
    /// What kind of picture a logo is.
    LogoFormat = resource::PictureFormat, Self::ALL;
    /// Whether a batch may be sold.
    BatchMark = inventory::mark::BatchStatus, Self::ALL;
    /// What becomes of rows that may be twins.
    OnDoubt = settings::OnDoubt, [Self::Hold, Self::Accept, Self::Drop];
    /// What becomes of an import that has a question.
    OnQuestion = settings::OnQuestion, [Self::Fail, Self::Wait];
    /// What becomes of rows that were voided before anybody saw them.
    OnVoided = settings::OnVoided, [Self::Duplicate, Self::Readmit];
    /// What is decided of a row that may be a twin.
    Verdict = settings::Verdict, [Self::Accept, Self::Drop];
    /// Where a code is in its life.
    CodeState = inventory::CodeState, Self::ALL;
    /// What an account is for.
    AccountKind = ledger::AccountKind, Self::ALL;
    /// Why money or pieces moved.
    Reason = ledger::Reason, Self::ALL;
    /// Where a hold stands.
    HoldState = ledger::HoldState, [Self::Pending, Self::Posted, Self::Voided];
}

#[cfg(test)]
mod tests {
    use super::*;
    use utoipa::PartialSchema;

    #[test]
    fn words_are_described_as_they_are_written() {
        let schema = serde_json::to_value(Channel::schema()).expect("a schema is JSON");
        let written = serde_json::to_value(Wire(order::Channel::MiniProgram)).expect("a word");
        assert_eq!(schema["enum"].as_array().map(Vec::len), Some(order::Channel::ALL.len()));
        assert!(schema["enum"].as_array().is_some_and(|words| words.contains(&written)));
    }
}
