//! Samples of the list of what a browser ordered and owns, and of the page that finds an order again.

use super::{GALAXY, LOCAL, Sample, Teller, at, picture, yuan};
use pages::Page;
use pages::page::lookup::{LookupPage, Trouble};
use pages::page::order::OrderState;
use pages::page::orders::{Held, OrderRow, OrdersPage, Owned, OwnedRow};
use pages::page::voucher::{Left, TicketState};

/// Lists with everything, with nothing that can be used any more, with orders alone, and with nothing.
pub fn lists(t: &Teller, show: &mut impl FnMut(String, String)) {
    let mut page = |name: &str, owned: Owned, orders: Vec<OrderRow>| {
        let frame = t.frame(false, &format!("{name}.html"));
        show(name.to_owned(), OrdersPage { frame, owned, orders }.html());
    };
    let row = |(i, state): (usize, OrderState)| OrderRow {
        name: t.say(GALAXY[i % 7].zh, GALAXY[i % 7].en),
        number: t.say("2611 2500 1842", "2611 2500 1842"),
        picture: picture(&GALAXY[i % 7]),
        state,
        total: yuan(GALAXY[i % 7].price),
        placed_at: at("2026-11-25T12:44:00Z"),
        path: "order.html".into(),
    };
    let rows: Vec<OrderRow> = OrderState::ALL.into_iter().enumerate().map(row).collect();
    let waiting = vec![row((0, OrderState::PendingPayment))];
    page("orders", owned(t, false), rows.clone());
    page("orders-over", Owned { usable: Vec::new(), ..owned(t, true) }, rows[..2].to_vec());
    page("orders-waiting", Owned::default(), waiting);
    page("orders-empty", Owned::default(), Vec::new());
}

fn owned(t: &Teller, is_cut: bool) -> Owned {
    let row = |goods: &Sample, held, until: Option<&str>, state| OwnedRow {
        name: t.say(goods.zh, goods.en),
        held,
        until: until.map(at),
        state,
        path: "voucher.html".into(),
    };
    let uses = |left| Held::Voucher(Left::Uses { total: 3, left });
    let money = |left| Held::Voucher(Left::Amount { total: yuan(10_000), left: yuan(left) });
    let (soon, late) = (Some("2026-12-31T15:59:59Z"), Some("2031-12-31T15:59:59Z"));
    Owned {
        usable: vec![
            row(&LOCAL[0], uses(2), soon, TicketState::Effective),
            row(&LOCAL[1], money(3_050), late, TicketState::Effective),
            row(&GALAXY[0], Held::Codes(2), None, TicketState::Effective),
            row(&GALAXY[0], Held::Content, None, TicketState::Effective),
            row(&LOCAL[2], uses(3), late, TicketState::NotYet),
        ],
        over: vec![
            row(&LOCAL[0], uses(0), soon, TicketState::Used),
            row(&GALAXY[1], Held::Codes(1), Some("2026-10-31T15:59:59Z"), TicketState::Expired),
            row(&LOCAL[3], uses(0), None, TicketState::Voided),
        ],
        is_cut,
    }
}

/// The page that finds an order again.
pub fn lookups(t: &Teller, show: &mut impl FnMut(String, String)) {
    let mut page = |name: &str, number: &str, problem| {
        let page = LookupPage {
            frame: t.frame(false, &format!("{name}.html")),
            action: "lookup".into(),
            token: t.say("4c4v", "4c4v"),
            number: t.say(number, number),
            problem,
        };
        show(name.to_owned(), page.html());
    };
    page("lookup", "", None);
    page("lookup-unknown", "4ZQ7-K2M8-9D1F", Some(Trouble::Unknown));
    page("lookup-wait", "4ZQ7-K2M8-9D1F", Some(Trouble::Wait));
}
