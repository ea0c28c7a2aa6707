//! Places a guest's order in two steps, and leads him to its page.

use super::checkout::{Chosen, Counter, FIELD_PREFIX, Sent, form, sold_out};
use super::shelf::Shelf;
use crate::cookies::{self, Guest};
use crate::form::{Form, Here};
use crate::middleware::{Answer, Paged};
use crate::visitor::Visitor;
use axum::http::{Method, StatusCode, Uri};
use domain::Reply;
use domain::catalog::Product;
use domain::catalog::input::{InputField, InputKind};
use domain::identity::buyer::BuyerRef;
use domain::order::consent::Agreed;
use domain::order::place::{PlaceOrder, Steps, Wait, WantedLine};
use domain::order::{Channel, Visit};
use edge::idempotency::Once;
use edge::link::{order_link, order_path};
use edge::order::{Values, check_quantity, seal_input};
use edge::problem::{ErrorCode, Problem};
use kernel::{Money, OrderId, SkuId, Tenant, id};
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
    /// What one piece cost on the form, in minor units.
    #[serde(default)]
    price: String,
    /// Says that the form is one of ours.
    #[serde(default)]
    token: String,
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
    /// The price that the form showed, if it is the one in force. A SKU keeps its currency for ever.
    fn shown(&self, product: &Product) -> Option<Money> {
        let sku = product.skus.iter().find(|sku| sku.id == self.sku)?;
        let shown = Money { amount: self.price.parse().ok()?, ..sku.terms.price };
        (shown == sku.terms.price).then_some(shown)
    }

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
    let guest = visitor.sender_of_form(&front, &wanted.token)?;
    let counter = Counter { visitor: &visitor, front: &front, guest };
    let chosen = Chosen { sku: wanted.sku, quantity: Some(wanted.quantity) };
    let typed = wanted.typed();
    let consent = wanted.consent.as_deref() == Some(CONSENT_VERSION);
    let sent = Sent { typed: &typed, trouble: None, consent };
    let product = visitor.reader().product_of_sku(front.tenant, wanted.sku).await?;
    let shown = product.as_ref().and_then(|product| wanted.shown(product));
    let Some(shown) = shown else { return priced_anew(counter, &chosen, sent).await };
    if !consent {
        let shelf = Shelf::of_sku(&visitor, &front, chosen.sku).await?;
        let page = form(counter, &shelf, &chosen, Some(sent))?;
        return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    check_quantity("quantity", wanted.quantity, 0)?;
    let key = once(&visitor, &wanted, &typed)?;
    let key = key.of(front.tenant, &visitor.engine().vault());
    let asked = product.map(|product| product.presentation.input).unwrap_or_default();
    let line = WantedLine { sku: wanted.sku, quantity: wanted.quantity, shown: Some(shown) };
    let command = order(counter, line, (&typed, &asked));
    match visitor.submit(front.tenant, key, command).await {
        Ok(Reply::New(sold)) => Ok(to_order(&visitor, (front.tenant, guest), sold.order().id)),
        Ok(Reply::Replayed(before)) => {
            Ok(to_order(&visitor, (front.tenant, guest), OrderId(before.subject)))
        }
        Err(problem) if problem.code == ErrorCode::PriceChanged => {
            priced_anew(counter, &chosen, sent).await
        }
        Err(problem) => refused(counter, &chosen, sent, problem).await,
    }
}

/// The form with the price in force. Nothing was ordered, and nothing is wrong with what was sent.
async fn priced_anew(counter: Counter<'_>, chosen: &Chosen, sent: Sent<'_>) -> Paged {
    let shelf = Shelf::of_sku(counter.visitor, counter.front, chosen.sku).await?;
    let sent = Sent { trouble: Some(Trouble::Price), ..sent };
    Ok(Answer::page(&form(counter, &shelf, chosen, Some(sent))?))
}

fn order(
    Counter { visitor, front, guest }: Counter<'_>,
    line: WantedLine,
    (typed, asked): (&Values, &[InputField]),
) -> PlaceOrder {
    let (vault, tenant) = (visitor.engine().vault(), front.tenant);
    let order = OrderId(visitor.engine().draw());
    // The product may have asked for more when the form was shown.
    let mut typed = typed.clone();
    typed.retain(|code, _| asked.iter().any(|field| field.code == *code));
    let hold_us = i64::from(visitor.app().settings().hold_seconds) * 1_000_000;
    let person = person(asked, &typed).map(|text| vault.visit_tag(tenant, &text));
    let wait = Wait {
        order,
        link: order_link(&vault, tenant, order),
        hold_us,
        visit: Some(Visit { person, ..visitor.visit(tenant, guest) }),
    };
    PlaceOrder {
        buyer: buyer(&vault, tenant, guest),
        channel: Channel::H5,
        external_id: None,
        lines: vec![line],
        max_amount: None,
        consent: Some(Agreed { version: CONSENT_VERSION.to_owned(), at: None }),
        input: seal_input(&vault, (tenant, order), &typed, asked.iter()),
        steps: Steps::Two(wait),
    }
}

/// The phone or e-mail that a product asks for, as one spelling for each person; a required field comes first, a phone
/// before an address. None where the product asks neither, or it was left out.
fn person(asked: &[InputField], typed: &Values) -> Option<String> {
    let mut contacts: Vec<&InputField> = asked.iter().filter(|f| is_contact(f.kind)).collect();
    contacts.sort_by_key(|field| (!field.required, field.kind != InputKind::Phone));
    contacts.into_iter().find_map(|field| {
        let value = field.kind.read(typed.get(&field.code)?)?;
        Some(match field.kind {
            InputKind::Phone => {
                let mainland = value.strip_prefix("+86").filter(|rest| rest.len() == 11);
                format!("phone:{}", mainland.unwrap_or(&value))
            }
            _ => format!("email:{}", value.to_lowercase()),
        })
    })
}

fn is_contact(kind: InputKind) -> bool {
    matches!(kind, InputKind::Phone | InputKind::Email)
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

/// To the order's page; the browser remembers the order as one of its guest's.
pub fn to_order(visitor: &Visitor, (tenant, guest): (Tenant, Guest), order: OrderId) -> Answer {
    let (vault, secure) = (visitor.engine().vault(), visitor.is_secure());
    let remembered = cookies::remember(&vault, (tenant, guest), order, visitor.headers(), secure);
    let answer = Answer::see_other(&order_path(&vault, tenant, order));
    let answer = answer.with_cookie(&guest.cookie(&vault, secure));
    remembered.iter().fold(answer, |answer, cookie| answer.with_cookie(cookie))
}

/// A rule said no: the page says which, and what can be done.
async fn refused(counter: Counter<'_>, chosen: &Chosen, sent: Sent<'_>, problem: Problem) -> Paged {
    let Counter { visitor, front, .. } = counter;
    let of_input = problem.errors.first().is_some_and(|error| error.field.starts_with("input."));
    let unpaid = problem.errors.first().is_some_and(|error| error.field == "unpaid_orders");
    let trouble = match problem.code {
        ErrorCode::OutOfStock => None,
        ErrorCode::Invalid if of_input => None,
        ErrorCode::LimitExceeded if unpaid => Some(Trouble::Unpaid),
        ErrorCode::LimitExceeded => Some(Trouble::Limit),
        ErrorCode::NotOnSale => Some(Trouble::NotOnSale),
        ErrorCode::MerchantSuspended => Some(Trouble::Closed),
        _ => return Err(problem),
    };
    let shelf = Shelf::of_sku(visitor, front, chosen.sku).await?;
    let status = problem.code.status();
    let product = shelf.sku(chosen.sku).map(|(product, _)| product.id);
    match trouble {
        trouble if product.is_some() && (trouble.is_some() || of_input) => {
            let page = form(counter, &shelf, chosen, Some(Sent { trouble, ..sent }))?;
            Ok(Answer::page_with(status, &page))
        }
        _ => Ok(Answer::page_with(status, &sold_out(visitor, front, product).await?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fields: &[(&str, InputKind, bool)], typed: &[(&str, &str)], expected: Option<&str>) {
        let field = |(code, kind, required): &(&str, InputKind, bool)| InputField {
            code: (*code).to_owned(),
            name: (*code).to_owned(),
            hint: None,
            kind: *kind,
            required: *required,
            en: None,
        };
        let asked: Vec<InputField> = fields.iter().map(field).collect();
        let typed = typed.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned()));
        assert_eq!(person(&asked, &typed.collect()).as_deref(), expected);
    }

    #[test]
    fn a_person_is_his_phone_or_address_however_he_writes_it() {
        use InputKind::{Email, Phone, Text};
        let phone = [("p", Phone, true)];
        for text in ["13800138000", "138-0013-8000", "+86 138 0013 8000"] {
            check(&phone, &[("p", text)], Some("phone:13800138000"));
        }
        check(&phone, &[("p", "+8527000000")], Some("phone:+8527000000"));
        check(&phone, &[("p", "no phone")], None);
        check(&[("m", Email, true)], &[("m", "A@B.example")], Some("email:a@b.example"));
        let both = [("p", Phone, false), ("m", Email, true)];
        let typed = [("p", "13800138000"), ("m", "a@b.example")];
        check(&both, &typed, Some("email:a@b.example"));
        check(&[("t", Text, true)], &[("t", "13800138000")], None);
    }
}
