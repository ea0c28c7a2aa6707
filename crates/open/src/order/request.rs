//! An order as callers send it, and what must be right about it before any rule looks at it.

use crate::identity::buyer::NamedBuyer;
use domain::order;
use domain::order::consent::Agreed;
use domain::order::input::Answers;
use domain::order::place::{PlaceOrder, Steps, Wait, WantedLine};
use edge::auth::Caller;
use edge::link::order_link;
use edge::order::{check_quantity, seal_input};
use edge::problem::Problem;
use edge::wire::{
    Channel, ConsentVersion, ExternalOrderId, InputAnswers, Money, SkuId, Time, only_objects,
};
use kernel::limits::ORDER_LINES_MAX;
use kernel::plain::is_name;
use serde::Deserialize;
use utoipa::ToSchema;

/// An order that is to be placed. Send `lines`, or `sku` and `quantity` for a single line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// What is wanted, for an order of one line.
    pub sku: Option<SkuId>,
    /// How many pieces, for an order of one line; 1 when absent.
    pub quantity: Option<u32>,
    /// What is wanted, 1 to 20 lines with 500 pieces together, no SKU twice.
    pub lines: Option<Vec<NewLine>>,
    /// Who buys. A buyer who is new is made.
    pub buyer: NamedBuyer,
    /// Where it comes from; `api` when absent.
    pub channel: Option<Channel>,
    /// The caller's own id for it, unique for ever.
    pub external_id: Option<ExternalOrderId>,
    /// Refuse when it would cost more.
    pub max_amount: Option<Money>,
    /// That the buyer agreed that a code which was seen is not taken back.
    pub consent: Option<NewConsent>,
    /// What the products ask of the buyer, by the codes of their fields. It is sealed.
    pub input: Option<InputAnswers>,
    /// How it is paid at once. Without it the order waits for a payment, with its pieces held.
    pub pay: Option<Pay>,
}

/// A line that is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewLine {
    /// Which SKU.
    pub sku: SkuId,
    /// How many pieces.
    pub quantity: u32,
}

/// A buyer's consent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewConsent {
    /// Version of the text that he agreed to.
    pub version: ConsentVersion,
    /// The time; with the order when absent.
    pub at: Option<Time>,
}

/// How an order is paid.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Pay {
    /// The payment method.
    pub method: PayMethod,
}

/// The payment method of a one-call order.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayMethod {
    /// From the buyer's wallet, at once.
    Wallet,
}

only_objects!(NewLine, NewConsent, Pay);

impl NewOrder {
    /// Whether it is the short form, whose fields have no line.
    pub fn is_short(&self) -> bool {
        self.lines.is_none()
    }

    /// The command. Order of checks: external id, lines, buyer.
    pub async fn into_command(self, caller: &Caller) -> Result<PlaceOrder, Problem> {
        if self.external_id.as_ref().is_some_and(|id| !is_name(&id.0)) {
            let detail = "expected a visible character and no invisible ones";
            return Err(Problem::invalid("external_id", detail));
        }
        let lines = wanted(self.sku.map(|sku| sku.0), self.quantity, self.lines)?;
        let order = kernel::OrderId(caller.engine().draw());
        let steps = match self.pay {
            Some(Pay { method: PayMethod::Wallet }) => Steps::One,
            None => Steps::Two(wait(caller, order)),
        };
        let buyer = self.buyer.reference(caller)?;
        let input = match self.input {
            Some(typed) => answers(caller, order, &lines, &typed).await?,
            None => None,
        };
        let agreed =
            |given: NewConsent| Agreed { version: given.version.0, at: given.at.map(|at| at.0) };
        Ok(PlaceOrder {
            steps,
            buyer,
            channel: self.channel.map_or(order::Channel::Api, |channel| channel.0),
            external_id: self.external_id.map(|id| id.0),
            lines,
            max_amount: self.max_amount.map(Into::into),
            consent: self.consent.map(agreed),
            input,
        })
    }
}

/// The order's id is drawn here, because what its row keeps of its link goes with the command.
fn wait(caller: &Caller, order: kernel::OrderId) -> Wait {
    let link = order_link(&caller.vault(), caller.tenant(), order);
    let hold_us = i64::from(caller.settings().hold_seconds) * 1_000_000;
    Wait { order, link, hold_us, visit: None }
}

/// Reads the answers by the products as they are now; the rule looks at them again.
async fn answers(
    caller: &Caller,
    order: kernel::OrderId,
    lines: &[WantedLine],
    typed: &InputAnswers,
) -> Result<Option<Answers>, Problem> {
    let tenant = caller.tenant();
    let mut products = Vec::with_capacity(lines.len());
    for line in lines {
        products.extend(caller.reader().product_of_sku(tenant, line.sku).await?);
    }
    let fields = products.iter().flat_map(|product| &product.presentation.input);
    Ok(seal_input(&caller.vault(), (tenant, order), &typed.0, fields))
}

fn wanted(
    sku: Option<kernel::SkuId>,
    quantity: Option<u32>,
    lines: Option<Vec<NewLine>>,
) -> Result<Vec<WantedLine>, Problem> {
    match (sku, lines) {
        (Some(sku), None) => {
            let quantity = quantity.unwrap_or(1);
            check_quantity("quantity", quantity, 0)?;
            Ok(vec![WantedLine::new(sku, quantity)])
        }
        (None, Some(_)) if quantity.is_some() => {
            Err(Problem::invalid("quantity", "each of the lines has its own; remove it"))
        }
        (None, Some(lines)) => wanted_lines(lines),
        (Some(_), Some(_)) => Err(Problem::invalid("sku", "send either sku or lines")),
        (None, None) => Err(Problem::invalid("sku", "send sku, or lines")),
    }
}

fn wanted_lines(lines: Vec<NewLine>) -> Result<Vec<WantedLine>, Problem> {
    if lines.is_empty() || lines.len() > ORDER_LINES_MAX {
        return Err(Problem::invalid("lines", format!("send 1 to {ORDER_LINES_MAX} lines")));
    }
    let mut wanted: Vec<WantedLine> = Vec::with_capacity(lines.len());
    let mut before = 0;
    for (i, line) in lines.iter().enumerate() {
        check_quantity(&format!("lines[{i}].quantity"), line.quantity, before)?;
        before += line.quantity;
        if wanted.iter().any(|earlier| earlier.sku == line.sku.0) {
            let detail = "an earlier line has this SKU; add the quantities";
            return Err(Problem::invalid(format!("lines[{i}].sku"), detail));
        }
        wanted.push(WantedLine::new(line.sku.0, line.quantity));
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: Result<usize, &str>) {
        let body = body.replace("SKU_A", &kernel::SkuId([1; 16]).to_string());
        let body = body.replace("SKU_B", &kernel::SkuId([2; 16]).to_string());
        let body = format!(r#"{{{body}"buyer":{{"external_id":"b"}}}}"#);
        let order: NewOrder = serde_json::from_str(&body).expect(&body);
        let lines = wanted(order.sku.map(|sku| sku.0), order.quantity, order.lines);
        let lines = lines.map(|lines| lines.len());
        let lines = lines.map_err(|problem| problem.errors[0].field.clone());
        assert_eq!(lines, expected.map_err(str::to_owned), "{body}");
    }

    #[test]
    fn lines_are_few_whole_and_of_different_skus() {
        check(r#""sku":"SKU_A","#, Ok(1));
        check(r#""sku":"SKU_A","quantity":500,"#, Ok(1));
        check(r#""sku":"SKU_A","quantity":0,"#, Err("quantity"));
        check(r#""sku":"SKU_A","quantity":501,"#, Err("quantity"));
        check(r#""lines":[{"sku":"SKU_A","quantity":1},{"sku":"SKU_B","quantity":499}],"#, Ok(2));
        let twice = r#""lines":[{"sku":"SKU_A","quantity":1},{"sku":"SKU_A","quantity":1}],"#;
        check(twice, Err("lines[1].sku"));
        let many = r#""lines":[{"sku":"SKU_A","quantity":1},{"sku":"SKU_B","quantity":500}],"#;
        check(many, Err("lines[1].quantity"));
        let huge = r#""lines":[{"sku":"SKU_A","quantity":4294967295}],"#;
        check(huge, Err("lines[0].quantity"));
        check(r#""lines":[],"#, Err("lines"));
        let line = r#"{"sku":"SKU_A","quantity":1}"#;
        check(&format!(r#""lines":[{}],"#, [line; 21].join(",")), Err("lines"));
        check("", Err("sku"));
        check(r#""sku":"SKU_A","lines":[],"#, Err("sku"));
        check(r#""quantity":1,"lines":[],"#, Err("quantity"));
    }
}
