//! Orders as callers see them. An order is rendered by the same function the first time, in a repeat
//! and in a reveal, so that the same order is the same text.

use super::acts::OrderActs;
use super::delivered::DeliveredCode;
use crate::content::DeliveredContent;
use crate::identity::buyer::BuyerHandle;
use crate::voucher::DeliveredVoucher;
use domain::inventory;
use domain::order;
use domain::voucher::Voucher;
use edge::auth::Caller;
use edge::link::order_path;
use edge::order::{masked_input, open_code, open_input};
use edge::problem::Problem;
use edge::wire::{
    Channel, Closed, InputAnswers, Money, OrderId, OrderState, ProductId, SkuId, Time, Wire,
};
use serde::Serialize;
use store::read::{Beside, OrderView};
use utoipa::ToSchema;

/// An order. No `Debug`: it may carry codes.
#[derive(Serialize, ToSchema)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// A short number that can be read aloud.
    pub number: String,
    /// Where it stands.
    pub state: OrderState,
    /// Who bought.
    pub buyer: BuyerHandle,
    /// Where it came from.
    pub channel: Channel,
    /// The caller's own id for it.
    pub external_id: Option<String>,
    /// What it costs.
    pub total: Money,
    /// What was paid.
    pub paid: Money,
    /// What was given back of it.
    pub refunded: Money,
    /// All money that arrived for it, also what paid nothing.
    pub received: Money,
    /// All of that which went back or is on its way.
    pub returned: Money,
    /// What was bought.
    pub lines: Vec<Line>,
    /// When it was placed.
    pub created_at: Time,
    /// It waits for a payment until this time; null when it does not.
    pub expires_at: Option<Time>,
    /// Why it was closed unpaid; null when it was not.
    pub closed: Option<Closed>,
    /// The buyer's consent that a seen code is not taken back. Absent when he was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// What the buyer answered, masked, by the codes of the products' fields. Only in answers to reading this one
    /// order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<InputAnswers>,
    /// What the caller can do with it as it stands. Only in answers to reading this one order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub can: Option<OrderActs>,
    /// Its page, for whoever may see its codes. Only in answers to placing an order that waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_url: Option<String>,
    /// What was delivered, an item a piece. Only in answers to placing and revealing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliveries: Option<Vec<Delivery>>,
}

/// A buyer's consent.
#[derive(Serialize, ToSchema)]
pub struct Consent {
    /// Version of the text that he agreed to.
    pub version: String,
    /// The time.
    pub at: Time,
}

/// A line of an order.
#[derive(Serialize, ToSchema)]
pub struct Line {
    /// Its number, from 1.
    pub line: u32,
    /// What was bought.
    pub sku: SkuId,
    /// The product.
    pub product: ProductId,
    /// The version of the product.
    pub product_version: i64,
    /// How many pieces.
    pub quantity: u32,
    /// What one piece cost.
    pub unit_price: Money,
    /// What the line cost.
    pub amount: Money,
    /// Pieces delivered and not taken back.
    pub delivered: u32,
    /// Pieces whose money was given back.
    pub refunded: u32,
}

/// One delivered piece.
#[derive(Serialize, ToSchema)]
pub struct Delivery {
    /// The line that it belongs to.
    pub line: u32,
    /// The code; of lines of codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<DeliveredCode>,
    /// The voucher; of lines of vouchers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voucher: Option<DeliveredVoucher>,
    /// What its buyers share; of lines of content. Its text stands only in answers to revealing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<DeliveredContent>,
}

impl Order {
    /// An order as it is stored, without its codes.
    pub async fn read(caller: &Caller, stored: &OrderView) -> Result<Self, Problem> {
        let id = stored.order.id;
        let beside = caller.reader().money_beside(caller.tenant(), &[id]).await?;
        let beside = beside.get(&id).copied().unwrap_or_default();
        Ok(Self::of(&stored.order, &stored.lines, beside))
    }

    /// An order without its codes, with its money beside the price.
    pub fn of(order: &order::Order, lines: &[order::Line], beside: Beside) -> Self {
        let money = |amount| Money::new(amount, order.currency);
        Self {
            id: Wire(order.id),
            number: order.number(),
            state: Wire(order.state(lines)),
            buyer: BuyerHandle { id: Wire(order.buyer) },
            channel: Wire(order.channel),
            external_id: order.external_id.clone(),
            total: money(order.total),
            paid: money(order.paid),
            refunded: money(order.refunded),
            received: money(order.paid + beside.unapplied),
            returned: money(beside.returned),
            lines: lines.iter().map(|line| Line::of(line, order.currency)).collect(),
            created_at: Wire(order.created_at),
            expires_at: order.expires_at.map(Wire),
            closed: order.closed.map(Wire),
            consent: order.consent.as_ref().map(Consent::of),
            input: None,
            can: None,
            order_url: None,
            deliveries: None,
        }
    }

    /// The same with the link that opens its page.
    pub fn with_link(self, caller: &Caller, order: &order::Order) -> Self {
        let path = order_path(&caller.vault(), order.tenant, order.id);
        let order_url = Some(format!("{}{path}", caller.settings().base_url));
        Self { order_url, ..self }
    }

    /// The same with what its buyer answered, masked.
    pub async fn with_input(self, caller: &Caller, id: kernel::OrderId) -> Result<Self, Problem> {
        let tenant = caller.tenant();
        let Some(sealed) = caller.reader().input_of_order(tenant, id).await? else {
            return Ok(self);
        };
        let vault = caller.vault_for([&sealed[..]]).await;
        let values = open_input(&vault, (tenant, id), &sealed)?;
        Ok(Self { input: Some(InputAnswers(masked_input(values))), ..self })
    }

    /// The same with what the caller can do with it.
    pub async fn with_acts(self, caller: &Caller, stored: &OrderView) -> Result<Self, Problem> {
        let can = OrderActs::of(caller, &stored.order, &stored.lines).await?;
        Ok(Self { can: Some(can), ..self })
    }

    /// The same with its codes, opened.
    pub async fn with_codes(
        self,
        caller: &Caller,
        codes: &[(u32, inventory::Code)],
    ) -> Result<Self, Problem> {
        let vault = caller.vault_for(codes.iter().map(|(_, code)| &code.sealed[..])).await;
        let open = |(line, code): &(u32, inventory::Code)| {
            let fields = open_code(&vault, code)?.unwrap_or_default();
            let code = DeliveredCode::of(fields, code.valid_until);
            Ok(Delivery { line: *line, code: Some(code), voucher: None, content: None })
        };
        let deliveries = codes.iter().map(open).collect::<Result<_, Problem>>()?;
        Ok(Self { deliveries: Some(deliveries), ..self })
    }

    /// The same with its vouchers beside its codes, in the order of its lines.
    pub async fn with_vouchers(
        mut self,
        caller: &Caller,
        vouchers: &[Voucher],
    ) -> Result<Self, Problem> {
        if vouchers.is_empty() {
            return Ok(self);
        }
        let delivered = DeliveredVoucher::all(caller, vouchers).await?;
        let deliveries = self.deliveries.get_or_insert_default();
        deliveries.extend(vouchers.iter().zip(delivered).map(|(voucher, delivered)| Delivery {
            line: voucher.source.map_or(0, |(_, line)| line),
            code: None,
            voucher: Some(delivered),
            content: None,
        }));
        deliveries.sort_by_key(|delivery| delivery.line);
        Ok(self)
    }

    /// The same with what its lines hold of shared contents, in the order of its lines.
    pub fn with_contents(mut self, contents: Vec<(u32, DeliveredContent)>) -> Self {
        if contents.is_empty() {
            return self;
        }
        let deliveries = self.deliveries.get_or_insert_default();
        deliveries.extend(contents.into_iter().map(|(line, content)| Delivery {
            line,
            code: None,
            voucher: None,
            content: Some(content),
        }));
        deliveries.sort_by_key(|delivery| delivery.line);
        self
    }
}

impl Consent {
    fn of(consent: &order::Consent) -> Self {
        Self { version: consent.version.clone(), at: Wire(consent.at) }
    }
}

impl Line {
    fn of(line: &order::Line, currency: kernel::Currency) -> Self {
        // The rule has kept the product below the largest amount of an order.
        let amount = line.unit_price.saturating_mul(i64::from(line.quantity));
        Self {
            line: line.number,
            sku: Wire(line.sku),
            product: Wire(line.product),
            product_version: line.product_version,
            quantity: line.quantity,
            unit_price: Money::new(line.unit_price, currency),
            amount: Money::new(amount, currency),
            delivered: line.delivered,
            refunded: line.refunded,
        }
    }
}
