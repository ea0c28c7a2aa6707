//! Places a guest's order in two steps, and leads him to its page.

use super::checkout::{Chosen, FIELD_PREFIX, Sent, form, sold_out};
use super::shelf::Shelf;
use crate::h5::around::{Answer, Paged};
use crate::h5::cookies::{self, Guest};
use crate::h5::entry::Front;
use crate::h5::form::{Form, Here};
use crate::h5::link::{order_link, order_path};
use crate::h5::visitor::Visitor;
use crate::idempotency::Once;
use crate::order::{Values, check_quantity, seal_input};
use crate::problem::{Code, Problem};
use axum::http::{Method, StatusCode, Uri};
use domain::catalog::input::InputField;
use domain::identity::buyer::BuyerRef;
use domain::order::Channel;
use domain::order::consent::Agreed;
use domain::order::place::{PlaceOrder, Steps, Wait, WantedLine};
use domain::{Command, Outcome};
use kernel::{OrderId, SkuId, Tenant, id};
use pages::page::checkout::{CONSENT_VERSION, Trouble};
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use vault::{Place, Vault};

/// The checkout as it is sent.
#[derive(Deserialize)]
pub struct Wanted {
    sku: SkuId,
    #[serde(deserialize_with = "number")]
    quantity: u32,
    /// The key under which the order is placed once, however often the form is sent.
    once: String,
    /// The version of the sentence that was agreed to.
    consent: Option<String>,
    /// Everything else, among it what was typed into the product's fields.
    #[serde(flatten)]
    others: BTreeMap<String, String>,
}

/// Beside fields that are gathered, a number comes as the text that it is.
fn number<'de, D: Deserializer<'de>>(d: D) -> Result<u32, D::Error> {
    let text = String::deserialize(d)?;
    text.parse().map_err(|_| serde::de::Error::custom("expected a whole number"))
}

impl Wanted {
    /// What was typed, by the codes of the product's fields.
    fn typed(&self) -> Values {
        let coded = |(name, text): (&String, &String)| {
            Some((name.strip_prefix(FIELD_PREFIX)?.to_owned(), text.clone()))
        };
        self.others.iter().filter_map(coded).collect()
    }
}

/// `POST /s/{shop}/checkout`
pub async fn place(
    visitor: Visitor,
    Here(shop): Here<String>,
    Form(wanted): Form<Wanted>,
) -> Paged {
    let front = visitor.enter(&shop).await?;
    let chosen = Chosen { sku: wanted.sku, quantity: Some(wanted.quantity) };
    let typed = wanted.typed();
    let consent = wanted.consent.as_deref() == Some(CONSENT_VERSION);
    let sent = Sent { typed: &typed, trouble: None, consent };
    if !consent {
        let shelf = Shelf::of(&visitor, &front).await?;
        let page = form(&visitor, &front, &shelf, &chosen, Some(sent))?;
        return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    check_quantity("quantity", wanted.quantity, 0)?;
    let guest = visitor.guest.unwrap_or_else(|| Guest(visitor.engine().draw()));
    let key = once(&visitor, &wanted, &typed)?;
    let key = key.of(front.tenant, &visitor.engine().vault());
    let product = visitor.reader().product_of_sku(front.tenant, wanted.sku).await?;
    let asked = product.map(|product| product.presentation.input).unwrap_or_default();
    let command = order(&visitor, front.tenant, guest, &wanted, (&typed, &asked));
    let command = Command::PlaceOrder(command);
    match visitor.submit(front.tenant, Some(key), command).await {
        Ok(Outcome::Placed(placed)) => Ok(to_order(&visitor, &front, guest, placed.order.id)),
        Ok(Outcome::Replayed(before)) => {
            Ok(to_order(&visitor, &front, guest, OrderId(before.subject)))
        }
        Ok(_) => Err(Problem::unexpected()),
        Err(problem) => refused(&visitor, &front, &chosen, sent, problem).await,
    }
}

fn order(
    visitor: &Visitor,
    tenant: Tenant,
    guest: Guest,
    wanted: &Wanted,
    (typed, asked): (&Values, &[InputField]),
) -> PlaceOrder {
    let vault = visitor.engine().vault();
    let order = OrderId(visitor.engine().draw());
    // The product may have asked for more when the form was shown.
    let mut typed = typed.clone();
    typed.retain(|code, _| asked.iter().any(|field| field.code == *code));
    let hold_us = i64::from(visitor.app().settings().hold_seconds) * 1_000_000;
    let wait = Wait {
        order,
        link: order_link(&vault, tenant, order),
        hold_us,
        visit: Some(visitor.visit(tenant, guest)),
    };
    PlaceOrder {
        buyer: buyer(&vault, tenant, guest),
        channel: Channel::H5,
        external_id: None,
        lines: vec![WantedLine { sku: wanted.sku, quantity: wanted.quantity }],
        max_amount: None,
        consent: Some(Agreed { version: CONSENT_VERSION.to_owned(), at: None }),
        input: seal_input(&vault, (tenant, order), &typed, asked.iter()),
        steps: Steps::Two(wait),
    }
}

/// A guest is a buyer of his own in each shop.
fn buyer(vault: &Vault, tenant: Tenant, guest: Guest) -> BuyerRef {
    let name = guest.name();
    let tag = vault.buyer_tag(tenant, &name);
    let place = Place { tenant, table: "buyers", row: &tag, column: "sealed" };
    let sealed = vault.seal(&place, name.as_bytes());
    BuyerRef::External { tag, sealed }
}

/// The same form sent twice is one order; another one under the same key is refused.
fn once(visitor: &Visitor, wanted: &Wanted, typed: &Values) -> Result<Once, Problem> {
    if id::decode(&wanted.once).is_none() {
        return Err(Problem::invalid("once", "send the value of the form"));
    }
    let uri = visitor.here.parse::<Uri>().map_err(Problem::internal)?;
    // JSON, so that values cannot slide into each other.
    let typed = serde_json::to_string(typed).map_err(Problem::internal)?;
    let digest = Sha256::digest(format!("{} {} {typed}", wanted.sku, wanted.quantity));
    let key = format!("h5:{}", wanted.once);
    Ok(Once::new(key, &Method::POST, &uri, &digest))
}

fn to_order(visitor: &Visitor, front: &Front, guest: Guest, order: OrderId) -> Answer {
    let vault = visitor.engine().vault();
    let before = cookies::read_orders(&vault, visitor.headers(), front.tenant, guest);
    let home = front.home();
    let at = (home.as_str(), visitor.is_secure());
    let remembered = cookies::remember(&vault, (front.tenant, guest), order, &before, at);
    Answer::see_other(&order_path(&vault, front.tenant, order))
        .with_cookie(&guest.cookie(&vault, visitor.is_secure()))
        .with_cookie(&remembered)
}

/// A rule said no: the page says which, and what can be done.
async fn refused(
    visitor: &Visitor,
    front: &Front,
    chosen: &Chosen,
    sent: Sent<'_>,
    problem: Problem,
) -> Paged {
    let of_input = problem.errors.first().is_some_and(|error| error.field.starts_with("input."));
    let unpaid = problem.errors.first().is_some_and(|error| error.field == "unpaid_orders");
    let trouble = match problem.code {
        Code::OutOfStock => None,
        Code::Invalid if of_input => None,
        Code::LimitExceeded if unpaid => Some(Trouble::Unpaid),
        Code::LimitExceeded => Some(Trouble::Limit),
        Code::NotOnSale => Some(Trouble::NotOnSale),
        _ => return Err(problem),
    };
    let shelf = Shelf::of(visitor, front).await?;
    let status = problem.code.status();
    let product = shelf.sku(chosen.sku).map(|(product, _)| product.id);
    match trouble {
        trouble if product.is_some() && (trouble.is_some() || of_input) => {
            let page = form(visitor, front, &shelf, chosen, Some(Sent { trouble, ..sent }))?;
            Ok(Answer::page_with(status, &page))
        }
        _ => Ok(Answer::page_with(status, &sold_out(visitor, front, &shelf, product))),
    }
}
