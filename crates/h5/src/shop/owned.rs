//! What the orders of this browser delivered: a row for each voucher, and one for each state of a line's codes. A code is
//! never shown here.

use super::orders::Known;
use crate::order::voucher::{left_of, state_of};
use crate::visitor::Visitor;
use domain::catalog::SkuKind;
use domain::inventory::until_of;
use domain::order::Line;
use domain::voucher::Voucher;
use edge::problem::Problem;
use kernel::limits::OWNED_VOUCHERS_MAX;
use kernel::{FOREVER, Id16, Tenant, Timestamp, VoucherId};
use pages::page::orders::{Held, Owned, OwnedRow};
use pages::page::voucher::TicketState;
use std::collections::{HashMap, HashSet};

/// What is owned, as the page lists it: usable things first, those among them that end first before the others.
pub async fn rows(visitor: &Visitor, tenant: Tenant, known: &[Known]) -> Result<Owned, Problem> {
    let now = visitor.engine().now();
    let (mut rows, mut ids, mut is_cut) = (Vec::new(), Vec::new(), false);
    for one in known {
        for line in one.view.lines.iter().filter(|line| !is_of_vouchers(one, line)) {
            rows.extend(of_codes(line, now).into_iter().map(|pieces| row(one, line, pieces)));
        }
        ids.extend(vouchers_of(visitor, tenant, one).await?.into_iter().map(|id| (one, id)));
        is_cut |= ids.len() > OWNED_VOUCHERS_MAX;
        ids.truncate(OWNED_VOUCHERS_MAX);
    }
    let named: Vec<Id16> = ids.iter().map(|(_, id)| id.0).collect();
    let found = match named.as_slice() {
        [] => Vec::new(),
        named => visitor.reader().vouchers_named(tenant, named).await?,
    };
    let mut by_id: HashMap<VoucherId, Voucher> =
        found.into_iter().map(|voucher| (voucher.id, voucher)).collect();
    let vouchers = ids.into_iter().filter_map(|(one, id)| Some((one, by_id.remove(&id)?)));
    rows.extend(vouchers.map(|(one, voucher)| row_of_voucher(one, &voucher, now)));
    rows.sort_by_key(|row| (row.state, row.until.unwrap_or(FOREVER)));
    let (usable, over) = rows.into_iter().partition(|row| row.state.is_usable());
    Ok(Owned { usable, over, is_cut })
}

/// The vouchers that an order delivered, with those that were given back.
async fn vouchers_of(
    visitor: &Visitor,
    tenant: Tenant,
    known: &Known,
) -> Result<Vec<VoucherId>, Problem> {
    let lines = known.view.lines.iter().filter(|line| is_of_vouchers(known, line));
    let mut ids: Vec<VoucherId> = lines.clone().flat_map(|line| line.vouchers.clone()).collect();
    if lines.map(|line| line.refunded).sum::<u32>() > 0 {
        let refunds = visitor.reader().refunds_of_order(tenant, known.view.order.id).await?;
        let back = refunds.into_iter().flat_map(|refund| refund.lines);
        let back = back.flat_map(|line| line.vouchers);
        let held: HashSet<VoucherId> = ids.iter().copied().collect();
        ids.extend(back.filter(|id| !held.contains(id)));
    }
    Ok(ids)
}

fn is_of_vouchers(known: &Known, line: &Line) -> bool {
    known.bought.terms(line).is_some_and(|terms| terms.kind == SkuKind::Voucher)
}

/// Codes of a line that stand alike.
#[derive(Debug, PartialEq, Eq)]
struct Pieces {
    count: u32,
    state: TicketState,
    /// When the first of them ends.
    until: Timestamp,
}

/// The codes of a line, or what it shares with others, by where they stand. Codes whose money went back although they were seen are still the line's; they
/// count as given back.
fn of_codes(line: &Line, now: Timestamp) -> Vec<Pieces> {
    let kept = line.quantity.saturating_sub(line.refunded) as usize;
    let shared = line.content.map(|_| FOREVER);
    let ends = line.codes.iter().map(until_of).chain(shared).take(kept);
    let (valid, over): (Vec<Timestamp>, Vec<Timestamp>) = ends.partition(|until| *until > now);
    let pieces = |ends: Vec<Timestamp>, state| Pieces {
        count: u32::try_from(ends.len()).unwrap_or(u32::MAX),
        state,
        until: ends.into_iter().min().unwrap_or(FOREVER),
    };
    let back = Pieces { count: line.refunded, state: TicketState::Voided, until: FOREVER };
    let all = [pieces(valid, TicketState::Effective), pieces(over, TicketState::Expired), back];
    all.into_iter().filter(|pieces| pieces.count > 0).collect()
}

fn row(known: &Known, line: &Line, pieces: Pieces) -> OwnedRow {
    let kind = known.bought.terms(line).map(|terms| terms.kind);
    OwnedRow {
        name: known.bought.name_of(line.sku),
        held: match kind {
            Some(SkuKind::Content) => Held::Content,
            _ => Held::Codes(pieces.count),
        },
        until: Some(pieces.until).filter(|until| *until < FOREVER),
        state: pieces.state,
        path: known.path.clone(),
    }
}

fn row_of_voucher(known: &Known, voucher: &Voucher, now: Timestamp) -> OwnedRow {
    OwnedRow {
        name: known.bought.name_of(voucher.sku),
        held: Held::Voucher(left_of(voucher)),
        until: Some(voucher.valid_until).filter(|until| *until < FOREVER),
        state: state_of(voucher, now),
        path: format!("{}/vouchers/{}", known.path, voucher.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::inventory::{Position, position};
    use kernel::{CodeId, ProductId, SkuId};

    const NOW: Timestamp = Timestamp(1_000);

    fn line(quantity: u32, refunded: u32, ends: &[i64]) -> Line {
        let codes: Vec<Position> =
            ends.iter().map(|end| position(Timestamp(*end), CodeId([7; 16]))).collect();
        Line {
            number: 1,
            sku: SkuId([1; 16]),
            product: ProductId([2; 16]),
            product_version: 1,
            quantity,
            unit_price: 1,
            delivered: codes.len() as u32,
            refunded,
            hold: None,
            codes,
            vouchers: Vec::new(),
            content: None,
        }
    }

    fn check(quantity: u32, refunded: u32, ends: &[i64], expected: &[(u32, TicketState, i64)]) {
        let found = of_codes(&line(quantity, refunded, ends), NOW);
        let found: Vec<_> = found.iter().map(|it| (it.count, it.state, it.until.0)).collect();
        assert_eq!(found, expected, "{quantity} {refunded} {ends:?}");
    }

    #[test]
    fn codes_of_a_line_stand_together() {
        use TicketState::{Effective, Expired, Voided};
        let ever = FOREVER.0;
        check(2, 0, &[], &[]);
        check(2, 0, &[ever, ever], &[(2, Effective, ever)]);
        check(3, 0, &[900, 1_000, 2_000], &[(1, Effective, 2_000), (2, Expired, 900)]);
        check(3, 1, &[3_000, 2_000], &[(2, Effective, 2_000), (1, Voided, ever)]);
        check(2, 2, &[], &[(2, Voided, ever)]);
        // A seen code whose money went back stays with the buyer, and is worth nothing.
        check(2, 1, &[ever, ever], &[(1, Effective, ever), (1, Voided, ever)]);
    }
}
