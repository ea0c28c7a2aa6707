//! What facts are about, and which scope reads that. Whoever listens hears of nothing that he could not read.

use domain::identity::Scope;
use domain::payment::account::PaymentAccount;
use domain::resource::{Kind, Resource, registry};
use kernel::{
    ApiKeyId, ApprovalId, BuyerId, CodeId, DeviceId, ExportId, HoldId, Id16, ImportId, MerchantId,
    OrderId, PaymentId, PersonId, ProductId, RedemptionId, RefundId, SkuId, Tenant, VoucherRunId,
    id,
};

/// What a fact is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What kind of thing it is.
    pub object: &'static str,
    /// Its id.
    pub id: String,
    /// The scope that reads it.
    pub reads: Scope,
}

/// Facts about one kind of thing.
struct Line {
    object: &'static str,
    /// What its ids start with.
    prefix: &'static str,
    reads: Scope,
    /// Kinds of facts; one that ends with a dot stands for all that begin so.
    facts: &'static [&'static str],
}

/// What is not a resource, a line a kind of thing.
#[rustfmt::skip]
const TABLE: [Line; 23] = [
    of("order", OrderId::PREFIX, Scope::OrdersRead, &["order.", "codes.revealed", "codes.unreadable"]),
    of("payment", PaymentId::PREFIX, Scope::OrdersRead, &["payment.started", "payment.ended", "payment.returned", "payment.recharged", "payment.offered"]),
    of("payment_account", ACCOUNTS.prefix, Scope::ResourceRead(ACCOUNTS.number), &["payment.notice_refused", "payment.account_unreadable"]),
    of("refund", RefundId::PREFIX, Scope::OrdersRead, &["refund."]),
    of("redemption", RedemptionId::PREFIX, Scope::VouchersRead, &["voucher."]),
    of("voucher_run", VoucherRunId::PREFIX, Scope::VouchersRead, &["voucher_run."]),
    of("device", DeviceId::PREFIX, Scope::VouchersRead, &["device.", "codes.guessed"]),
    of("sku", SkuId::PREFIX, Scope::VouchersRead, &["vouchers."]),
    of("buyer", BuyerId::PREFIX, Scope::WalletsRead, &["buyer.", "wallet."]),
    of("hold", HoldId::PREFIX, Scope::WalletsRead, &["hold."]),
    of("product", ProductId::PREFIX, Scope::CatalogRead, &["product."]),
    of("sku", SkuId::PREFIX, Scope::CatalogRead, &["sku.", "stock.", "content.", "codes.expired", "codes.damaged"]),
    of("import", ImportId::PREFIX, Scope::CodesImport, &["import.", "batch.", "doubts.", "codes.readmitted", "codes.exported"]),
    of("code", CodeId::PREFIX, Scope::CodesManage, &["code."]),
    of("approval", ApprovalId::PREFIX, Scope::ApprovalsRead, &["approval."]),
    of("export", ExportId::PREFIX, Scope::AuditRead, &["export."]),
    of("api_key", ApiKeyId::PREFIX, Scope::KeysRead, &["api_key."]),
    of("merchant", MerchantId::PREFIX, Scope::MerchantsWrite, &["merchant."]),
    of("person", PersonId::PREFIX, Scope::AuditRead, &["person.", "session.", "sign_in.", "access.", "operator."]),
    of("data_keys", MerchantId::PREFIX, Scope::JournalRead, &["keys."]),
    of("journal", MerchantId::PREFIX, Scope::JournalRead, &["journal.checkpointed"]),
    of("journal", BOOK, Scope::JournalRead, &["journal.exported", "codes.retagged"]),
    of("shop", BOOK, Scope::CatalogRead, &["shop."]),
];

/// The kind of payment accounts.
const ACCOUNTS: &Kind = PaymentAccount::KIND;

/// In place of a prefix: the subject is the book, told as its merchant.
const BOOK: &str = "";

const fn of(
    object: &'static str,
    prefix: &'static str,
    reads: Scope,
    facts: &'static [&'static str],
) -> Line {
    Line { object, prefix, reads, facts }
}

impl Line {
    fn has(&self, kind: &str) -> bool {
        self.facts.iter().any(|fact| match fact.ends_with('.') {
            true => kind.starts_with(fact),
            false => kind == *fact,
        })
    }
}

/// What a fact of a kind is about; none of a kind that this program does not know.
pub fn about(kind: &str, subject: &Id16) -> Option<About> {
    if let Some(line) = TABLE.iter().find(|line| line.has(kind)) {
        let id = match line.prefix {
            BOOK => Tenant::from_bytes(*subject).merchant().to_string(),
            prefix => format!("{prefix}_{}", id::encode(subject)),
        };
        return Some(About { object: line.object, id, reads: line.reads });
    }
    let (any, _) = registry::of_fact(kind)?;
    let (object, id) = (any.kind.word, any.kind.write(subject));
    Some(About { object, id, reads: Scope::parse(any.kind.read)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples;

    /// Every kind of fact stands in one line, or is a resource's.
    #[test]
    fn every_kind_is_about_one_thing() {
        let mut resources = 0;
        for kind in domain::Fact::kinds() {
            let lines = TABLE.iter().filter(|line| line.has(kind.name)).count();
            let of_resource = registry::of_fact(kind.name).is_some();
            assert_eq!(lines + usize::from(of_resource), 1, "{}", kind.name);
            assert!(about(kind.name, &[4; 16]).is_some(), "{}", kind.name);
            resources += usize::from(of_resource);
        }
        assert!(resources > 20, "{resources}");
        assert_eq!(about("moon.rose", &[4; 16]), None);
    }

    /// The journal names the same thing.
    #[test]
    fn ids_are_those_of_the_journal() {
        let mut seen = 0;
        for (kind, told) in samples::subjects(&[6; 16]) {
            let about = about(&kind, &[6; 16]).expect("it is about something");
            assert_eq!(about.id, told, "{kind}");
            seen += 1;
        }
        assert!(seen > 50, "{seen}");
    }
}
