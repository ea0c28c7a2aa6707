//! Samples of vouchers and of the staff's page.

use super::{Teller, at, yuan};
use pages::Page;
use pages::page::till::{Basket, Done, Found, TillPage, TodayRow, Trouble as TillTrouble, View};
use pages::page::voucher::{
    Left, Shown as VoucherShown, StoreLine, Taken, TicketState, Use, VoucherPage, Window,
    hours_line,
};

/// Vouchers in every state.
pub fn vouchers(t: &Teller, show: &mut impl FnMut(String, String)) {
    let page = |name: &str, left, state, shown| VoucherPage {
        frame: t.frame(true, &format!("{name}.html")),
        name: t.say("青禾咖啡电子券", "Green Grain coffee voucher"),
        sku_name: t.say("中杯任选 3 次", "Three medium cups"),
        left,
        state,
        window: Window {
            from: None,
            until: Some(at("2026-12-31T15:59:59Z")),
            days_after_first_use: None,
        },
        stores: vec![StoreLine {
            name: t.say("徐家汇店", "Xujiahui"),
            about: t.say("肇嘉浜路 1000 号 · 021-55550100", "1000 Zhaojiabang Road"),
        }],
        hours: vec![hours_line(t.lang, &[6, 7], "10:00", "22:00")],
        min_spend: Some(yuan(5_000)),
        guide: t.guide(),
        uses: vec![Use {
            at: at("2026-11-25T12:49:00Z"),
            store: t.say("徐家汇店", "Xujiahui"),
            taken: Taken::Uses(1),
            reversed: true,
        }],
        shown,
        order_path: "order-tickets.html".into(),
    };
    let uses = Left::Uses { total: 3, left: 2 };
    let money = Left::Amount { total: yuan(10_000), left: yuan(3_050) };
    let code = VoucherShown::Code {
        text: "0A1B2C-3D4E5F-6G7H8J".into(),
        poll_path: "state.txt".into(),
        poll_word: "waiting".into(),
        next_path: "voucher.html".into(),
    };
    let token = VoucherShown::Token {
        digits: "04815162".into(),
        seconds: 60,
        action: "voucher-live.html".into(),
        poll_path: "state.txt".into(),
        poll_word: "waiting".into(),
        next_path: "voucher.html".into(),
    };
    let hidden = VoucherShown::Hidden { action: "voucher-code.html".into() };
    for (name, left, state, shown) in [
        ("voucher", uses, TicketState::Effective, hidden),
        ("voucher-code", uses, TicketState::Effective, code),
        ("voucher-live", money, TicketState::Effective, token),
        ("voucher-early", uses, TicketState::NotYet, VoucherShown::Over),
        ("voucher-used", Left::Uses { total: 30, left: 0 }, TicketState::Used, VoucherShown::Over),
        ("voucher-expired", money, TicketState::Expired, VoucherShown::Over),
        ("voucher-voided", uses, TicketState::Voided, VoucherShown::Over),
    ] {
        show(name.into(), page(name, left, state, shown).html());
    }
}

fn name_of(t: &Teller) -> String {
    t.say("青禾咖啡电子券 中杯任选 3 次", "Green Grain coffee voucher, three cups")
}

/// The staff's page with everything that it shows.
pub fn tills(t: &Teller, show: &mut impl FnMut(String, String)) {
    let name = || name_of(t);
    let found = |left| {
        View::Found(Found {
            action: "till-done.html".into(),
            more: "till-more.html".into(),
            code: "04815162".into(),
            key: "key".into(),
            name: name(),
            left,
            state: TicketState::Effective,
            asks_bill: true,
            taken: String::new(),
        })
    };
    let done = |reverse| Done {
        name: name(),
        taken: Taken::Uses(1),
        left: Left::Uses { total: 3, left: 2 },
        at: at("2026-11-25T12:49:00Z"),
        reverse,
    };
    let row = TodayRow {
        name: name(),
        at: at("2026-11-25T12:49:00Z"),
        taken: Taken::Uses(1),
        by: t.say("收银台 1", "Till 1"),
        reversed: true,
    };
    let pair = || View::Pair { action: "till-unlock.html".into(), code: t.say("", "") };
    let unlock = |has_pin| View::Unlock { action: "till.html".into(), has_pin };
    let ready = || View::Ready {
        action: "till-found.html".into(),
        code: String::new(),
        scanner: "scanner.js".into(),
    };
    let mut views = vec![
        ("till-pair", pair(), None),
        ("till-pair-wrong", pair(), Some(TillTrouble::PairingCode)),
        ("till-unlock", unlock(true), Some(TillTrouble::Pin(3))),
        ("till-no-pin", unlock(false), None),
        ("till-blocked", View::Blocked, None),
        ("till", ready(), None),
        ("till-found", found(Left::Uses { total: 3, left: 2 }), None),
        ("till-found-money", found(Left::Amount { total: yuan(10_000), left: yuan(50) }), None),
        ("till-more", ready(), None),
        ("till-found-more", found(Left::Uses { total: 3, left: 2 }), None),
        ("till-dropped", found(Left::Uses { total: 3, left: 2 }), Some(TillTrouble::UsedUp)),
        ("till-done", View::Done(vec![done(Some("till-reversed.html".into()))]), None),
        ("till-done-more", View::Done(vec![done(Some("till-reversed.html".into())); 2]), None),
        ("till-reversed", View::Done(vec![done(None)]), None),
        ("till-today", View::Today { sums: vec![(name(), Taken::Uses(7))], rows: vec![row] }, None),
        ("till-today-empty", View::Today { sums: Vec::new(), rows: Vec::new() }, None),
    ];
    for (name, trouble) in [
        ("till-wait", TillTrouble::Wait),
        ("till-unknown", TillTrouble::Unknown),
        ("till-used-up", TillTrouble::UsedUp),
        ("till-expired", TillTrouble::Expired),
        ("till-not-here", TillTrouble::NotHere),
        ("till-state", TillTrouble::State),
        ("till-amount", TillTrouble::Amount),
        ("till-twice", TillTrouble::Twice),
        ("till-many", TillTrouble::Many),
    ] {
        views.push((name, ready(), Some(trouble)));
    }
    for (name, view, problem) in views {
        let chosen = ["till-more", "till-found-more", "till-dropped", "till-many"].contains(&name);
        let rows = vec![(name_of(t), t.say("1 次", "1 uses")), (name_of(t), "￥12.50".into())];
        let page = TillPage {
            dropped: if name == "till-dropped" { name_of(t) } else { String::new() },
            basket: if chosen { Basket { with: "with".into(), rows } } else { Basket::default() },
            frame: t.frame(true, &format!("{name}.html")),
            home: "till.html".into(),
            place: if name.starts_with("till-pair") {
                String::new()
            } else {
                t.say("徐家汇店 · 收银台 1", "Xujiahui · Till 1")
            },
            problem,
            view,
        };
        show(name.into(), page.html());
    }
}
