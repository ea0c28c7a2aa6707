//! Offline transfer (线下转账): the buyer sends money to the merchant's bank account, and a person says that it came.

use super::receive::{ReceiveNotice, Said};
use super::{PayMethod, Payment, ReceiptKey};
use crate::approval::act::{Act, Size};
use crate::approval::ask_second;
use crate::catalog::TenantCatalog;
use crate::order::fact::OrderRetimed;
use crate::order::{Line, Order, reserve};
use crate::resource::{Field, Kind, Prose, Resource, Words, kind};
use crate::{At, Context, Needs, Refusal, Verb, World};
use kernel::limits::{TRANSFER_HOURS, TRANSFER_HOURS_MAX};
use kernel::{Money, OrderId, PaymentId, Tenant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Characters of a bank's reference.
const REFERENCE_CHARS_MAX: usize = 64;

/// Where buyers transfer money to, and how long an order waits for it. There is one in each book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfflineTransfer {
    /// Whether buyers may pay so.
    #[serde(default)]
    pub enabled: bool,
    /// What the buyer reads: bank, account number, holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Prose<1000>>,
    /// For how many hours an order waits for its transfer.
    #[serde(default = "hours")]
    #[schema(minimum = 1, maximum = 168)]
    pub hours: u32,
}

fn hours() -> u32 {
    TRANSFER_HOURS
}

impl Default for OfflineTransfer {
    fn default() -> Self {
        Self { enabled: false, details: None, hours: TRANSFER_HOURS }
    }
}

impl Resource for OfflineTransfer {
    const KIND: &'static Kind = kind!(21, "offline_transfer", "offline_transfer", "oft");
    const READ_BY_RULES: bool = true;
    const WORDS: Words = Words { zh: "线下转账", en: "Bank transfer" };
    const FIELDS: &'static [Field] = &[
        Field::new("enabled", "启用", "Enabled", "switch"),
        Field::new("details", "收款银行信息", "Bank details", "prose"),
        Field::new("hours", "订单等待小时数", "Hours to wait", "number"),
    ];
    const SAMPLE: &'static str = r#"{"enabled":true,"details":"招商银行上海分行\n6214 8500 0000 0000\n星河数娱","hours":72}"#;

    fn initial() -> Option<Self> {
        Some(Self::default())
    }

    fn check(&self, _: Option<&Self>, _: &TenantCatalog) -> Result<(), Refusal> {
        if self.enabled && self.details.is_none() {
            return Err(Refusal::invalid("details", "say where the money goes"));
        }
        if !(1..=TRANSFER_HOURS_MAX).contains(&self.hours) {
            return Err(Refusal::invalid("hours", format!("send 1 to {TRANSFER_HOURS_MAX}")));
        }
        Ok(())
    }
}

/// Where a book's buyers transfer money to, if they may.
pub fn accepted(world: &World, tenant: Tenant) -> Option<&OfflineTransfer> {
    world.config.tenant(tenant).and_then(|catalog| of(catalog))
}

/// The same, of a catalogue.
pub fn of(catalog: &TenantCatalog) -> Option<&OfflineTransfer> {
    catalog.the_one::<OfflineTransfer>().filter(|setting| setting.enabled)
}

/// Lets an order wait as long as a transfer takes. It never waits less than before.
pub fn wait(world: &mut World, ctx: &Context<'_>, order: &mut Order, lines: &[Line]) {
    let hours = accepted(world, order.tenant).map_or(0, |setting| i64::from(setting.hours));
    let until = ctx.now.plus_micros(hours * 3_600_000_000);
    if order.expires_at.is_none_or(|before| before >= until) {
        return;
    }
    order.expires_at = Some(until);
    if let Some(work) = world.work.change(&reserve::timer(order.tenant, order.id)) {
        work.due_at = until;
    }
    world.order.save_order(order.clone());
    let lines = lines.iter().map(Line::fact).collect();
    world.record(ctx, order.id.0, OrderRetimed { order: order.clone(), lines });
}

/// Says that a transfer came.
#[derive(Debug, Clone)]
pub struct ConfirmTransfer {
    /// The payment.
    pub payment: PaymentId,
    /// The order that it pays.
    pub order: Option<OrderId>,
    /// The bank's reference of the transfer, by which it is known.
    pub reference: String,
    /// What came.
    pub amount: Money,
}

impl ConfirmTransfer {
    /// The same as a channel would say it.
    fn notice(&self) -> ReceiveNotice {
        ReceiveNotice {
            method: PayMethod::Offline,
            account: None,
            payment: self.payment,
            order: self.order,
            number: self.reference.clone(),
            said: Said::Paid(self.amount),
            returned: false,
            exchange: None,
        }
    }
}

impl Verb for ConfirmTransfer {
    type Answer = Box<Payment>;

    /// What a notice of a channel needs.
    fn needs(&self, at: &At<'_>, needs: &mut Needs) {
        self.notice().needs(at, needs);
    }

    /// Order of checks: the payment waits for a transfer, the reference is one and no other payment's, a second person; then those
    /// of a notice. The same reference again changes nothing.
    fn decide(self, world: &mut World, ctx: &mut Context<'_>) -> Result<Self::Answer, Refusal> {
        let tenant = ctx.origin.tenant;
        let found = world.payment.payments.get(&(tenant, self.payment));
        found.filter(|it| it.method == PayMethod::Offline).ok_or(Refusal::NotFound("payment"))?;
        let chars = self.reference.chars();
        let is_one = (1..=REFERENCE_CHARS_MAX).contains(&chars.clone().count())
            && chars.clone().all(|c| c.is_ascii_graphic());
        if !is_one {
            let detail = "send the bank's reference: 1 to 64 letters, digits and signs";
            return Err(Refusal::invalid("reference", detail));
        }
        let (method, number) = (PayMethod::Offline, self.reference.clone());
        let seen = world.payment.receipts.get(&ReceiptKey { tenant, method, number });
        if seen.is_some_and(|receipt| receipt.payment != self.payment) {
            let detail = "this transfer was confirmed for another payment";
            return Err(Refusal::invalid("reference", detail));
        }
        if seen.is_none() {
            ask_second(world, ctx, Act::TransferConfirm, Some(Size::Amount(self.amount)))?;
        }
        self.notice().decide(world, ctx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_transfers_says_where_they_go() {
        let at = TenantCatalog::of_operator();
        let details = OfflineTransfer::default().details;
        assert!(OfflineTransfer::default().check(None, &at).is_ok());
        let nowhere = OfflineTransfer { enabled: true, details, hours: 24 };
        assert!(nowhere.check(None, &at).is_err());
        for (hours, good) in [(0, false), (1, true), (168, true), (169, false)] {
            let setting = OfflineTransfer { hours, ..OfflineTransfer::default() };
            assert_eq!(setting.check(None, &at).is_ok(), good, "{hours}");
        }
    }
}
