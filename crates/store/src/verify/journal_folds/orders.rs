//! Orders with their lines: a digest of each as the journal tells it, and of each as it is stored.

use crate::Error;
use crate::seam::{Conn, Row, Value};
use crate::verify::finding::{Finding, written};
use crate::verify::pages::Pages;
use domain::fold::Folded;
use domain::order::fact::LineFact;
use domain::order::{Line, Order};
use kernel::{OrderId, Tenant};
use std::collections::HashMap;

/// The digests of the orders that the journal tells of.
pub(super) type Digests = HashMap<(Tenant, OrderId), u64>;
/// The lines of some orders, in order.
type Lines = HashMap<(Tenant, OrderId), Vec<Line>>;

/// Takes the orders that were just folded, and keeps their digests; the newest word on each counts.
pub(super) fn take(folded: &mut Folded, told: &mut Digests) -> Result<(), Error> {
    while let Some((key, (order, lines))) = folded.orders.pop_first() {
        told.insert(key, digest(&order, &lines)?);
    }
    Ok(())
}

/// Walks the orders; each must be as told, and every order that was told of must be there.
pub(super) async fn compare(
    conn: &mut Conn,
    mut told: Digests,
    finding: &mut Finding,
) -> Result<(), Error> {
    let mut pages = Pages::of(&crate::order::sql::VERIFY_ORDERS_PAGE);
    while let Some(found) = pages.next(conn).await? {
        let lines = lines_of(conn, &found, finding).await?;
        for row in &found {
            let Ok(order) = crate::order::rows::order(row) else {
                unreadable(row, finding);
                continue;
            };
            let key = (order.tenant, order.id);
            let facts = lines.get(&key).map_or(Some(Vec::new()), |lines| facts(lines));
            let stored = facts.map(|facts| digest(&order, &facts)).transpose()?;
            match told.remove(&key) {
                None => finding.wrong("is there and not told of", || order.id.to_string()),
                told if told != stored => {
                    finding.wrong("is not what the journal tells", || order.id.to_string());
                }
                _ => {}
            }
        }
    }
    let mut missing: Vec<_> = told.into_keys().collect();
    missing.sort();
    for (_, id) in missing {
        finding.wrong("is told of and not there", || id.to_string());
    }
    Ok(())
}

/// The lines from the first to the last of a page of orders.
async fn lines_of(conn: &mut Conn, page: &[Row], finding: &mut Finding) -> Result<Lines, Error> {
    let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(Lines::new()) };
    let params = [
        Value::bytes(first.bytes(0)?),
        Value::bytes(first.bytes(1)?),
        Value::bytes(last.bytes(0)?),
        Value::bytes(last.bytes(1)?),
    ];
    let mut lines = Lines::with_capacity(page.len());
    for row in &conn.fetch(&crate::order::sql::VERIFY_LINES_BETWEEN, &params).await? {
        let key = || Ok::<_, Error>((row.tenant(0)?, OrderId(row.array(1)?)));
        match key().and_then(|key| Ok((key, crate::order::rows::line(row)?))) {
            Ok((key, line)) => lines.entry(key).or_default().push(line),
            Err(_) => unreadable(row, finding),
        }
    }
    Ok(lines)
}

fn unreadable(row: &Row, finding: &mut Finding) {
    finding.wrong("cannot be read", || written("ord", row.bytes(1).unwrap_or_default()));
}

/// Lines as facts tell them; none if they are not numbered 1, 2, 3 …
fn facts(lines: &[Line]) -> Option<Vec<LineFact>> {
    let numbered = lines.iter().zip(1..).all(|(line, number)| line.number == number);
    numbered.then(|| lines.iter().map(Line::fact).collect())
}

/// A digest of an order as the journal would write it.
fn digest(order: &Order, lines: &[LineFact]) -> Result<u64, Error> {
    super::digests::digest(&(order, lines))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::order::{Channel, Consent};
    use kernel::{BuyerId, CodeId, Currency, ProductId, SkuId, Timestamp};
    use std::collections::BTreeSet;

    fn order() -> Order {
        Order {
            id: OrderId([1; 16]),
            tenant: Tenant::from_bytes([2; 16]),
            buyer: BuyerId([3; 16]),
            channel: Channel::Api,
            external_id: None,
            currency: Currency::Cny,
            total: 100,
            paid: 100,
            refunded: 0,
            created_at: Timestamp(5),
            expires_at: None,
            closed: None,
            payment: None,
            consent: None,
            link: None,
            visit: None,
        }
    }

    fn line(number: u32) -> Line {
        Line {
            number,
            sku: SkuId([4; 16]),
            product: ProductId([5; 16]),
            product_version: 1,
            quantity: 1,
            unit_price: 100,
            delivered: 1,
            refunded: 0,
            hold: None,
            codes: vec![domain::inventory::position(Timestamp(9), CodeId([6; 16]))],
            vouchers: Vec::new(),
            content: None,
        }
    }

    fn consent(version: &str, at: i64) -> Option<Consent> {
        Some(Consent { version: version.to_owned(), at: Timestamp(at) })
    }

    #[test]
    fn a_digest_tells_every_field_apart() {
        let of = |order: &Order, line: &Line| digest(order, &[line.fact()]).expect("a digest");
        let same = of(&order(), &line(1));
        assert_eq!(same, of(&order(), &line(1)));
        let others = [
            of(&Order { paid: 99, ..order() }, &line(1)),
            of(&Order { external_id: Some("a".into()), ..order() }, &line(1)),
            of(&Order { consent: consent("1", 5), ..order() }, &line(1)),
            of(&Order { consent: consent("2", 5), ..order() }, &line(1)),
            of(&Order { consent: consent("1", 6), ..order() }, &line(1)),
            of(&order(), &Line { unit_price: 99, ..line(1) }),
            of(&order(), &Line { codes: Vec::new(), ..line(1) }),
            of(&order(), &Line { content: Some(1), ..line(1) }),
        ];
        assert!(others.iter().all(|other| *other != same));
        assert_eq!(others.iter().collect::<BTreeSet<_>>().len(), others.len());
    }

    #[test]
    fn lines_must_be_numbered_from_one() {
        assert_eq!(facts(&[line(1), line(2)]).map(|facts| facts.len()), Some(2));
        assert_eq!(facts(&[line(2)]), None);
        assert_eq!(facts(&[line(1), line(1)]), None);
    }

    #[test]
    fn a_position_is_told_as_code_and_date() {
        assert_eq!(line(1).fact().codes, [(CodeId([6; 16]), 9)]);
    }
}
