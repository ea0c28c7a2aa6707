//! What a fact is about: every kind has one kind of subject.

use super::Fact;
use domain::payment::account::PaymentAccount;
use domain::resource::Resource;
use kernel::{Id16, ProductId};

impl Fact {
    /// The row's subject as a typed id: every kind has one kind of subject.
    pub fn subject(&self, id: Id16) -> String {
        match self {
            Self::MerchantCreated { .. }
            | Self::KeysRotated { .. }
            | Self::KeysDropped { .. }
            | Self::JournalCheckpointed { .. } => kernel::MerchantId(id).to_string(),
            // A shop and a book are a merchant's in one mode.
            Self::ShopEdited { .. } | Self::CodesRetagged { .. } | Self::JournalExported { .. } => {
                kernel::Tenant::from_bytes(id).merchant().to_string()
            }
            Self::ApiKeyCreated { .. } | Self::ApiKeyRevoked { .. } => {
                kernel::ApiKeyId(id).to_string()
            }
            Self::ProductCreated { .. } | Self::ProductEdited { .. } => ProductId(id).to_string(),
            Self::PersonChanged { .. }
            | Self::SessionOpened { .. }
            | Self::SessionSteppedUp { .. }
            | Self::SessionEnded { .. }
            | Self::OperatorEntered { .. }
            | Self::SignInRefused { .. }
            | Self::AccessRefused { .. } => kernel::PersonId(id).to_string(),
            Self::ApprovalOpened { .. }
            | Self::ApprovalAlone { .. }
            | Self::ApprovalDecided { .. }
            | Self::ApprovalExpired { .. }
            | Self::ApprovalTaken { .. } => kernel::ApprovalId(id).to_string(),
            Self::ExportRequested { .. }
            | Self::ExportEnded { .. }
            | Self::ExportDownloaded { .. } => kernel::ExportId(id).to_string(),
            Self::BuyerUnmasked { .. } => kernel::BuyerId(id).to_string(),
            Self::BuyerCreated { .. } | Self::WalletCredited { .. } => {
                kernel::BuyerId(id).to_string()
            }
            Self::HoldMade { .. } | Self::HoldPosted { .. } | Self::HoldVoided { .. } => {
                kernel::HoldId(id).to_string()
            }
            Self::ImportOpened { .. }
            | Self::ImportAdvanced { .. }
            | Self::ImportFinished { .. }
            | Self::CodesReadmitted { .. }
            | Self::CodesExported { .. }
            | Self::ImportAsked { .. }
            | Self::ImportDecided { .. }
            | Self::DoubtsSettled { .. }
            | Self::BatchMarked { .. }
            | Self::BatchRelocated { .. }
            | Self::RelocationAdvanced { .. }
            | Self::BatchAdvanced { .. } => kernel::ImportId(id).to_string(),
            Self::CodeMarked { .. } => kernel::CodeId(id).to_string(),
            Self::VoucherRedeemed { .. } | Self::RedemptionReversed { .. } => {
                kernel::RedemptionId(id).to_string()
            }
            Self::RunBegun { .. } | Self::RunStopped { .. } | Self::RunTaken { .. } => {
                kernel::VoucherRunId(id).to_string()
            }
            Self::CodesGuessed { .. }
            | Self::DeviceAdded { .. }
            | Self::DeviceBlocked { .. }
            | Self::DevicePaired { .. }
            | Self::DeviceRemoved { .. } => kernel::DeviceId(id).to_string(),
            Self::ContentChanged { .. }
            | Self::ContentRevealed { .. }
            | Self::VouchersMade { .. }
            | Self::VouchersExpired { .. }
            | Self::CodesExpired { .. }
            | Self::CodesDamaged { .. }
            | Self::SkuStopped { .. }
            | Self::StockLow { .. } => kernel::SkuId(id).to_string(),
            Self::OrderBought { .. }
            | Self::OrderPlaced { .. }
            | Self::OrderPaid { .. }
            | Self::OrderClosed { .. }
            | Self::OrderRetimed { .. }
            | Self::OrderNoted { .. }
            | Self::OrderLinkGiven { .. }
            | Self::OrderUnmasked { .. }
            | Self::CodesRevealed { .. }
            | Self::CodesUnreadable { .. } => kernel::OrderId(id).to_string(),
            Self::PaymentStarted { .. }
            | Self::PaymentEnded { .. }
            | Self::PaymentOffered { .. }
            | Self::PaymentReturned { .. }
            | Self::PaymentRecharged { .. } => kernel::PaymentId(id).to_string(),
            Self::NoticeRefused { .. } | Self::AccountUnreadable { .. } => {
                PaymentAccount::KIND.write(&id)
            }
            Self::RefundMade { .. } | Self::RefundSettled { .. } | Self::RefundRetried { .. } => {
                kernel::RefundId(id).to_string()
            }
        }
    }
}
